// What the server does not have yet lies in this browser, by person and plan.

import { plan, user } from "./server.js";
import { notice } from "./announcing.js";

const PREFIX = `soan:${user}:${plan}:`;
let isTold = false;
let isWorking = true;

export function keep(cell) {
    const kept = { text: cell.text, seen: cell.seen, own: [...cell.own].slice(-20) };
    try {
        localStorage.setItem(PREFIX + cell.key, JSON.stringify(kept));
        isWorking = true;
    } catch {
        isWorking = false;
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

export const keepsTexts = () => isWorking;

export function forget(cell) {
    try {
        localStorage.removeItem(PREFIX + cell.key);
    } catch {
        // Nothing can be kept here, so nothing is.
    }
}

// What was kept, as [table, line, field, {text, seen, own}].
export function keptTexts() {
    const found = [];
    try {
        for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
            const [table, line, field] = key.slice(PREFIX.length).split(":");
            found.push([table, line, field, JSON.parse(localStorage.getItem(key))]);
        }
    } catch {
        // Unreadable: as good as nothing.
    }
    return found;
}
