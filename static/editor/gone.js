// Rows that were deleted while somebody wrote in them: what was written stays in view until
// its writer lets it go.

import { button, element, notice, unnotice } from "./announcing.js";

const lost = new Set(); // cells
let box = null;

const words = () => [...lost].map((cell) => `${cell.name}: ${cell.text}`).join("\n");

// `letGo` is called with all the cells that are given up.
export function tellGone(cells, letGo) {
    for (const cell of cells) {
        lost.add(cell);
        cell.paused = "gone";
        cell.mark("gone", "Dòng đã bị xóa");
    }
    box = element("textarea", { className: "form-control", readOnly: true, value: words(), rows: 3 });
    box.setAttribute("aria-label", "Chữ của dòng đã bị xóa");
    const drop = () => {
        const all = [...lost];
        lost.clear();
        unnotice("gone");
        letGo(all);
    };
    notice(
        "gone",
        "error",
        "Người khác vừa xóa dòng bạn đang viết. Chữ của bạn còn ở đây, hãy chép lại nếu cần:",
        box,
        button("Đã chép, bỏ dòng này", drop),
    );
}

// The writer types on.
export function followGone(cell) {
    if (lost.has(cell)) box.value = words();
}
