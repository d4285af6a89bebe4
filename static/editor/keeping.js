// What the server does not have yet lies in this browser, by person and plan, cell and tab:
// two tabs may hold two texts of one cell.

import { plan, user } from "./server.js";
import { notice } from "./announcing.js";

const PREFIX = `soan:${user}:${plan}:`;
const TAB = Math.random().toString(36).slice(2);
const unkept = new Set(); // keys of texts that found no room
let isTold = false;

const keyOf = (cell) => `${PREFIX}${cell.key}:${TAB}`;

export function keep(cell) {
    const kept = { text: cell.text, seen: cell.seen, own: [...cell.own].slice(-20) };
    try {
        localStorage.setItem(keyOf(cell), JSON.stringify(kept));
        unkept.delete(cell.key);
    } catch {
        unkept.add(cell.key);
        if (isTold) return;
        isTold = true;
        notice(
            "storage",
            "warning",
            "Trình duyệt này không giữ được chữ chưa lưu (hết chỗ hoặc đang ở chế độ riêng tư). " +
                "Đừng đóng trang khi chưa thấy “Đã lưu”.",
        );
    }
}

export const keepsTexts = () => unkept.size === 0;

export function forget(cell) {
    unkept.delete(cell.key);
    drop(keyOf(cell));
}

export function drop(key) {
    try {
        localStorage.removeItem(key);
    } catch {
        // Nothing can be kept here, so nothing is.
    }
}

// What tabs that are gone have left: {key, place: [table, line, field], text, seen, own}.
export function keptTexts() {
    try {
        const keys = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
        return keys.map(read).filter(Boolean);
    } catch {
        return []; // Unreadable: as good as nothing.
    }
}

function read(key) {
    try {
        const { text, seen, own } = JSON.parse(localStorage.getItem(key));
        const place = key.slice(PREFIX.length).split(":").slice(0, 3);
        return { key, place, text: String(text), seen: String(seen), own: [...own] };
    } catch {
        return null; // One that is broken keeps no other back.
    }
}
