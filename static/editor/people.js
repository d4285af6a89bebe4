// Who else has the plan open; they fade when they rest. Nobody locks anybody out.

import { element } from "./announcing.js";
import { post, root } from "./server.js";

const EVERY = 20_000;
const STATES = { active: "đang soạn", idle: "tạm nghỉ", away: "đã rời tay lâu" };
const place = document.getElementById("nguoi-cung-mo");
let typedAt = 0;
let timer = 0;

async function look() {
    clearTimeout(timer);
    if (document.hidden) return;
    try {
        const active = Date.now() - typedAt < EVERY;
        show((await post("dang-mo/", { active })).people);
    } catch {
        // Saving tells when the line is lost; who is here can wait.
    }
    clearTimeout(timer);
    timer = setTimeout(look, EVERY);
}

function show(people) {
    place.hidden = people.length === 0;
    place.replaceChildren(
        people.length ? "Cùng mở kế hoạch này: " : "",
        ...people.map(({ name, state }) =>
            element(
                "span",
                { className: `person person-${state in STATES ? state : "active"}` },
                `${name} (${STATES[state] ?? STATES.active})`,
            ),
        ),
    );
}

export function watchPeople() {
    root.addEventListener("input", () => (typedAt = Date.now()));
    document.addEventListener("visibilitychange", look);
    look();
}
