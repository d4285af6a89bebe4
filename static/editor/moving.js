// The keyboard and the pointer in a grid: one tab stop, arrows move, Enter, F2 or typing
// edits, Esc restores, Tab goes on (W3C APG, grid pattern).

import { say } from "./announcing.js";
import { cellAt, cellOf, isEditable } from "./cells.js";
import { changed } from "./saving.js";
import { remember } from "./undoing.js";

const GROWS = CSS.supports("field-sizing", "content");
const isTouch = matchMedia("(pointer: coarse)");

export const gridOf = (element) => element?.closest?.("[role=grid]");
// A cell of the grid: of a row, or its head.
export const placeOf = (element) => element?.closest?.("tr[data-line] > td, tr[data-line] > th");
export const activePlace = () => placeOf(document.activeElement);

function rowBeside(row, step) {
    let next = row;
    do next = step > 0 ? next.nextElementSibling : next.previousElementSibling;
    while (next && !next.dataset.line);
    return next;
}

export const rowsOf = (grid) => [...grid.tBodies[0].rows].filter((row) => row.dataset.line);

// The one place of a grid that Tab leads to.
export function makeStop(place) {
    const grid = gridOf(place);
    const before = grid.querySelector("tr[data-line] > [tabindex='0']");
    if (before && before !== place) before.tabIndex = -1;
    place.tabIndex = 0;
}

export function go(place) {
    if (!place) return false;
    makeStop(place);
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
}

function target(place, key, isCtrl) {
    const row = place.parentElement;
    const at = place.cellIndex;
    const rows = () => rowsOf(gridOf(place));
    const inRow = (other) => other?.cells[at];
    switch (key) {
        case "ArrowLeft":
            return row.cells[at - 1];
        case "ArrowRight":
            return row.cells[at + 1];
        case "ArrowUp":
            return inRow(rowBeside(row, -1));
        case "ArrowDown":
            return inRow(rowBeside(row, 1));
        case "Home":
            return isCtrl ? rows()[0].cells[0] : row.cells[0];
        case "End":
            return isCtrl ? [...rows().at(-1).cells].at(-1) : [...row.cells].at(-1);
        case "PageUp":
        case "PageDown": {
            const all = rows();
            const wanted = all.indexOf(row) + (key === "PageUp" ? -10 : 10);
            return inRow(all[Math.min(Math.max(wanted, 0), all.length - 1)]);
        }
        default:
            return undefined;
    }
}

// The editable cell before or after, row by row.
function beside(place, step) {
    let row = place.parentElement;
    let at = place.cellIndex + step;
    while (row) {
        for (; at >= 0 && at < row.cells.length; at += step) {
            if (isEditable(row.cells[at])) return row.cells[at];
        }
        row = rowBeside(row, step);
        at = step > 0 ? 0 : (row?.cells.length ?? 0) - 1;
    }
    return null;
}

// --- editing ----------------------------------------------------------------------------------

export function begin(place) {
    const cell = cellOf(place);
    if (!cell) {
        say("Ô này không sửa ở đây: được ghi khi theo dõi thực hiện.");
        return null;
    }
    makeStop(place);
    const box = document.createElement("textarea");
    box.className = "cell-box";
    box.rows = 1;
    box.value = cell.text;
    box.autocomplete = "off";
    box.setAttribute("aria-label", cell.name);
    cell.box = box;
    cell.before = cell.text;
    place.classList.add("editing");
    place.replaceChildren(box);
    box.focus({ preventScroll: true });
    box.setSelectionRange(box.value.length, box.value.length);
    grow(box);
    place.scrollIntoView({ block: "nearest", inline: "nearest" });
    return cell;
}

function grow(box) {
    if (GROWS) return;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight}px`;
}

// The box gives its place back to the text. With `restore` the text is as it was before.
export function finish(place, { focus = true, restore = false } = {}) {
    const cell = cellOf(place);
    if (!cell?.box || cell.isSection) return;
    const { before, text } = cell;
    cell.box = null;
    if (restore && text !== before) {
        cell.text = before;
        changed(cell);
    }
    place.classList.remove("editing");
    place.textContent = cell.text;
    if (text !== before) rememberTexts([[cell, restore ? text : before]]);
    if (focus) go(place);
}

// So that Ctrl+Z brings back what `pairs` of [cell, text before] held.
export function rememberTexts(pairs) {
    const back = () => {
        // Since then a row may have come anew from the server, or be gone.
        const now = pairs.map(([{ table, line, field }, text]) => [cellAt(table, line, field), text]);
        const there = now.filter(([cell]) => cell.element?.isConnected);
        if (!there.length) return "Dòng này không còn trong bảng nên không hoàn tác được.";
        for (const [cell, text] of there) {
            cell.put(text);
            changed(cell, { soon: true });
        }
        there[0][0].focus();
        return there.length > 1 ? `Đã hoàn tác ${there.length} ô.` : `Đã hoàn tác: ${there[0][0].name}.`;
    };
    remember(back);
    return back;
}

export function write(cell, text) {
    const before = cell.text;
    if (before === text) return;
    cell.put(text);
    changed(cell, { soon: true });
    rememberTexts([[cell, before]]);
}

// --- events -----------------------------------------------------------------------------------

function whileEditing(event, place) {
    if (event.key === "Escape") {
        finish(place, { restore: true });
        say("Đã trả lại nội dung cũ. Ctrl+Z để lấy lại chữ vừa gõ.");
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        finish(place);
    } else if (event.key === "Tab") {
        const next = beside(place, event.shiftKey ? -1 : 1);
        finish(place, { focus: !next });
        if (!next) return; // out of the grid, as Tab goes
        begin(next);
    } else {
        return;
    }
    event.preventDefault();
    event.stopPropagation();
}

function whileMoving(event, place) {
    const { key } = event;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const next = event.altKey || event.shiftKey ? undefined : target(place, key, event.ctrlKey);
    if (next) {
        go(next);
    } else if (isPlain && (key === "Enter" || key === "F2")) {
        if (place.matches("th")) return; // the menu of the row
        begin(place);
    } else if (isPlain && (key === "Delete" || key === "Backspace") && isEditable(place)) {
        write(cellOf(place), "");
        say("Đã xóa nội dung ô. Ctrl+Z để lấy lại.");
    } else if (isPlain && isEditable(place) && (key.length === 1 || key === "Process" || event.keyCode === 229)) {
        begin(place); // the letter itself goes into the box
        return;
    } else if (!key.startsWith("Arrow") || event.altKey) {
        return;
    }
    event.preventDefault();
}

export function watchGrids(root) {
    for (const grid of root.querySelectorAll("[role=grid]")) {
        const [first] = rowsOf(grid);
        if (first) makeStop(first.cells[1] ?? first.cells[0]);
    }
    root.addEventListener("keydown", (event) => {
        const place = placeOf(event.target);
        if (!place || event.isComposing) return;
        if (event.target.matches(".cell-box")) whileEditing(event, place);
        else if (event.target === place) whileMoving(event, place);
    });
    root.addEventListener("input", (event) => {
        if (!event.target.matches(".cell-box, .section-text")) return;
        const cell = cellOf(event.target);
        cell.text = event.target.value;
        if (event.target.matches(".cell-box")) grow(event.target);
        changed(cell);
    });
    root.addEventListener("focusout", (event) => {
        if (!event.target.matches(".cell-box") || !document.hasFocus()) return;
        const place = placeOf(event.target);
        if (place && event.target.isConnected) finish(place, { focus: false });
    });
    watchPointer(root);
}

function watchPointer(root) {
    root.addEventListener("mousedown", (event) => {
        const place = placeOf(event.target);
        if (!place || event.target.closest("button, textarea, a")) return;
        const wasActive = document.activeElement === place;
        makeStop(place);
        // A second click, or a tap, opens the cell.
        if ((wasActive || isTouch.matches) && isEditable(place)) {
            event.preventDefault();
            begin(place);
        }
    });
    root.addEventListener("dblclick", (event) => {
        const place = placeOf(event.target);
        if (place && isEditable(place) && !event.target.closest("textarea, button")) begin(place);
    });
}

