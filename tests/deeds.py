"""What every paper has in common that a school submits and its office approves."""

from itertools import product

ROLES = (
    "principal",
    "editor",
    "contributor",
    "viewer",
    "leader",
    "officer",
    "office_viewer",
    "stranger",
    "other_officer",
    "former_principal",
    "admin",
)
HEAD, OFFICE = ("principal",), ("leader", "officer")
WRITERS = ("principal", "editor")


def until_approved(workflow):
    """What is legal by the deeds of `workflow`, a module, until the paper is approved:
    transition -> states and roles, where the office approves."""
    return {
        workflow.SUBMIT: ({"draft", "returned"}, WRITERS),
        workflow.RECALL: ({"submitted"}, WRITERS),
        workflow.RETURN: ({"submitted"}, OFFICE),
        workflow.APPROVE: ({"submitted"}, OFFICE),
        workflow.REOPEN: ({"approved"}, OFFICE),
        # Nothing to receive where the office approves.
        workflow.RECEIVE: (set(), OFFICE),
    }


class EveryDeedCase:
    """Mixed into a `TestCase` whose `attempt(transition, status, role)` says "done",
    "refused" or "denied", and whose `status()` says what is stored then."""

    def check(self, legal, statuses):
        """Every deed in every state by every role: what is not `legal` is refused."""
        for transition, status, role in product(legal, statuses, ROLES):
            states, roles = legal[transition]
            expected = "done" if status in states else "refused"
            if role not in roles:
                expected = "denied"
            with self.subTest(deed=transition.key, status=status, role=role):
                self.assertEqual(self.attempt(transition, status, role), expected)
                moved = transition.target if expected == "done" else None
                self.assertEqual(self.status(), moved or status)
