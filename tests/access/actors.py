"""Who asks: people of the cast (`tests.factories.schools.Cast`) by what they may do."""

INSIDE = (
    "principal",
    "editor",
    "contributor",
    "viewer",
    "leader",
    "officer",
    "office_viewer",
    "admin",
)
STRANGERS = ("stranger", "other_officer", "former_principal")
SIGNED_OUT = ("anonymous", "suspended")
EVERYBODY = INSIDE + STRANGERS

ARRANGERS = ("principal", "editor")
WRITERS = (*ARRANGERS, "contributor")
SCHOOL_PEOPLE = (*WRITERS, "viewer")
REVIEWERS = ("leader", "officer")
OFFICE_ROLES = (*REVIEWERS, "office_viewer")
OVERSEERS = (*OFFICE_ROLES, "admin")
KEEPERS = ("principal", "leader")
NOT_LEADER = tuple(actor for actor in INSIDE if actor != "leader")
