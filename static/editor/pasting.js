// Copying a cell, and pasting a block from Excel or Word into the cells it covers. What
// would be written over is shown first; what does not fit is given back.

import { button, element, notice, say } from "./announcing.js";
import { cellOf, isEditable, tidy } from "./cells.js";
import { asText, tableOn } from "./clipboard.js";
import { activePlace, go, gridOf, placeOf, rememberTexts, rowsOf, write } from "./moving.js";
import { changed } from "./saving.js";

const asking = document.getElementById("hoi-dan");
const MOST_SHOWN = 30;

// Where each text of `rows` goes, from `place` on, and what finds no cell.
function plan(rows, place) {
    const all = rowsOf(gridOf(place));
    const top = all.indexOf(place.parentElement);
    const targets = [];
    const left = [];
    rows.forEach((row, y) => {
        const over = [];
        row.forEach((text, x) => {
            if (text === null) return;
            const td = all[top + y]?.cells[place.cellIndex + x];
            if (td && isEditable(td)) targets.push([cellOf(td), text]);
            else if (text.trim()) over.push(text);
        });
        if (over.length) left.push(over);
    });
    return { targets, left };
}

async function pasteTable(rows, place) {
    const { targets, left } = plan(rows, place);
    const over = targets.filter(([cell, text]) => cell.text && cell.text !== tidy(text) && text.trim());
    let way = "all";
    if (over.length || left.length) way = await ask(targets, over, left, rows, place);
    go(place);
    if (way === "one") return write(cellOf(place), rows.map((row) => row.filter(Boolean).join(" ")).join("\n"));
    if (!way) return say("Không dán.");
    const chosen = targets.filter(([cell, text]) => (way === "all" ? true : !cell.text) && cell.text !== text);
    // An empty cell of the block erases nothing.
    const written = chosen.filter(([, text]) => text.trim());
    const before = written.map(([cell]) => [cell, cell.text]);
    for (const [cell, text] of written) {
        cell.put(text);
        changed(cell, { soon: true });
    }
    if (before.length) rememberTexts(before);
    say(`Đã dán ${written.length} ô. Ctrl+Z để hoàn tác.`);
    if (left.length) giveBack(left);
    return null;
}

function giveBack(left) {
    const count = left.reduce((sum, row) => sum + row.length, 0);
    const text = asText(left);
    const copy = button("Chép phần không vừa", async () => {
        await navigator.clipboard.writeText(text);
        say("Đã chép phần không vừa.");
    });
    notice("paste", "warning", `${count} ô của khối vừa dán không vừa với bảng nên chưa vào đâu cả.`, copy);
}

// --- asking first ---------------------------------------------------------------------------------

function ask(targets, over, left, rows, place) {
    const body = asking.querySelector(".dialog-body");
    const parts = [];
    if (over.length) {
        parts.push(element("p", { textContent: `${over.length} trong ${targets.length} ô đã có chữ và sẽ bị ghi đè:` }));
        parts.push(preview(over));
    } else {
        parts.push(element("p", { textContent: `Sẽ dán ${targets.length} ô, không ghi đè ô nào.` }));
    }
    if (left.length) parts.push(...leftOver(left));
    body.replaceChildren(...parts);
    const named = (value) => asking.querySelector(`button[value="${value}"]`);
    named("all").textContent = over.length ? `Dán, ghi đè ${over.length} ô` : "Dán phần vừa";
    named("empty").hidden = !over.length;
    named("one").hidden = rows.length * rows[0].length === 1 || !isEditable(place);
    return answerOf(asking);
}

function preview(over) {
    const line = ([cell, text]) =>
        element(
            "tr",
            {},
            element("th", { scope: "row", textContent: cell.name }),
            element("td", { className: "lines", textContent: cell.text }),
            element("td", { className: "lines", textContent: text }),
        );
    const head = element(
        "tr",
        {},
        ...["Ô", "Đang có", "Sẽ thành"].map((label) => element("th", { scope: "col", textContent: label })),
    );
    const table = element(
        "table",
        { className: "paste-preview" },
        element("thead", {}, head),
        element("tbody", {}, ...over.slice(0, MOST_SHOWN).map(line)),
    );
    const holder = element("div", { className: "paste-scroll", tabIndex: 0 }, table);
    holder.setAttribute("role", "region");
    holder.setAttribute("aria-label", "Các ô sẽ bị ghi đè");
    if (over.length > MOST_SHOWN) holder.append(`… và ${over.length - MOST_SHOWN} ô nữa`);
    return holder;
}

function leftOver(left) {
    const count = left.reduce((sum, row) => sum + row.length, 0);
    const words = `${count} ô không vừa với bảng (thừa dòng, thừa cột, hoặc cột không nhập ở đây); sẽ không được dán:`;
    const box = element("textarea", { className: "form-control", readOnly: true, rows: 3, value: asText(left) });
    box.setAttribute("aria-label", "Phần không vừa với bảng");
    return [element("p", { textContent: words }), box];
}

// What the person chose in `dialog`: the value of the button, empty for Esc.
export function answerOf(dialog) {
    return new Promise((resolve) => {
        const choose = (event) => {
            const chosen = event.target.closest("button[value]");
            if (chosen && !chosen.form) dialog.close(chosen.value);
        };
        dialog.returnValue = "";
        dialog.addEventListener("click", choose);
        dialog.addEventListener(
            "close",
            () => {
                dialog.removeEventListener("click", choose);
                resolve(dialog.returnValue);
            },
            { once: true },
        );
        dialog.showModal();
    });
}

// --- events ---------------------------------------------------------------------------------------

function pasted(event) {
    const box = event.target.closest?.(".cell-box");
    const place = box ? placeOf(box) : activePlace();
    if (!place || event.target.matches?.("input, .section-text")) return;
    const rows = tableOn(event.clipboardData);
    const isBlock = rows && (rows.length > 1 || rows[0].length > 1);
    // Inside a cell a text is pasted as everywhere; a block of cells is asked about.
    if (box && !(isBlock && /<table/i.test(event.clipboardData.getData("text/html")))) return;
    if (!isEditable(place) && !isBlock) return;
    event.preventDefault();
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    pasteTable(rows ?? [[text]], place);
}

function copied(event) {
    const place = activePlace();
    if (!place || event.target.closest?.("textarea") || String(getSelection())) return;
    const cell = cellOf(place);
    event.clipboardData.setData("text/plain", cell ? cell.text : place.textContent.trim());
    event.preventDefault();
    if (event.type === "cut" && cell) {
        write(cell, "");
        say("Đã cắt nội dung ô.");
    } else {
        say("Đã chép nội dung ô.");
    }
}

export function watchClipboard() {
    document.addEventListener("paste", pasted);
    document.addEventListener("copy", copied);
    document.addEventListener("cut", copied);
}
