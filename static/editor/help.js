// Help for the cell at hand: what the criterion asks, what came of it last year, phrases of
// the school, and the cell's history. Fetched when looked at; nothing is inserted unasked.

import { element, notice, say } from "./announcing.js";
import { cellAt, cellOf } from "./cells.js";
import { placeOf, rememberTexts, write } from "./moving.js";
import { answerOf } from "./pasting.js";
import { acceptStored, changed, flush } from "./saving.js";
import { fragment, post, reason, root } from "./server.js";
import { showGaps } from "./gaps.js";

const dock = document.getElementById("tro-giup");
const body = dock.querySelector(".help-body");
const title = document.getElementById("tro-giup-o");
const opener = document.getElementById("mo-tro-giup");
const history = document.getElementById("hoi-lich-su");
let current = null; // the cell last worked in
let shown = ""; // of which help is shown
let timer = 0;

export function toggleHelp(isOpen = dock.hidden) {
    const hadFocus = dock.contains(document.activeElement);
    dock.hidden = !isOpen;
    document.body.classList.toggle("has-help", isOpen);
    opener.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) look();
    else if (hadFocus) (current ?? { focus: () => opener.focus() }).focus();
    if (isOpen) current?.element?.scrollIntoView({ block: "nearest" });
}

function look() {
    clearTimeout(timer);
    if (dock.hidden) return;
    if (!current) {
        body.textContent = "Chọn một ô trong bảng để xem trợ giúp cho ô đó.";
        return;
    }
    title.textContent = current.name;
    if (shown === current.key) return;
    timer = setTimeout(load, 250);
}

async function load() {
    const cell = current;
    const { table, line, field, text } = cell;
    try {
        const found = await fragment("tro-giup/", { table, line, field, text: text.slice(0, 200) });
        if (cell !== current) return;
        body.replaceChildren(element("div", { className: "help-columns" }, found));
        body.scrollTop = 0;
        shown = cell.key;
    } catch (refusal) {
        body.textContent = reason(refusal);
    }
}

// A phrase goes where the writer is, as a line of its own.
function insert(phrase) {
    if (!current) return;
    const { box, text } = current;
    if (box && !current.isSection) {
        box.setRangeText(phrase, box.selectionStart, box.selectionEnd, "end");
        current.text = box.value;
        changed(current);
        box.focus();
    } else {
        write(current, text.trim() ? `${text}\n${phrase}` : phrase);
        current.focus();
    }
    say(`Đã chèn: ${phrase}`);
}

// --- history ------------------------------------------------------------------------------------

export async function showHistory() {
    if (!current) return;
    const cell = current;
    const { table, line, field } = cell;
    const place = history.querySelector(".dialog-body");
    try {
        await flush();
        place.replaceChildren(await fragment("o/lich-su/", { table, line, field }));
    } catch (refusal) {
        notice("history", "error", reason(refusal));
        return;
    }
    document.getElementById("hoi-lich-su-ten").textContent = `Lịch sử: ${cell.name}`;
    const restore = async (event) => {
        const chosen = event.target.closest("[data-restore]");
        if (!chosen) return;
        history.close("");
        await bringBack(cell, chosen.dataset.restore);
    };
    place.addEventListener("click", restore);
    await answerOf(history);
    place.removeEventListener("click", restore);
    cell.focus();
}

async function bringBack(cell, change) {
    try {
        const answer = await post("o/khoi-phuc/", { change: Number(change), field: cell.field, seen: cell.seen });
        rememberTexts([[cell, cell.text]]);
        acceptStored(answer.saved, answer.at);
        showGaps(answer.gaps);
        say("Đã khôi phục nội dung cũ.");
    } catch (refusal) {
        const [theirs] = refusal.data?.conflicts ?? [];
        if (theirs) cellAt(theirs.table, theirs.line, theirs.field).seen = theirs.seen;
        notice("history", "error", reason(refusal));
    }
}

export function watchHelp() {
    root.addEventListener("focusin", (event) => {
        const cell = cellOf(event.target) ?? (placeOf(event.target) ? null : undefined);
        if (!cell) return;
        current = cell;
        look();
    });
    opener.addEventListener("click", () => toggleHelp());
    document.getElementById("dong-tro-giup").addEventListener("click", () => toggleHelp(false));
    document.getElementById("xem-lich-su").addEventListener("click", showHistory);
    // The box keeps the focus, and so its caret, while a phrase is clicked.
    body.addEventListener("mousedown", (event) => event.target.closest("[data-phrase]") && event.preventDefault());
    body.addEventListener("click", (event) => {
        const chosen = event.target.closest("[data-phrase]");
        if (chosen) insert(chosen.dataset.phrase);
    });
    dock.addEventListener("keydown", (event) => event.key === "Escape" && toggleHelp(false));
}
