"""How often a firm may be inspected in a year, over all authorities (国办发〔2024〕54号), and who is left out of a list. Pure.

What stands outside the caps is one of ten kinds; a joint visit counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Exempt(StrEnum):
    """The ten kinds of inspections outside the caps."""

    COMPLAINT = "complaint"
    ORDERED = "ordered"
    ASSISTING = "assisting"
    INVESTIGATION = "investigation"
    REMOTE = "remote"
    MEDIA = "media"
    RECTIFICATION = "rectification"
    REQUESTED = "requested"
    LICENSING = "licensing"
    URGENT = "urgent"


EXEMPT_LABELS = {
    Exempt.COMPLAINT: "投诉举报（12345等）",
    Exempt.ORDERED: "上级交办",
    Exempt.ASSISTING: "配合上级检查",
    Exempt.INVESTIGATION: "稽查",
    Exempt.REMOTE: "非现场监管发现线索",
    Exempt.MEDIA: "媒体曝光",
    Exempt.RECTIFICATION: "整改复核",
    Exempt.REQUESTED: "企业申请",
    Exempt.LICENSING: "许可现场核查",
    Exempt.URGENT: "法律规定的紧急情形",
}


class Left(StrEnum):
    """Why a subject of the population is left out of the list; the first that applies is kept."""

    DEREGISTERED = "deregistered"
    REVOKED = "revoked"
    MOVED = "moved"
    CAP = "cap"
    SAME_ITEM = "same_item"


LEFT_LABELS = {
    Left.DEREGISTERED: "已注销",
    Left.REVOKED: "被吊销、被撤销",
    Left.MOVED: "已迁出",
    Left.CAP: "已达全年检查次数上限",
    Left.SAME_ITEM: "本年度已列入同一事项检查",
}
STATUS_WORDS: Mapping[Left, tuple[str, ...]] = {
    Left.REVOKED: ("吊销", "撤销"),
    Left.DEREGISTERED: ("注销",),
    Left.MOVED: ("迁出",),
}
"""Words of the register's status that take somebody out of every list."""


@dataclass(frozen=True, slots=True)
class Cap:
    """A cap in force: of one authority, of a level or of a field; with none of them the one over all authorities together."""

    per_year: int
    department: int | None = None
    level: str = ""
    field: str = ""

    @property
    def together(self) -> bool:
        """Whether it counts the visits of all authorities."""
        return self.department is None and not self.level and not self.field


TOGETHER = Cap(4)
EACH_AUTHORITY = 2
"""What holds where no row says otherwise (parameters: Harbin's own were not found)."""


def of_authority(caps: Iterable[Cap], department: int, level: str, field: str) -> int:
    """The cap of one authority a year: its own row, else that of its level, else of the field, else the default; the narrower row decides."""
    rows = list(caps)
    own = [cap.per_year for cap in rows if cap.department == department]
    of_level = [cap.per_year for cap in rows if level and cap.level == level]
    of_field = [cap.per_year for cap in rows if field and cap.field == field]
    narrowest = own or of_level or of_field
    return min(narrowest) if narrowest else EACH_AUTHORITY


def over_all(caps: Iterable[Cap]) -> int:
    """The cap of all authorities together a year."""
    return min((cap.per_year for cap in caps if cap.together), default=TOGETHER.per_year)


def reached(of_authorities: Mapping[int, int], caps: Mapping[int, int], together: int, most: int) -> bool:
    """Whether one more visit would break a cap: `of_authorities` visits of the year by authority that would come along, `caps` theirs; `together`
    visits of all authorities, `most` the cap over them. A joint visit is one in `together`."""
    return together >= most or any(of_authorities.get(authority, 0) >= cap for authority, cap in caps.items())


def left_out(status: str) -> Left | None:
    """Why a subject with this status of the register is in no list; None for who is."""
    return next((left for left, words in STATUS_WORDS.items() if any(word in status for word in words)), None)
