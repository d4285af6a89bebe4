// The editor: its parts, and the keys that belong to none of them.

import { showHistory, toggleHelp, watchHelp } from "./help.js";
import { watchGrids, placeOf } from "./moving.js";
import { watchClipboard, answerOf } from "./pasting.js";
import { watchPeople } from "./people.js";
import { goToAddress, watchRows } from "./rows.js";
import { restore, watchTheLine } from "./saving.js";
import { root } from "./server.js";
import { undo } from "./undoing.js";

const keys = document.getElementById("phim-tat");

watchRows(); // before moving: Alt+arrows are a row's, plain arrows a cell's
watchGrids(root);
watchClipboard();
watchHelp();
watchTheLine();
restore();
watchPeople();
goToAddress();

document.getElementById("mo-phim-tat").addEventListener("click", () => answerOf(keys));
root.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches("textarea, input, select");
    const isModal = Boolean(document.querySelector("dialog[open]"));
    if (isModal) return;
    if (event.key === "F1") toggleHelp();
    else if (event.altKey && event.code === "KeyH") showHistory();
    else if (event.ctrlKey && event.code === "KeyZ" && !isTyping && placeOf(event.target)) undo();
    else return;
    event.preventDefault();
});
root.dataset.ready = "1";
