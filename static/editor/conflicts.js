// Two people, one cell: what was typed stays, both texts are shown, the writer decides. Only
// that cell waits; everything else goes on being saved.

import { button, element, say } from "./announcing.js";
import { tidy } from "./cells.js";
import { remember } from "./undoing.js";

const open = new Map(); // cell -> {panel, theirs, decide}
let number = 0;

export const clashCount = () => open.size;

export function leadToClash() {
    const [first] = open.values();
    first?.panel.scrollIntoView({ block: "center" });
    first?.panel.querySelector("button").focus();
}

export function clash(cell, theirs, decide) {
    const known = open.get(cell);
    if (known) {
        // Meanwhile they wrote again.
        known.theirs = theirs;
        known.panel.querySelector(".clash-theirs .lines").textContent = theirs.theirs || "(để trống)";
        return;
    }
    cell.mark("conflict", "Có người khác vừa sửa");
    const state = { theirs, decide };
    state.panel = panel(cell, state);
    open.set(cell, state);
    place(cell, state);
    say(`${theirs.who || "Người khác"} vừa sửa ${cell.name}. Chữ của bạn còn nguyên; hãy chọn giữ phần nào.`);
}

export function unclash(cell) {
    const state = open.get(cell);
    if (!state) return;
    const hadFocus = state.panel.contains(document.activeElement);
    (state.row ?? state.panel).remove();
    open.delete(cell);
    if (hadFocus) cell.focus();
}

// The writer types on while both are shown.
export function followMine(cell) {
    const state = open.get(cell);
    if (state) state.panel.querySelector(".clash-mine .lines").textContent = cell.text || "(để trống)";
}

export function joined(mine, theirs) {
    const have = new Set(tidy(theirs).split("\n").map((line) => line.trim()));
    const more = tidy(mine).split("\n").filter((line) => line.trim() && !have.has(line.trim()));
    return [tidy(theirs), ...more].filter(Boolean).join("\n");
}

function panel(cell, state) {
    const { theirs } = state;
    const id = `xung-dot-${++number}`;
    const who = theirs.who || "Người khác";
    const settle = (text, isTheirs) => () => {
        const mine = cell.text;
        const chosen = text();
        const isOver = state.decide;
        cell.seen = state.theirs.seen;
        unclash(cell);
        isOver(cell, chosen, isTheirs);
        if (isTheirs) {
            remember(() => {
                isOver(cell, mine, false);
                return "Đã lấy lại chữ của bạn.";
            });
        }
        cell.focus();
    };
    const made = element(
        "div",
        { className: "clash" },
        element("h3", { id, textContent: `${cell.name}: ${who} vừa sửa${theirs.at ? ` lúc ${theirs.at}` : ""}` }),
        element("div", { className: "clash-both" }, side("clash-mine", "Của bạn (chưa lưu)", cell.text), side("clash-theirs", `Của ${theirs.who || "người kia"}`, theirs.theirs)),
        element(
            "p",
            { className: "actions" },
            button("Giữ của tôi", settle(() => cell.text, false)),
            button("Lấy của người kia", settle(() => state.theirs.theirs, true)),
            button("Gộp cả hai", settle(() => joined(cell.text, state.theirs.theirs), false)),
        ),
    );
    made.setAttribute("role", "group");
    made.setAttribute("aria-labelledby", id);
    return made;
}

const side = (name, title, text) =>
    element(
        "div",
        { className: name },
        element("p", { className: "clash-title", textContent: title }),
        element("p", { className: "lines", textContent: text || "(để trống)" }),
    );

// Right below the row, or below the text of a section.
function place(cell, state) {
    const row = cell.element?.closest("tr");
    if (row) {
        const holder = element("td", { colSpan: row.cells.length });
        holder.setAttribute("role", "gridcell");
        holder.append(state.panel);
        state.row = element("tr", { className: "clash-row" }, holder);
        state.row.setAttribute("role", "row");
        row.after(state.row);
    } else if (cell.element) {
        cell.element.after(state.panel);
    } else {
        document.getElementById("thong-bao").append(state.panel);
    }
}
