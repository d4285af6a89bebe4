// Saving: half a second after the last key, one request in flight, again and again with
// growing pauses until the server has it. Nothing here ever drops a text.

import { button, element, notice, say, tellState, unnotice } from "./announcing.js";
import { cellAt, fingerprint, rowAt, tidy } from "./cells.js";
import { clash, clashCount, followMine, joined, leadToClash, unclash } from "./conflicts.js";
import { showGaps } from "./gaps.js";
import { followGone, tellGone } from "./gone.js";
import { drop, forget, keep, keepsTexts, keptTexts } from "./keeping.js";
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
        unnotice(`error-${cell.key}`);
    }
    unsent.add(cell);
    keep(cell);
    followMine(cell);
    followGone(cell);
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

const edit = ({ table, line, field, text, seen }) => ({ table, line, field, text, seen });

// From now on the server may have this text, whether or not it says so.
function goesOut(cell) {
    cell.own.add(fingerprint(cell.text));
    cell.sent = cell.text;
    keep(cell);
}

async function sendBatch(batch) {
    const edits = batch.map(edit);
    batch.forEach(goesOut);
    let answer;
    try {
        answer = await post("o/", { edits });
    } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        return refused(refusal, batch);
    }
    if (answer.saved?.length !== edits.length) return tryLater(); // not our server's words
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
    cell.sent = null;
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

function refused(refusal, batch) {
    const { status, data } = refusal;
    if (status === 401) return signedOut(refusal);
    // Without words of ours it was not our server that answered, but something between.
    if (!data && status !== 413) return tryLater();
    if ([400, 403, 404, 423].includes(status)) return stop(refusal);
    const mendBy = { 409: meet, 410: loseRows, 413: split, 422: mend }[status];
    if (!mendBy) return tryLater();
    cameBack();
    return mendBy(batch, refusal);
}

// Somebody else changed these cells. If the "somebody" is a request of one's own whose
// answer was lost, nothing happened.
function meet(batch, { data }) {
    if (!data.conflicts?.length) return tryLater();
    for (const theirs of data.conflicts) {
        const cell = cellAt(theirs.table, theirs.line, theirs.field);
        if (cell.own.has(fingerprint(theirs.theirs))) {
            cell.seen = theirs.seen;
            keep(cell);
            continue;
        }
        // `seen` stays: until the writer decides, no page may write over theirs.
        cell.paused = "conflict";
        savedAt ||= theirs.at; // what is there was saved then
        clash(cell, theirs, decide);
    }
    return schedule(0);
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

function loseRows(batch, { data }) {
    const gone = new Set((data.gone ?? []).map(({ table, line }) => `${table}:${line}`));
    const lost = batch.filter(({ table, line }) => gone.has(`${table}:${line}`));
    if (!lost.length) return tryLater();
    tellGone(lost, (cells) => {
        for (const cell of cells) {
            unsent.delete(cell);
            forget(cell);
            rowAt(cell.table, cell.line)?.remove();
        }
        showState();
    });
    return schedule(0);
}

function mend(batch, refusal) {
    const errors = refusal.data.errors ?? [];
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
    const stored = new Map(); // cell -> the text the page came with
    for (const kept of keptTexts()) {
        const cell = cellAt(...kept.place);
        if (!stored.has(cell)) stored.set(cell, cell.element && cell.text);
        if (tidy(kept.text) !== stored.get(cell)) bringBack(cell, kept);
        drop(kept.key);
    }
    const words = `Đã khôi phục ${unsent.size} ô chưa lưu.`;
    if (!unsent.size) return;
    notice("restored", "success", words);
    say(words);
    schedule(0);
    showState();
}

// Two tabs may have left two texts of one cell: both come back, one below the other.
function bringBack(cell, { text, seen, own }) {
    const isSecond = unsent.has(cell);
    cell.seen = !isSecond || cell.seen === seen ? seen : ""; // "" is what nobody has seen
    own.forEach((name) => cell.own.add(name));
    cell.put(isSecond ? joined(text, cell.text) : text);
    unsent.add(cell);
    keep(cell);
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
        // What is on its way arrives first, or not at all.
        const edits = waiting().map((cell) => ({ ...edit(cell), sent: cell.sent === null ? [] : [cell.sent] }));
        waiting().forEach(goesOut);
        if (edits.length) post("o/", { edits }, { keepalive: true }).catch(() => {});
    });
    addEventListener("beforeunload", (event) => {
        if (unsent.size && !keepsTexts()) event.preventDefault();
    });
    document.addEventListener("texts-given-up", () => {
        clearTimeout(timer);
        unsent.clear();
    });
    document.addEventListener("signing-out", ({ detail }) => {
        detail.waits.push(flush());
        detail.unsaved = () => unsent.size;
    });
}
