// What was done last can be undone: texts typed, pasted or deleted, and rows.

import { say } from "./announcing.js";

const done = [];
const MOST = 100;

// `back` undoes it; it may return words to say, or false if it can be tried again.
export function remember(back) {
    done.push(back);
    if (done.length > MOST) done.shift();
}

export async function undo() {
    const back = done.pop();
    if (!back) return say("Không còn gì để hoàn tác.");
    return run(back);
}

async function run(back) {
    const said = await back();
    if (said === false) done.push(back);
    say(said === false ? "Chưa hoàn tác được. Hãy thử lại sau." : (said ?? "Đã hoàn tác."));
}

// One particular deed, by its own button.
export async function undoThis(back) {
    const place = done.indexOf(back);
    if (place < 0) return;
    done.splice(place, 1);
    await run(back);
}
