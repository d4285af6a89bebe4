// What is told: the state of saving in words, notices, and the same for screen readers.

const words = document.querySelector("#trang-thai .save-words");
const state = document.getElementById("trang-thai");
const reader = document.getElementById("doc-len");
const notices = document.getElementById("thong-bao");
const shown = new Map();
const REST = 2_000;
let saying;
let resting; // of what is told only when the hands rest
let lastPlace = null; // where the person last wrote or walked
document.addEventListener("focusin", ({ target }) => {
    if (target.matches(".section-text, tr[data-line] > *")) lastPlace = target;
});

export function element(tag, properties = {}, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
}

// For screen readers only; what follows closely replaces it.
export function say(text) {
    clearTimeout(saying);
    saying = setTimeout(() => {
        reader.textContent = reader.textContent === text ? `${text}.` : text;
    }, 150);
}

// `code` is one of saving, saved, offline, signed-out, locked, conflict, trouble.
export function tellState(code, text, ...controls) {
    const known = `${code} ${text}`;
    if (state.dataset.known === known) return;
    const isNew = state.dataset.state !== code;
    state.dataset.known = known;
    state.dataset.state = code;
    words.textContent = text;
    state.replaceChildren(words, ...controls);
    clearTimeout(resting);
    if (code === "saving" || !isNew) return;
    // Every pause of a writer ends in "saved": read out only when it is a long one.
    if (code === "saved") resting = setTimeout(() => say(text), REST);
    else say(text);
}

export function button(label, run, style = "btn btn-sm btn-secondary") {
    const made = element("button", { type: "button", className: style, textContent: label });
    made.addEventListener("click", run);
    return made;
}

// A notice that stays until it is closed or another takes its place under the same `key`.
export function notice(key, kind, text, ...controls) {
    const close = button("Đóng", () => unnotice(key), "btn btn-sm btn-link");
    const place = element(
        "div",
        { className: `notice notice-${kind}` },
        element("p", {}, element("span", { textContent: text }), " ", ...controls, " ", close),
    );
    place.setAttribute("role", kind === "error" ? "alert" : "status");
    if (shown.has(key)) shown.get(key).replaceWith(place);
    else notices.append(place);
    shown.set(key, place);
    return place;
}

export function unnotice(key) {
    const place = shown.get(key);
    if (!place) return;
    const hadFocus = place.contains(document.activeElement);
    place.remove();
    shown.delete(key);
    if (hadFocus) (lastPlace?.isConnected ? lastPlace : document.getElementById("noi-dung")).focus();
}
