// The cells: what each holds, what the server holds, and what is shown of it. A section's
// text is a cell too, in the table "muc".

const all = new Map();
const EDITABLE = "[data-seen]";

// What the server takes out: no keyboard means it, no document may hold it.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff\p{Cs}]/gu;

// As the server stores a text.
export const tidy = (text) =>
    text
        .normalize("NFC")
        .replace(/\r\n?/g, "\n")
        .replace(CONTROL, "")
        .replace(/[^\S\n]+$/gm, "")
        .replace(/^\n+|\n+$/g, "");

// A short name of a text, to know one's own again (FNV-1a).
export function fingerprint(text) {
    const clean = tidy(text);
    let hash = 0x811c9dc5;
    for (let i = 0; i < clean.length; i++) hash = Math.imul(hash ^ clean.charCodeAt(i), 0x01000193);
    return `${clean.length}:${(hash >>> 0).toString(36)}`;
}

export class Cell {
    // `element` is the td or the textarea; null for a line that the filter hides.
    constructor(table, line, field, element) {
        Object.assign(this, { table, line, field, element });
        const isArea = element?.matches("textarea");
        this.box = isArea ? element : null; // what is typed in right now
        this.isSection = Boolean(isArea);
        this.text = element ? (isArea ? element.value : element.textContent) : "";
        this.seen = element?.dataset.seen ?? "";
        this.own = new Set(); // texts that this person sent or kept and nobody confirmed yet
        this.sent = null; // the last of them, as it is
        this.paused = ""; // conflict, error, gone: not sent until somebody decides
    }

    get key() {
        return `${this.table}:${this.line}:${this.field}`;
    }

    get label() {
        return this.element?.dataset.label ?? "";
    }

    get rowName() {
        const row = this.element?.closest("tr");
        return row ? `Dòng ${row.querySelector(".row-number").textContent}` : "";
    }

    get name() {
        return [this.rowName, this.label].filter(Boolean).join(", ") || "Một ô không hiện trên trang này";
    }

    // The text from elsewhere: the server, a paste, a decision. The box follows.
    put(text) {
        this.text = text;
        this.show();
    }

    show() {
        if (this.box) {
            if (this.box.value !== this.text) this.box.value = this.text;
        } else if (this.element && this.element.textContent !== this.text) {
            this.element.textContent = this.text;
        }
    }

    // A word at the cell: not saved, changed by somebody, refused.
    mark(state = "", words = "") {
        if (!this.element) return;
        if (state) {
            this.element.dataset.state = state;
            this.element.dataset.mark = words;
        } else {
            delete this.element.dataset.state;
            delete this.element.dataset.mark;
        }
    }

    focus() {
        this.element?.scrollIntoView({ block: "nearest", inline: "nearest" });
        (this.box ?? this.element)?.focus();
    }
}

export const isEditable = (element) => element.matches(EDITABLE);

// The cell of an element, or null if nothing can be typed there.
export function cellOf(element) {
    const place = element?.closest?.(EDITABLE);
    if (!place) return null;
    const { table, line } = (place.matches("textarea") ? place : place.closest("tr")).dataset;
    return cellAt(table, line, place.dataset.field, place);
}

export function cellAt(table, line, field, element) {
    const key = `${table}:${line}:${field}`;
    const found = all.get(key);
    if (found) {
        // The row may have come anew from the server.
        if (element && found.element !== element && !found.isSection) found.element = element;
        return found;
    }
    const place = element ?? elementAt(table, line, field);
    const made = new Cell(table, Number(line), field, place);
    all.set(key, made);
    return made;
}

function elementAt(table, line, field) {
    if (table === "muc") return document.getElementById(`muc-${line}`);
    const row = document.getElementById(`${table}-${line}`);
    return row?.querySelector(`[data-field="${CSS.escape(field)}"]`) ?? null;
}

export const rowAt = (table, line) => document.getElementById(`${table}-${line}`);

// A row came anew from the server: its cells begin anew too, except what is not saved.
export function forgetRow(table, line, isUnsent) {
    for (const [key, cell] of all) {
        const isOfRow = cell.table === table && cell.line === Number(line);
        if (isOfRow && !isUnsent(cell)) all.delete(key);
    }
}

// What was not forgotten is shown in the new row as well.
export function showUnsent(row) {
    for (const place of row.querySelectorAll(EDITABLE)) {
        const cell = all.get(`${row.dataset.table}:${row.dataset.line}:${place.dataset.field}`);
        if (!cell) continue;
        Object.assign(cell, { element: place, box: null });
        cell.show();
    }
}
