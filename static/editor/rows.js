// Deeds on whole rows: add, duplicate, move, merge, delete, by a menu and by keys.

import { button, element, notice, say, unnotice } from "./announcing.js";
import { cellOf, forgetRow, isEditable, showUnsent } from "./cells.js";
import { showGaps } from "./gaps.js";
import { begin, go, gridOf, makeStop, placeOf, rowsOf } from "./moving.js";
import { flush, isUnsent } from "./saving.js";
import { base, markup, post, reason, root } from "./server.js";
import { remember, undoThis } from "./undoing.js";

const mayArrange = Boolean(root.dataset.mayArrange);
const isFiltered = Boolean(root.dataset.filtered);

const place = (row) => ({ table: row.dataset.table, line: Number(row.dataset.line) });
const numberOf = (row) => row.querySelector(".row-number").textContent;
// Of the same group, so that they may change places.
const neighbour = (row, step) => {
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    return other?.dataset.line && other.dataset.group === row.dataset.group ? other : null;
};

// One deed at a time, and only when everything typed is saved. False if it was not done but
// may be tried again, null if it was refused.
let isBusy = false;
async function perform(deed) {
    if (isBusy) return false;
    isBusy = true;
    try {
        if (!(await flush())) {
            notice("deed", "warning", "Còn ô chưa lưu được nên chưa làm việc này. Hãy đợi đến khi thấy “Đã lưu”.");
            return false;
        }
        unnotice("deed");
        return await deed();
    } catch (refusal) {
        if (refusal.status === undefined) throw refusal;
        const { url } = refusal.data ?? {};
        const more = url ? [element("a", { href: url, textContent: "Mở trang của dòng này" })] : [];
        notice("deed", "error", reason(refusal), ...more);
        return refusal.data && refusal.status !== 401 ? null : false;
    } finally {
        isBusy = false;
    }
}

function renumber(grid) {
    const rows = rowsOf(grid);
    rows.forEach((row, index) => {
        const shown = row.querySelector(".row-number");
        if (!isFiltered && shown.textContent !== String(index + 1)) shown.textContent = index + 1;
    });
    const empty = grid.closest("section").querySelector(".grid-empty");
    empty.hidden = rows.length > 0;
    const stops = grid.querySelectorAll("tr[data-line] > [tabindex='0']");
    if (rows.length && !stops.length) makeStop(rows[0].cells[1] ?? rows[0].cells[0]);
    stops.forEach((stop, index) => index && (stop.tabIndex = -1));
}

// The row as the server sends it; `at` says where it goes.
function put(answer, at) {
    const row = markup(answer.html).querySelector("tr");
    at(row);
    showUnsent(row);
    renumber(gridOf(row));
    showGaps(answer.gaps);
    return row;
}

// A section's title would be missing above it, or the table's order is not ours to know.
function reload(table, line) {
    const here = location.pathname + location.search;
    location.hash = `${table}-${line}`;
    location.assign(`${here}#${table}-${line}`);
    location.reload();
}

export const deeds = {
    add: (row) =>
        perform(async () => {
            const { table, line } = place(row);
            const made = put(await post("o/them/", { table, after: line, texts: {} }), (made) => row.after(made));
            go(made.cells[1]);
            say(`Đã thêm dòng ${numberOf(made)}.`);
        }),
    duplicate: (row) =>
        perform(async () => {
            const made = put(await post("o/nhan-ban/", place(row)), (made) => row.after(made));
            go(made.cells[1]);
            say(`Đã nhân bản thành dòng ${numberOf(made)}.`);
        }),
    move: (row, step) => {
        if (isFiltered) return notice("deed", "warning", "Đang lọc: hãy hiện tất cả các dòng rồi chuyển.");
        return perform(async () => {
            const focused = placeOf(document.activeElement)?.cellIndex ?? 0;
            const { moved } = await post("o/chuyen/", { ...place(row), step });
            const other = neighbour(row, step);
            if (!moved || !other) return say(`Dòng đã ở ${step < 0 ? "đầu" : "cuối"} nhóm; muốn chuyển sang nhóm khác, hãy sửa mức hoặc tiêu chí trong biểu mẫu.`);
            if (step < 0) other.before(row);
            else other.after(row);
            renumber(gridOf(row));
            go(row.cells[focused]);
            return say(`Đã chuyển đến dòng ${numberOf(row)}.`);
        });
    },
    remove: (row) =>
        perform(async () => {
            const { table, line } = place(row);
            const number = numberOf(row);
            const answer = await post("o/xoa/", { table, line });
            const next = row.nextElementSibling;
            const grid = gridOf(row);
            const at = placeOf(document.activeElement)?.cellIndex ?? 1;
            takeAway(row, at);
            showGaps(answer.gaps);
            const back = () => bringBack(answer.undo, table, (made) => insert(grid, made, next));
            tellDeleted(`Đã xóa dòng ${number}.`, back);
        }),
    merge: (row) => {
        const into = neighbour(row, -1);
        if (!into) return say("Không có dòng nào cùng nhóm ngay trên để gộp vào.");
        return perform(async () => {
            const { table, line: from } = place(row);
            const answer = await post("o/gop/", { table, into: place(into).line, from });
            const next = row.nextElementSibling;
            const grid = gridOf(row);
            row.remove();
            forgetRow(table, from, isUnsent);
            forgetRow(table, answer.line, isUnsent);
            const made = put(answer, (made) => into.replaceWith(made));
            go(made.cells[1]);
            const back = () => bringBack(answer.undo, table, (back) => insert(grid, back, next));
            tellDeleted(`Đã gộp hai dòng thành dòng ${numberOf(made)}.`, back);
        });
    },
};

const insert = (grid, made, next) => (next?.isConnected ? next.before(made) : grid.tBodies[0].append(made));

function takeAway(row, at) {
    const { table, line } = row.dataset;
    const grid = gridOf(row);
    const rows = rowsOf(grid);
    const here = rows.indexOf(row);
    const heir = rows[here + 1] ?? rows[here - 1];
    row.remove();
    forgetRow(table, line, isUnsent);
    renumber(grid);
    if (heir) go(heir.cells[Math.min(at, heir.cells.length - 1)]);
    else grid.closest("section").querySelector("[data-add]").focus();
}

function tellDeleted(words, back) {
    remember(back);
    notice("undo", "success", words, button("Hoàn tác", () => undoThis(back)));
}

// A deleted row comes back; after a merge also the other one as it was.
async function bringBack(token, table, at) {
    const made = await perform(async () => {
        const answer = await post("o/hoan-tac/", { undo: token });
        if (answer.into) {
            forgetRow(table, answer.into.line, isUnsent);
            const other = markup(answer.into.html).querySelector("tr");
            document.getElementById(other.id)?.replaceWith(other);
            showUnsent(other);
        }
        return put(answer, at);
    });
    if (made === false) return false;
    unnotice("undo");
    if (!made) return "Chưa hoàn tác được.";
    go(made.cells[1]);
    return `Đã lấy lại dòng ${numberOf(made)}.`;
}

// --- a new row where nothing stands yet -----------------------------------------------------

const asking = document.getElementById("hoi-cho");

async function addBelowTable(control) {
    const table = control.dataset.add;
    if (!control.dataset.asks) {
        const grid = control.closest("section").querySelector("[role=grid]");
        const last = rowsOf(grid).at(-1);
        await perform(async () => {
            const answer = await post("o/them/", { table, after: last ? Number(last.dataset.line) : null, texts: {} });
            go(put(answer, (made) => grid.tBodies[0].append(made)).cells[1]);
        });
        return;
    }
    const chosen = await askForPlace();
    if (!chosen) return control.focus();
    await perform(async () => {
        const answer = await post("o/them/", { table, after: null, texts: {}, place: chosen });
        reload(table, answer.line);
    });
}

function askForPlace() {
    const form = asking.querySelector("form");
    const needsCriterion = Boolean(root.dataset.needsCriterion);
    form.elements.criterion.required = needsCriterion;
    asking.returnValue = "";
    asking.showModal();
    return new Promise((resolve) => {
        asking.addEventListener(
            "close",
            () => {
                if (asking.returnValue !== "add") return resolve(null);
                const { criterion, level, education_level: schooling } = form.elements;
                const standard = criterion.selectedOptions[0]?.dataset.standard;
                return resolve({
                    standard: standard ? Number(standard) : null,
                    criterion: criterion.value,
                    level: level?.value ?? "",
                    education_level: schooling?.value ?? "",
                });
            },
            { once: true },
        );
    });
}

// --- the menu of a row -----------------------------------------------------------------------

const menu = element("div", { className: "row-menu-list", id: "thao-tac-dong", hidden: true });
menu.setAttribute("role", "menu");
let opener = null;
let origin = null;

function items(row) {
    const all = [
        ["Thêm dòng dưới", "Alt+N", () => deeds.add(row)],
        ["Nhân bản", "Alt+B", () => deeds.duplicate(row)],
    ];
    if (mayArrange) {
        all.push(["Chuyển lên", "Alt+↑", () => deeds.move(row, -1)]);
        all.push(["Chuyển xuống", "Alt+↓", () => deeds.move(row, 1)]);
        if (neighbour(row, -1)) all.push(["Gộp vào dòng trên", "Alt+G", () => deeds.merge(row)]);
    }
    const { table, line } = row.dataset;
    all.push(["Mở biểu mẫu của dòng", "", () => location.assign(`${base}${table}/${line}/`)]);
    if (mayArrange) all.push(["Xóa dòng", "Ctrl+Delete", () => deeds.remove(row)]);
    return all;
}

export function openMenu(row) {
    opener = row.querySelector(".row-menu");
    origin = placeOf(document.activeElement) ?? row.cells[0];
    menu.setAttribute("aria-label", `Thao tác với dòng ${numberOf(row)}`);
    menu.replaceChildren(
        ...items(row).map(([label, key, run]) => {
            const item = element(
                "button",
                { type: "button", tabIndex: -1 },
                element("span", { textContent: label }),
                element("kbd", { textContent: key }),
            );
            item.setAttribute("role", "menuitem");
            item.addEventListener("click", () => {
                closeMenu();
                run();
            });
            return item;
        }),
    );
    opener.setAttribute("aria-expanded", "true");
    menu.hidden = false;
    const { left, bottom, top } = opener.getBoundingClientRect();
    const below = bottom + menu.offsetHeight < innerHeight;
    menu.style.left = `${Math.max(8, Math.min(left, innerWidth - menu.offsetWidth - 8))}px`;
    menu.style.top = `${below ? bottom + 4 : Math.max(8, top - menu.offsetHeight - 4)}px`;
    menu.firstElementChild.focus();
}

function closeMenu() {
    if (menu.hidden) return;
    menu.hidden = true;
    opener?.setAttribute("aria-expanded", "false");
    if (origin?.isConnected) go(origin);
}

menu.addEventListener("keydown", (event) => {
    const all = [...menu.children];
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) all.at(to % all.length).focus();
    else if (event.key === "Escape" || event.key === "Tab") closeMenu();
    else return;
    event.preventDefault();
    event.stopPropagation();
});
menu.addEventListener("focusout", (event) => {
    if (!menu.contains(event.relatedTarget) && document.hasFocus() && !menu.hidden) {
        menu.hidden = true;
        opener?.setAttribute("aria-expanded", "false");
    }
});

// --- keys --------------------------------------------------------------------------------------

function deedOf(event) {
    const { key, code } = event;
    if (event.altKey && !event.ctrlKey && !event.shiftKey) {
        if (key === "ArrowUp" && mayArrange) return (row) => deeds.move(row, -1);
        if (key === "ArrowDown" && mayArrange) return (row) => deeds.move(row, 1);
        if (code === "KeyN") return deeds.add;
        if (code === "KeyB") return deeds.duplicate;
        if (code === "KeyG" && mayArrange) return deeds.merge;
        if (code === "KeyM") return openMenu;
    }
    if (event.ctrlKey && key === "Delete" && mayArrange) return deeds.remove;
    if (key === "ContextMenu" || (event.shiftKey && key === "F10")) return openMenu;
    return null;
}

export function watchRows() {
    root.append(menu);
    root.addEventListener("keydown", (event) => {
        const here = placeOf(event.target);
        if (!here || event.target !== here) return;
        const row = here.parentElement;
        const deed = here.matches("th") && event.key === "Enter" ? openMenu : deedOf(event);
        if (!deed) return;
        event.preventDefault();
        deed(row);
    });
    root.addEventListener("click", (event) => {
        const opens = event.target.closest(".row-menu");
        if (opens) return openMenu(opens.closest("tr"));
        const adds = event.target.closest("[data-add]");
        return adds && addBelowTable(adds);
    });
}

// The address may name a row: the one just added, or one of a list of gaps (#dong-12, and
// #dong-12-goal for a cell of it).
export function goToAddress() {
    const [, id, field] = location.hash.match(/^#([a-z-]+-\d+)(?:-(\w+))?$/) ?? [];
    const row = id && document.getElementById(id);
    if (!row?.matches("tr")) return;
    const wanted = field && row.querySelector(`[data-field="${CSS.escape(field)}"]`);
    const first = wanted || [...row.cells].find((each) => isEditable(each) && !cellOf(each).text) || row.cells[1];
    go(first);
    if (field && isEditable(first)) begin(first);
}
