"""A row of the access table: one request, who may make it, and what the others get."""

from dataclasses import dataclass

from tests.access.actors import INSIDE, SIGNED_OUT, STRANGERS


@dataclass(frozen=True)
class Row:
    """One request and who may make it. `state` is that of the plan asked for; `ok` the
    status for those who may; others of the house get 403, strangers 404. `open_to_all`
    pages belong to no school; what belongs to the office alone is `hidden_from` its schools
    (404). Names of objects (`tests.access.data`) in `args` and `data` become their keys."""

    name: str
    who: tuple
    args: tuple = ()
    method: str = "get"
    state: str = "draft"
    ok: int = 200
    open_to_all: bool = False
    hidden_from: tuple = ()
    data: dict | None = None
    json: bool = False  # called by scripts: a status, never a redirect
    keepers_only: bool = False  # 403 for all who keep nobody's roles, strangers too

    def expected(self, actor):
        """The status that `actor` gets."""
        if actor in SIGNED_OUT:
            return 401 if self.json else 302
        if actor in self.who:
            return self.ok
        if self.keepers_only:
            return 404 if actor == "stranger" else 403
        is_hidden = actor in STRANGERS or actor in self.hidden_from
        return 404 if is_hidden and not self.open_to_all else 403


def page(name, who=INSIDE, *args, **kwargs):
    return Row(name, who, args, **kwargs)


def post(name, who, *args, ok=302, **kwargs):
    return Row(name, who, args, "post", ok=ok, **kwargs)


def call(name, who, *, ok=200, **data):
    """A call of the editing grid, with a JSON body."""
    return Row(name, who, ("plan",), "post", ok=ok, data=data, json=True)
