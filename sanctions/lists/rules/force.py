"""When a row of the table of lists may be in force (国办发〔2020〕49号). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from credit_platform.errors import Finding, at_field
from sanctions.lists.rules.words import Nature, Rank

ARTICLE = "国办发〔2020〕49号"
CONSULTATION_DAYS = 30
"""Calendar days that a new standard is put to the public at least (49号)."""

SERIOUS_RANKS = frozenset(Rank) - {Rank.POLICY}
"""What a list of seriously dishonest subjects may rest on (49号: 法律、法规 or a document of the centre; a ministry's rule for the time being)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What a row must say before it may be in force."""

    nature: Nature
    rank: str = ""
    basis: str = ""
    standard_at: str = ""
    consultation_days: int | None = None
    review_due: date | None = None


def against_force(grounds: Grounds) -> Iterable[Finding]:
    """What keeps a row out of force: no rank, no basis, no published standard, too short a consultation, no day of the next evaluation (49号).

    Lists of seriously dishonest subjects rest on more than a document of a department; the others need no consultation.
    """
    if not grounds.basis.strip():
        yield at_field("list.basis", "basis", "请填写名单的设立依据。", article=ARTICLE)
    if not grounds.rank:
        yield at_field("list.rank", "basis_rank", "请选择依据的位阶。", article=ARTICLE)
    if not grounds.standard_at.strip():
        yield at_field("list.standard", "standard_at", "请填写认定标准在何处公布。", article=ARTICLE)
    if grounds.review_due is None:
        yield at_field("list.review", "review_due", "请填写下一次评估认定标准的日期。", article=ARTICLE)
    if grounds.nature is not Nature.SERIOUS:
        return
    if grounds.rank and grounds.rank not in SERIOUS_RANKS:
        words = "严重失信主体名单应依据法律、法规或者党中央、国务院文件设立；规范性文件不足以设立。"
        yield at_field("list.rank", "basis_rank", words, article=ARTICLE)
    if grounds.consultation_days is None or grounds.consultation_days < CONSULTATION_DAYS:
        words = f"认定标准应公开征求意见不少于{CONSULTATION_DAYS}日，请填写征求意见的天数。"
        yield at_field("list.consultation", "consultation_days", words, article=ARTICLE)
