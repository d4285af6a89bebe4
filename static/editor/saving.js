// Saving: half a second after the last key, one request in flight, again and again with
// growing pauses until the server has it. Nothing here ever drops a text.

import { button, element, notice, say, tellState, unnotice } from "./announcing.js";
import { cellAt, fingerprint, rowAt, tidy } from "./cells.js";
import { clash, clashCount, leadToClash, unclash } from "./conflicts.js";
import { showGaps } from "./gaps.js";
import { forget, keep, keepsTexts, keptTexts } from "./keeping.js";
import { Refusal, plan, post, root, user } from "./server.js";

const PAUSE = 500;
const LONGEST_WAIT = 3_000; // also of somebody who types without a pause
const LONGEST = 30_000;
const MOST = 200;

const unsent = new Set();
const ownTabs = new BroadcastChannel(`soan:${user}:${plan}`);
let timer = 0; // of the next request, whatever it waits for
let firstAt = 0; // when the oldest text began to wait
let inFlight = null;
let attempt = 0;
let most = MOST;
let halt = null; // {code, words}: why nothing is sent
let savedAt = "";

export const isUnsent = (cell) => unsent.has(cell);
export const isHalted = () => halt !== null;

// A text was typed or put: keep it here, send it soon.
export function changed(cell, { soon = false } = {}) {
    if (cell.paused === "error") {
        cell.paused = "";
        cell.mark();
    }
    unsent.add(cell);
    keep(cell);
    if (halt || attempt) {
        cell.mark(cell.paused || "unsent", cell.paused ? cell.element?.dataset.mark : "Chưa lưu");
    }
    if (attempt && !halt) return showState(); // the next attempt is on its way
    firstAt ||= performance.now();
    const rest = firstAt + LONGEST_WAIT - performance.now();
    schedule(soon ? 0 : Math.max(0, Math.min(PAUSE, rest)));
    showState();
}

function schedule(pause) {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
}

const waiting = () => [...unsent].filter((cell) => !cell.paused);

async function send() {
    clearTimeout(timer);
    timer = 0;
    firstAt = 0;
    if (inFlight) return inFlight;
    if (halt && !halt.mayRetry) return null;
    const batch = waiting().slice(0, most);
    if (!batch.length) return showState();
    inFlight = sendBatch(batch);
    showState();
    try {
        await inFlight;
    } finally {
        inFlight = null;
    }
    if (waiting().length && !timer && !(halt && !halt.mayRetry)) schedule(0);
    return showState();
}

async function sendBatch(batch) {
    const edits = batch.map(({ table, line, field, text, seen }) => ({ table, line, field, text, seen }));
    for (const cell of batch) {
        cell.own.add(fingerprint(cell.text));
        keep(cell);
    }
    let answer;
    try {
        answer = await post("o/", { edits });
    } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        return refused(refusal, batch, edits);
    }
    if (attempt || halt) cameBack();
    most = MOST;
    savedAt = answer.at;
    edits.forEach((edit, index) => accept(batch[index], edit.text, answer.saved[index]));
    ownTabs.postMessage(answer.saved);
    showGaps(answer.gaps);
    if (answer.removed) say(`Đã bỏ ${answer.removed} ký tự điều khiển không in được.`);
    return null;
}

// The server has `sent` as `stored.text`; the cell may have gone on since.
function accept(cell, sent, stored) {
    cell.seen = stored.seen;
    cell.own.clear();
    cell.mark();
    if (stored.note) {
        notice(`note-${cell.key}`, "warning", `${cell.name}: ${stored.note}`);
        cell.mark("note", stored.note);
    } else {
        unnotice(`note-${cell.key}`);
    }
    if (cell.text === sent) {
        settle(cell, stored.text);
    } else {
        keep(cell);
    }
}

function settle(cell, text) {
    unsent.delete(cell);
    forget(cell);
    unclash(cell);
    cell.paused = "";
    // Under the writer's hands nothing changes, not even a blank at the end.
    if (!cell.box || document.activeElement !== cell.box) cell.put(text);
}

// --- refusals ---------------------------------------------------------------------------

function refused(refusal, batch, edits) {
    switch (refusal.status) {
        case 409:
            return meet(refusal.data?.conflicts ?? []);
        case 410:
            return loseRows(batch, refusal.data);
        case 422:
            return mend(batch, refusal);
        case 413:
            return split(batch);
        case 401:
            return signedOut(refusal);
        case 423:
        case 403:
        case 404:
        case 400:
            if (refusal.data || refusal.status === 404) return stop(refusal);
            return tryLater("offline", edits);
        default:
            return tryLater("offline", edits);
    }
}

// Somebody else changed these cells. If the "somebody" is a request of one's own whose
// answer was lost, nothing happened.
function meet(conflicts) {
    for (const theirs of conflicts) {
        const cell = cellAt(theirs.table, theirs.line, theirs.field);
        cell.seen = theirs.seen;
        if (cell.own.has(fingerprint(theirs.theirs))) {
            keep(cell);
            continue;
        }
        cell.paused = "conflict";
        savedAt ||= theirs.at; // what is there was saved then
        clash(cell, theirs, decide);
    }
    schedule(0);
}

// What the writer decided about a clash: `text` is it now, sent on top of theirs.
export function decide(cell, text, isTheirs) {
    cell.paused = "";
    cell.mark();
    cell.put(text);
    if (isTheirs) settle(cell, text);
    else changed(cell, { soon: true });
    showState();
}

function loseRows(batch, data) {
    const gone = (data?.gone ?? []).map((item) => (typeof item === "object" ? item.line : item));
    const lost = batch.filter((cell) => gone.includes(cell.line));
    for (const cell of lost.length ? lost : batch) {
        cell.paused = "gone";
        cell.mark("gone", "Dòng đã bị xóa");
    }
    tellGone(lost.length ? lost : batch);
    schedule(0);
}

function tellGone(lost) {
    const texts = lost.map((cell) => `${cell.name}: ${cell.text}`).join("\n");
    const box = element("textarea", { className: "form-control", readOnly: true, value: texts, rows: 3 });
    box.setAttribute("aria-label", "Chữ của dòng đã bị xóa");
    const drop = () => {
        lost.forEach((cell) => {
            unsent.delete(cell);
            forget(cell);
            rowAt(cell.table, cell.line)?.remove();
        });
        unnotice("gone");
        showState();
    };
    notice(
        "gone",
        "error",
        "Người khác vừa xóa dòng bạn đang viết. Chữ của bạn còn ở đây, hãy chép lại nếu cần:",
        box,
        button("Đã chép, bỏ dòng này", drop),
    );
}

function mend(batch, refusal) {
    const errors = refusal.data?.errors ?? [];
    for (const error of errors) {
        const cell = cellAt(error.table, error.line, error.field);
        cell.paused = "error";
        cell.mark("error", error.message);
        notice(`error-${cell.key}`, "error", `${cell.name}: ${error.message}`);
    }
    if (!errors.length) {
        batch.forEach((cell) => (cell.paused = "error"));
        notice("error", "error", refusal.message);
    }
    schedule(0);
}

function split(batch) {
    if (batch.length > 1) {
        most = Math.max(1, Math.floor(batch.length / 2));
    } else {
        batch[0].paused = "error";
        batch[0].mark("error", "Quá dài, chưa lưu được");
        notice(`error-${batch[0].key}`, "error", `${batch[0].name}: quá dài, chưa lưu được. Hãy chia nhỏ.`);
    }
    schedule(0);
}

function markUnsent() {
    for (const cell of unsent) if (!cell.paused) cell.mark("unsent", "Chưa lưu");
}

function tryLater() {
    const pause = Math.min(LONGEST, 1000 * 2 ** attempt);
    attempt += 1;
    markUnsent();
    schedule(pause);
}

function signedOut(refusal) {
    const isNew = halt?.code !== "signed-out";
    halt = { code: "signed-out", mayRetry: true, words: "Bạn đã được đăng xuất – nội dung vẫn giữ trên máy này" };
    tryLater();
    if (!isNew) return;
    const link = element("a", { href: root.dataset.signIn, target: "_blank", textContent: "Đăng nhập ở thẻ mới" });
    const words = refusal.message ? `${refusal.message} ` : "Bạn đã được đăng xuất. ";
    notice("signed-out", "warning", `${words}Chữ đã gõ còn nguyên; đăng nhập lại rồi trang này tự lưu tiếp.`, link);
}

function stop(refusal) {
    const words = refusal.message || "Không còn quyền sửa kế hoạch này.";
    halt = { code: "locked", mayRetry: false, words: `Bị khóa: ${words}` };
    markUnsent();
}

function cameBack() {
    attempt = 0;
    halt = null;
    unnotice("signed-out");
    for (const cell of unsent) if (!cell.paused) cell.mark();
}

// Try at once: the line is back, the person is back, or asks for it.
export function tryNow() {
    if (!unsent.size) return;
    if (halt) halt.mayRetry = true;
    send();
}

// --- the state in words --------------------------------------------------------------------

function showState() {
    const again = () => button("Thử ngay", tryNow);
    if (halt?.code === "locked") return tellState("locked", halt.words, button("Thử lưu lại", tryNow));
    if (halt) return tellState(halt.code, halt.words, again());
    if (attempt) return tellState("offline", "Mất kết nối – nội dung vẫn giữ trên máy này", again());
    if (waiting().length || inFlight) return tellState("saving", "Đang lưu…");
    if (clashCount()) {
        const words = `Có người khác vừa sửa: ${clashCount()} ô chờ bạn chọn`;
        return tellState("conflict", words, button("Đến ô đó", leadToClash));
    }
    if (unsent.size) return tellState("trouble", `${unsent.size} ô chưa lưu được, xem thông báo`);
    if (savedAt) return tellState("saved", `Đã lưu lúc ${savedAt}`);
    return null;
}

// --- before anything that needs everything saved ---------------------------------------------

// Send what waits; true when nothing is left.
export async function flush() {
    for (let round = 0; round < 20 && waiting().length; round++) {
        const before = attempt;
        await send();
        if (attempt > before || (halt && !halt.mayRetry)) return false;
    }
    if (inFlight) await inFlight;
    return unsent.size === 0;
}

// A text that the server sent by another way: restored from history, merged.
export function acceptStored(entries, at) {
    if (at) savedAt = at;
    for (const entry of entries) {
        const cell = cellAt(entry.table, entry.line, entry.field);
        cell.seen = entry.seen;
        if (cell.box) cell.box.value = entry.text;
        cell.text = entry.text;
        settle(cell, entry.text);
        cell.show();
    }
    ownTabs.postMessage(entries);
    showState();
}

// One's own other tab saved something.
ownTabs.addEventListener("message", ({ data }) => {
    for (const entry of data) {
        const cell = cellAt(entry.table, entry.line, entry.field);
        if (!unsent.has(cell)) {
            cell.seen = entry.seen;
            cell.put(entry.text);
        } else if (tidy(cell.text) === entry.text) {
            cell.seen = entry.seen;
            settle(cell, entry.text);
        } else if (cell.own.has(fingerprint(entry.text))) {
            cell.seen = entry.seen;
            keep(cell);
        }
    }
    showState();
});

// What a crash, a closed tab or a signed-out session left behind.
export function restore() {
    let count = 0;
    for (const [table, line, field, kept] of keptTexts()) {
        const cell = cellAt(table, line, field);
        if (cell.element && tidy(kept.text) === cell.text) {
            forget(cell);
            continue;
        }
        cell.seen = kept.seen;
        cell.own = new Set(kept.own);
        cell.put(kept.text);
        unsent.add(cell);
        count += 1;
    }
    if (!count) return;
    notice("restored", "success", `Đã khôi phục ${count} ô chưa lưu.`);
    say(`Đã khôi phục ${count} ô chưa lưu.`);
    schedule(0);
    showState();
}

export function watchTheLine() {
    addEventListener("online", tryNow);
    addEventListener("focus", () => (attempt || halt?.code === "signed-out") && tryNow());
    // Another tab of this browser signed in, or wrote.
    addEventListener("storage", () => halt?.code === "signed-out" && tryNow());
    document.addEventListener("visibilitychange", () => {
        if (document.hidden) send();
        else if (attempt) tryNow();
    });
    addEventListener("pagehide", () => {
        const edits = waiting().map(({ table, line, field, text, seen }) => ({ table, line, field, text, seen }));
        if (edits.length) post("o/", { edits }, { keepalive: true }).catch(() => {});
    });
    addEventListener("beforeunload", (event) => {
        if (unsent.size && !keepsTexts()) event.preventDefault();
    });
    document.addEventListener("texts-given-up", () => {
        clearTimeout(timer);
        unsent.clear();
    });
    document.addEventListener("signing-out", (event) => event.detail.push(flush()));
}
