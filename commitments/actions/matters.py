"""The list of matters (承诺事项清单): an edition is drawn up as a draft, issued as a whole, never changed afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from commitments.models import Matter, MatterEntry, MatterList, Measure
from commitments.rules.states import LIST_LABELS, LIST_MOVES, ListState, next_state
from credit_platform.accounts.actors import Actor
from credit_platform.errors import Refused, at_field
from records.actions.editions import Editions

MANAGE = "commitments.list.manage"
ARTICLE = "哈政办规〔2020〕12号第1项"
COPIED = (
    "batch", "kind", "power_code", "department_id", "commitment_type", "subject_kinds", "who", "notice", "online", "visibility",
    "first_after", "first_unit", "every", "every_unit", "random_share", "shortfall_after", "shortfall_unit", "basis", "valid_from",
    "valid_until", "position",
)  # fmt: skip
"""What a new edition takes over from the former one, beside the measures."""


def save_entry(
    edition: MatterList,
    matter: Matter,
    values: Mapping[str, Any],
    *,
    by: Actor,
    measures: Sequence[Measure] | None = None,
) -> MatterEntry:
    """Put a matter into a draft, or change it there. `values`: fields of the entry; `measures` None leaves them as they are.

    Conflict when the edition is issued; Refused with findings when the entry is not sound (容缺 without a period, nobody it is for).
    """
    return LISTS.save_entry(edition, matter, values, by=by, chosen=measures)


def _next_state(state: str, verb: str) -> ListState:
    return next_state(LIST_MOVES, LIST_LABELS, ListState(state), verb)


def _require_entries(edition: MatterList) -> None:
    if not edition.entries.exists():
        raise Refused("matters.empty", "清单里还没有事项，不能发布。", article=ARTICLE)


def _require_sound(entry: MatterEntry) -> None:
    found = []
    if entry.commitment_type == "shortfall" and not entry.shortfall_after:
        found.append(at_field("matter.shortfall", "shortfall_after", "容缺受理型事项须填写材料补正期限。"))
    if not entry.subject_kinds:
        found.append(at_field("matter.subjects", "subject_kinds", "请选择适用主体。"))
    for name, label in (("who", "适用条件"), ("notice", "告知内容")):
        if not getattr(entry, name).strip():
            found.append(at_field(f"matter.{name}", name, f"请填写{label}。"))
    if not 0 <= float(entry.random_share) <= 100:
        found.append(at_field("matter.share", "random_share", "随机抽查比例应在 0 至 100 之间。"))
    if found:
        raise Refused("matter.unsound", "事项不完整，未保存。", article=ARTICLE, findings=found)


LISTS = Editions(
    MatterList,
    MatterEntry,
    edition="edition",
    identity="matter",
    many="measures",
    copied=COPIED,
    permission=MANAGE,
    verbs={verb: f"commitments.list.{verb}" for verb in ("new", "change", "remove", "issue", "repeal")},
    code="matters",
    name="清单",
    what="事项",
    article=ARTICLE,
    next_state=_next_state,
    require_sound=_require_sound,
    require_issuable=_require_entries,
)
new_list = LISTS.new
new_list_from = LISTS.new_from
remove_entry = LISTS.remove_entry
issue = LISTS.issue
repeal = LISTS.repeal
