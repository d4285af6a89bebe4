// Talking to the server: JSON in and out, always in the name of the person whose page it is.

export const root = document.getElementById("luoi");
export const { user, plan, base } = root.dataset;
const PATIENCE = 30_000;

// Read anew each time: signing in again in another tab changes it.
const csrfToken = () => {
    const name = `${root.dataset.csrfCookie}=`;
    const found = document.cookie.split("; ").find((part) => part.startsWith(name));
    return found ? decodeURIComponent(found.slice(name.length)) : "";
};

// `status` 0: no answer at all. `data` is what the server said, if it said it in JSON.
export class Refusal extends Error {
    constructor(status, data) {
        super(data?.message ?? "");
        this.status = status;
        this.data = data;
    }
}

async function ask(path, options) {
    let response;
    try {
        response = await fetch(base + path, {
            credentials: "same-origin",
            signal: AbortSignal.timeout(PATIENCE),
            ...options,
        });
    } catch {
        throw new Refusal(0, null);
    }
    // Instead of the part asked for came the page to sign in.
    if (response.redirected) throw new Refusal(401, null);
    return response;
}

const json = async (response) => {
    try {
        return await response.json();
    } catch {
        return null;
    }
};

export async function post(path, body, options = {}) {
    const response = await ask(path, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
        body: JSON.stringify({ ...body, user: Number(user) }),
        ...options,
    });
    const data = await json(response);
    if (!response.ok || data === null) throw new Refusal(response.ok ? 0 : response.status, data);
    return data;
}

export async function fragment(path, params) {
    const response = await ask(`${path}?${new URLSearchParams(params)}`, {});
    if (!response.ok) throw new Refusal(response.status, await json(response));
    return markup(await response.text());
}

// Markup that a template of ours made; every text in it was escaped there. Texts that come
// as texts never pass through here.
export function markup(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    return holder.content;
}

// Why a deed was refused, in words.
export function reason(refusal) {
    if (refusal.message) return refusal.message;
    if (refusal.status === 0) return "Mất kết nối nên chưa làm được. Hãy thử lại khi có mạng.";
    if (refusal.status === 401) return "Bạn đã được đăng xuất. Hãy đăng nhập lại rồi thử lần nữa.";
    return `Chưa làm được (mã ${refusal.status}). Hãy tải lại trang rồi thử lần nữa.`;
}
