"""What somebody says is wrong, who says it, and when the same has been said before. Pure."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from casework.rules.disputes import About
from companies.rules import MOBILE, PAPERS
from credit_platform.errors import Finding, at_field, required
from objections.rules.procedure import LONGEST


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says is wrong: of which item (its public id, or place and number), in what, and what it should be."""

    item: str
    about: About
    field: str
    claimed: str

    @property
    def fingerprint(self) -> str:
        """The same facts, however they are spaced or written, have the same fingerprint (SHA-256, hexadecimal)."""
        said = "".join(unicodedata.normalize("NFKC", self.claimed).split()).casefold()
        return hashlib.sha256("\n".join((self.item, self.about, self.field, said)).encode()).hexdigest()


def may_file(claim: Claim, *, grounds: str, fields: Collection[str]) -> Iterable[Finding]:
    """What stands against an objection: a field that the item does not show, no claimed value, no grounds.

    `fields` are the codes of what the item shows; an objection to the period or to a repair names none.
    """
    if claim.about is About.CONTENT and claim.field not in fields:
        yield at_field("objection.field", "field", "请选择有异议的项目。")
    yield from required(claim.claimed, "claimed", "请写明应当是什么。", rule="objection.claimed", most=LONGEST)
    yield from required(grounds, "grounds", "请写明理由。", rule="objection.grounds", most=LONGEST)


class Capacity(StrEnum):
    """In what capacity somebody acts for a subject."""

    HEAD = "head"
    AGENT = "agent"


CAPACITY_LABELS = {Capacity.HEAD: "法定代表人、负责人、经营者或者本人", Capacity.AGENT: "受委托的经办人"}


@dataclass(frozen=True, slots=True)
class Outsider:
    """Who objects without an account: not known until somebody has seen the papers."""

    name: str
    phone: str
    capacity: Capacity


def may_lodge(who: Outsider) -> Iterable[Finding]:
    """What stands against an objection without an account: nobody is named, or a number that is no mobile number of the mainland."""
    yield from required(who.name, "name", "请填写姓名。", rule="objection.name", most=60)
    if not MOBILE.fullmatch(who.phone):
        yield at_field("objection.phone", "phone", "请填写11位手机号码。")


def may_confirm(seen: Collection[str]) -> Iterable[Finding]:
    """The papers that must have been seen before somebody acts for a subject, and were not: the same as for an account."""
    for paper, label in PAPERS.items():
        if paper not in seen:
            yield at_field("objection.papers", "papers", f"尚未核验：{label}。")
