"""People, schools and offices; the pages of the frame, which belong to no app."""

from tests.access.actors import EVERYBODY, INSIDE, KEEPERS, SCHOOL_PEOPLE
from tests.access.rows import page, post

# Only who keeps people at all is told that somebody is not theirs (404).
KEPT = {"keepers_only": True}

ROWS = (
    page("home", EVERYBODY, open_to_all=True),
    page("api-tokens", EVERYBODY, open_to_all=True),
    post("api-tokens", EVERYBODY, ok=200, open_to_all=True),
    post("api-token-delete", EVERYBODY, "plan", ok=404, open_to_all=True),
    page("mail-choice", EVERYBODY, open_to_all=True),
    post("mail-choice", EVERYBODY, open_to_all=True),
    page("schools:list", EVERYBODY, open_to_all=True),
    page("schools:detail", INSIDE, "school"),
    page("schools:edit", ("principal",), "school"),
    post("schools:edit", ("principal",), "school", data={"school_type": "public"}),
    page("schools:year-settings", EVERYBODY, open_to_all=True),
    page(
        "schools:year-setting",
        ("leader",),
        "authority",
        2026,
        hidden_from=SCHOOL_PEOPLE,
    ),
    post(
        "schools:year-setting",
        ("leader",),
        "authority",
        2026,
        hidden_from=SCHOOL_PEOPLE,
        data={"mode": "office", "report_mode": "office"},
    ),
    # Whoever keeps nobody's roles gets 403; a stranger keeps those of another school.
    page("schools:people", (*KEEPERS, "stranger"), open_to_all=True),
    page("schools:person", KEEPERS, "editor", **KEPT),
    post(
        "schools:person",
        KEEPERS,
        "editor",
        data={"place": "at_school", "role": "viewer"},
        **KEPT,
    ),
    page("schools:role-end", KEEPERS, "role_of_editor", **KEPT),
    post("schools:role-end", KEEPERS, "role_of_editor", **KEPT),
    page("schools:invite", (*KEEPERS, "stranger"), open_to_all=True),
    page("schools:invitations", (*KEEPERS, "stranger"), open_to_all=True),
    post("schools:invitation-cancel", KEEPERS, "invited", **KEPT),
    page("schools:lists", ("leader",), open_to_all=True),
    page("schools:list-import", ("leader",), "truong", open_to_all=True),
    post("schools:list-import", ("leader",), "truong", ok=422, open_to_all=True),
    page("schools:list-download", ("leader",), "truong", "csv", open_to_all=True),
    page("schools:list-template", ("leader",), "truong", "csv", open_to_all=True),
)
