"""The words of the table: the roles and who holds them, and what is said of one address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ANONYMOUS = "anonymous"
ROLES: dict[str, str] = {
    "clerk": "scjgj_lr",
    "other_clerk": "zjj_lr",
    "reviewer": "scjgj_sh",
    "other_reviewer": "zjj_sh",
    "window": "ckry",
    "office": "xyb",
    "system": "xtgl",
    "security": "aqgl",
    "auditor": "sjy",
}
"""Role → account of the demonstration city."""


def of(words: str) -> frozenset[str]:
    found = frozenset(words.split())
    assert found <= set(ROLES), found - set(ROLES)
    return found


NOBODY = of("")
STAFF = frozenset(ROLES)
OWN_DESK = of("clerk reviewer office")
DESK = of("clerk other_clerk reviewer other_reviewer office")
WITH_WINDOW = DESK | of("window")
CLERKS = of("clerk other_clerk")
STRANGERS = of("other_clerk other_reviewer")
ADMINS = of("system security auditor")
AUDITOR = of("auditor")


@dataclass(frozen=True)
class Page:
    """One address. `may` get `status`, `hidden` get 404, all other staff 403, visitors the log-in page.

    `post` says who may send its form; None = there is none. `get=False`: only posted. `public`: open to everybody.
    """

    name: str
    args: tuple[object, ...] = ()
    may: frozenset[str] = NOBODY
    hidden: frozenset[str] = NOBODY
    post: frozenset[str] | None = None
    get: bool = True
    public: bool = False
    status: int = 200
    query: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    csrf: bool = True
    writes: frozenset[str] = frozenset()


def public(name: str, *args: object, **more: object) -> Page:
    return Page(name, args, public=True, **more)  # type: ignore[arg-type]


def desk(name: str, *args: object, may: frozenset[str], **more: object) -> Page:
    return Page(name, args, may, **more)  # type: ignore[arg-type]


def form(name: str, *args: object, may: frozenset[str], **more: object) -> Page:
    """A page with a form: who may open it may send it."""
    return Page(name, args, may, post=may, **more)  # type: ignore[arg-type]


def button(name: str, *args: object, may: frozenset[str], **more: object) -> Page:
    """An address that is only posted to."""
    return Page(name, args, may, post=may, get=False, **more)  # type: ignore[arg-type]


HANDLERS = of("clerk reviewer")
OFFICE = of("office")
BUREAU = of("clerk reviewer")
PLANNERS = of("clerk other_clerk reviewer other_reviewer")
REVIEWERS = of("reviewer other_reviewer office")
OWN_REVIEWERS = of("reviewer office")
OTHER_REVIEWER = of("other_reviewer")
WINDOWS = of("clerk other_clerk window office")
# The registering authority is the market bureau; its clerk and the windows open doors for companies.
CONFIRMING = of("clerk window")
ASKERS = WITH_WINDOW
WINDOW_OFFICE = of("window office")
SYSTEM, SECURITY = of("system"), of("security")
