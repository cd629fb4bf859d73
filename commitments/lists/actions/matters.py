"""The list of matters (承诺事项清单): its editions on the kit of `credit_platform.editions`, and what is asked of an entry."""

from __future__ import annotations

from collections.abc import Iterator

from commitments.lists.models import MatterEntry, MatterList
from commitments.lists.queries.entries import FACTS
from commitments.lists.rules.words import ARTICLE
from commitments.rules.kinds import CommitmentType
from credit_platform.editions.actions import Editions
from credit_platform.errors import Finding, at_field, required

MANAGE = "commitments.list.manage"


def unsound(entry: MatterEntry) -> Iterator[Finding]:
    """What stands against an entry: 容缺 without a period, nobody it is for, no conditions, no notice, a share that is no percentage."""
    if entry.commitment_type == CommitmentType.SHORTFALL and not entry.shortfall_after:
        yield at_field("matter.shortfall", "shortfall_after", "容缺受理型事项须填写材料补正期限。")
    if not entry.subject_kinds:
        yield at_field("matter.subjects", "subject_kinds", "请选择适用主体。")
    for name, label in (("who", "适用条件"), ("notice", "告知内容")):
        yield from required(getattr(entry, name), name, f"请填写{label}。", rule=f"matter.{name}")
    if not 0 <= entry.random_share <= 100:
        yield at_field("matter.share", "random_share", "随机抽查比例应在 0 至 100 之间。")


LISTS = Editions(
    MatterList,
    MatterEntry,
    identity="matter",
    many="measures",
    permission=MANAGE,
    audit="commitments.list",
    audit_identity="commitments.matter",
    code="matters",
    name="承诺事项清单",
    what="事项",
    article=ARTICLE,
    facts=FACTS,
    unsound=unsound,
)
