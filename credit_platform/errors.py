"""Domain errors: the only exceptions that actions and rules raise on purpose.

They carry Chinese text for the person at the screen and the article that stands behind the refusal. They are turned
into HTTP answers and form errors in one place (`credit_platform.web`), never caught and re-worded elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding weighs: an error refuses the row, a warning is kept beside it."""

    ERROR = "error"
    WARNING = "warning"


_masks: list[Callable[[str], str]] = []
_citizens: list[Callable[[str], bool]] = []


def hide_with(mask: Callable[[str], str], citizens: Callable[[str], bool]) -> None:
    """Whoever knows the numbers of persons says how a text is told without them, and whether it holds a citizen's; once, at the start."""
    _masks[:], _citizens[:] = [mask], [citizens]


def holds_citizen(text: str) -> bool:
    """Whether a citizen's number stands in a text, in whatever way it is written."""
    return bool(_citizens) and _citizens[0](text)


def hidden(text: str) -> str:
    """The text as it may be told, kept and logged: no number of a person is whole in it."""
    return _masks[0](text) if _masks else text


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found: what is wrong, where, and how to mend it.

    `field` is the code of a data standard's field (`CF_NR_FK`) or "" for the row as a whole; `value` is what was given;
    `rule` is a stable id such as `amount.matches-text`. Personal numbers are masked here, whoever makes the finding.
    """

    rule: str
    level: Level
    text: str
    mend: str = ""
    field: str = ""
    value: str = ""
    article: str = ""

    def __post_init__(self) -> None:
        for name in ("text", "mend", "value"):
            given = getattr(self, name)
            if (told := hidden(given)) != given:
                object.__setattr__(self, name, told)


class DomainError(Exception):
    """Base of every refusal; `code` is stable for machines, `text` is Chinese for people."""

    status = 422

    def __init__(
        self, code: str, text: str, *, article: str = "", mend: str = "", findings: Sequence[Finding] = ()
    ) -> None:
        super().__init__(hidden(text))
        self.code = code
        self.text = hidden(text)
        self.article = article
        self.mend = hidden(mend)
        self.findings = tuple(findings)


class Refused(DomainError):
    """The rules do not allow it (HTTP 422)."""


class Forbidden(DomainError):
    """The policy does not allow it to this actor (HTTP 403)."""

    status = 403


class Conflict(DomainError):
    """Somebody else was first, or the object is in another state (HTTP 409)."""

    status = 409


def at_field(rule: str, field: str, text: str, *, mend: str = "", article: str = "") -> Finding:
    """An error at one field of a form: `rule` is its stable id, `field` the name in the form."""
    return Finding(rule, Level.ERROR, text, mend=mend, field=field, article=article)


def required(text: str, field: str, words: str, *, rule: str, most: int = 0) -> Iterable[Finding]:
    """What stands against a text that must be given: `words` when it is blank, its length when it is over `most` characters (0: any)."""
    if not text.strip():
        yield at_field(rule, field, words)
    elif most and len(text.strip()) > most:
        yield at_field(rule, field, f"最多{most}个字，现为{len(text.strip())}个字。", mend="请精简后提交。")


def refuse(findings: Iterable[Finding], *, code: str = "") -> None:
    """Raise Refused with all findings at once, each at its field; nothing when there are none. `code` is the first one's unless given."""
    found = tuple(findings)
    if found:
        text = found[0].text if len(found) == 1 else f"有{len(found)}处问题，暂不能办理。"
        raise Refused(code or found[0].rule, text, mend=found[0].mend or "请按提示更正。", findings=found)
