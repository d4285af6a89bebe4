// How much is missing: per row, per section, in all. The server counts; an answer about a
// few cells brings the counts of their places only, any other answer all of them.

import { root } from "./server.js";

const total = document.getElementById("con-thieu");
const sections = [...root.querySelectorAll(".section-gaps")];
let missing = null; // count by place: "dong-12", "muc-5", "dong" for a table without rows

const shownIn = (place) => (place.hidden ? 0 : Number(place.firstElementChild.textContent));
const tableOf = (place) => (place.startsWith("muc-") ? place : place.replace(/-\d+$/, ""));

function fromPage() {
    const found = new Map();
    for (const row of root.querySelectorAll("tr[data-line]")) {
        found.set(row.id, shownIn(row.querySelector(".row-gaps")));
    }
    for (const place of sections) {
        const { gaps } = place.dataset;
        const inRows = [...found].filter(([key]) => tableOf(key) === gaps);
        const rest = shownIn(place) - inRows.reduce((sum, [, count]) => sum + count, 0);
        // Rows that the filter hides count for their table.
        if (rest > 0) found.set(gaps.startsWith("muc-") ? gaps : `${gaps}-0`, rest);
    }
    return found;
}

export function showGaps(gaps) {
    if (!gaps) return;
    missing ??= fromPage();
    if ("total" in gaps) missing = new Map();
    for (const [place, count] of Object.entries(gaps.rows ?? {})) missing.set(place, count);
    show("total" in gaps ? null : Object.keys(gaps.rows ?? {}));
}

function show(places) {
    const sums = new Map();
    let all = 0;
    for (const [place, count] of missing) {
        sums.set(tableOf(place), (sums.get(tableOf(place)) ?? 0) + count);
        all += count;
    }
    const words = all ? `Còn thiếu ${all} chỗ` : "Đã đủ nội dung bắt buộc";
    if (total.textContent !== words) total.textContent = words;
    for (const place of sections) put(place, sums.get(place.dataset.gaps) ?? 0);
    const rows = places
        ? places.map((id) => document.getElementById(id))
        : root.querySelectorAll("tr[data-line]");
    for (const row of rows) {
        const place = row?.querySelector?.(".row-gaps");
        if (place) put(place, missing.get(row.id) ?? 0);
    }
}

function put(place, number) {
    if (shownIn(place) === number) return;
    place.firstElementChild.textContent = number;
    place.hidden = number === 0;
}
