"""The list of matters, the texts of letters and the list of measures: drawn up as drafts, issued as a whole, never changed afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from commitments.models import LetterTemplate, Matter, MatterEntry, MatterList, Measure
from commitments.rules.states import (
    LIST_LABELS,
    LIST_MOVES,
    TEMPLATE_LABELS,
    TEMPLATE_MOVES,
    ListState,
    TemplateState,
    next_state,
)
from commitments.rules.texts import places
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Level, Refused

MANAGE = "commitments.list.manage"
ARTICLE = "哈政办规〔2020〕12号第1项"
COPIED = (
    "batch", "kind", "power_code", "department_id", "commitment_type", "subject_kinds", "who", "notice", "online", "visibility",
    "first_after", "first_unit", "every", "every_unit", "random_share", "shortfall_after", "shortfall_unit", "basis", "valid_from",
    "valid_until", "position",
)  # fmt: skip
"""What a new edition takes over from the former one, beside the measures."""


def new_list(code: str, name: str, *, by: Actor, basis: str, valid_from: date) -> MatterList:
    """Begin an empty edition as a draft. Who: system administrator, the platform. Conflict when the code is taken."""
    with acting(by):
        policy.require(by, MANAGE)
        try:
            with transaction.atomic():
                edition = MatterList.objects.create(code=code, name=name, basis=basis, valid_from=valid_from)
        except IntegrityError as error:
            raise Conflict("matters.code", f"清单版本代号“{code}”已被使用。", mend="请换一个代号。") from error
        audit.record("commitments.list.new", edition, by=by, after={"code": code, "name": name}, basis=basis)
    return edition


def new_list_from(previous: MatterList, *, by: Actor, code: str, name: str, basis: str, valid_from: date) -> MatterList:
    """Begin an edition as a draft with all entries and measures of another one: the list widens in batches (no. 1)."""
    with acting(by):
        edition = new_list(code, name, by=by, basis=basis, valid_from=valid_from)
        for entry in previous.entries.prefetch_related("measures").order_by("pk"):
            copied = MatterEntry(edition=edition, matter_id=entry.matter_id)
            for field in COPIED:
                setattr(copied, field, getattr(entry, field))
            copied.save()
            copied.measures.set(entry.measures.all())
    return edition


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
    with acting(by):
        policy.require(by, MANAGE)
        row = _locked(edition)
        next_state(LIST_MOVES, LIST_LABELS, ListState(row.state), "edit")
        entry = MatterEntry.objects.filter(edition=row, matter=matter).first() or MatterEntry(
            edition=row, matter=matter
        )
        before = {name: _word(getattr(entry, name)) for name in values} if entry.pk else {}
        for name, value in values.items():
            setattr(entry, name, value)
        _require_sound(entry)
        entry.save()
        if measures is not None:
            entry.measures.set(measures)
        after = {name: _word(value) for name, value in values.items()}
        audit.record("commitments.list.change", entry, by=by, before=before, after=after, basis=entry.basis)
    return entry


def remove_entry(entry: MatterEntry, *, by: Actor, reason: str) -> None:
    """Take a matter out of a draft. Conflict when the edition is issued."""
    with acting(by):
        policy.require(by, MANAGE)
        next_state(LIST_MOVES, LIST_LABELS, ListState(_locked(entry.edition).state), "edit")
        audit.record("commitments.list.remove", entry, by=by, before={"matter": entry.matter.code}, reason=reason)
        entry.delete()


def issue(edition: MatterList, *, by: Actor, reason: str = "") -> MatterList:
    """Put an edition into force from its day on; the former one ends the day before.

    Refused when it is empty, or when an issued edition begins on the same day or later.
    """
    with acting(by):
        policy.require(by, MANAGE)
        editions = list(MatterList.objects.select_for_update().order_by("pk"))
        row = next(each for each in editions if each.pk == edition.pk)
        state = next_state(LIST_MOVES, LIST_LABELS, ListState(row.state), "issue")
        if not row.entries.exists():
            raise Refused("matters.empty", "清单里还没有事项，不能发布。", article=ARTICLE)
        former = _former(row, editions)
        if former is not None:
            former.valid_until = row.valid_from - timedelta(days=1)
            former.save(update_fields=["valid_until"])
        row.state = state.value
        row.save(update_fields=["state"])
        after = {"valid_from": row.valid_from, "former": former.code if former else None}
        audit.record("commitments.list.issue", row, by=by, after=after, reason=reason, basis=row.basis)
    return row


def repeal(edition: MatterList, *, by: Actor, reason: str) -> MatterList:
    """Take an issued edition out of force; no letter can be taken under it any more, those that were stay. Refused without a reason."""
    with acting(by):
        policy.require(by, MANAGE)
        row = _locked(edition)
        state = next_state(LIST_MOVES, LIST_LABELS, ListState(row.state), "repeal")
        if not reason.strip():
            raise Refused("matters.reason", "请填写废止理由。")
        row.state = state.value
        row.save(update_fields=["state"])
        audit.record("commitments.list.repeal", row, by=by, reason=reason.strip())
    return row


def new_template(
    matter: Matter,
    *,
    by: Actor,
    title: str,
    body: str,
    liability: str,
    valid_from: date,
    blanks: Sequence[Mapping[str, Any]] = (),
) -> LetterTemplate:
    """Begin the next version of a letter's text as a draft. Refused when a {{blank}} of the text is not declared, or the reverse."""
    with acting(by):
        policy.require(by, MANAGE)
        Matter.objects.select_for_update().get(pk=matter.pk)
        last = LetterTemplate.objects.filter(matter=matter).aggregate(last=Max("version"))["last"] or 0
        template = LetterTemplate(matter=matter, version=last + 1, title=title, body=body, liability=liability)
        template.blanks, template.valid_from = [dict(each) for each in blanks], valid_from
        _require_blanks(template)
        template.save()
        audit.record("commitments.template.new", template, by=by, after={"title": title, "version": template.version})
    return template


def edit_template(template: LetterTemplate, values: Mapping[str, Any], *, by: Actor) -> LetterTemplate:
    """Change a draft. Conflict when the version is in use already: then a new version is drawn up."""
    with acting(by):
        policy.require(by, MANAGE)
        row = _locked_template(template)
        next_state(TEMPLATE_MOVES, TEMPLATE_LABELS, TemplateState(row.state), "edit")
        before = {name: _word(getattr(row, name)) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        _require_blanks(row)
        row.save()
        after = {name: _word(value) for name, value in values.items()}
        audit.record("commitments.template.change", row, by=by, before=before, after=after)
    return row


def issue_template(template: LetterTemplate, *, by: Actor) -> LetterTemplate:
    """Put a version into use from its day on; the one before it ends the day before. Refused when that one begins later."""
    with acting(by):
        policy.require(by, MANAGE)
        row = _locked_template(template)
        state = next_state(TEMPLATE_MOVES, TEMPLATE_LABELS, TemplateState(row.state), "issue")
        used = LetterTemplate.objects.select_for_update().filter(matter=row.matter, state=TemplateState.ISSUED)
        for former in used.filter(valid_until__isnull=True):
            if former.valid_from >= row.valid_from:
                text = f"第{former.version}版自同日或更晚启用，新版本的启用日期应在其后。"
                raise Refused("template.day", text, findings=[_finding("template.day", "valid_from", text)])
            former.valid_until = row.valid_from - timedelta(days=1)
            former.save(update_fields=["valid_until"])
        row.state = state.value
        row.save(update_fields=["state"])
        audit.record("commitments.template.issue", row, by=by, after={"valid_from": row.valid_from})
    return row


def retire_template(template: LetterTemplate, *, by: Actor, on: date) -> LetterTemplate:
    """Take a version out of use after the day `on`; what was signed keeps its words."""
    with acting(by):
        policy.require(by, MANAGE)
        row = _locked_template(template)
        row.state = next_state(TEMPLATE_MOVES, TEMPLATE_LABELS, TemplateState(row.state), "retire").value
        row.valid_until = max(on, row.valid_from)
        row.save(update_fields=["state", "valid_until"])
        audit.record("commitments.template.retire", row, by=by, after={"valid_until": row.valid_until})
    return row


def save_measure(values: Mapping[str, Any], *, by: Actor) -> Measure:
    """Add a measure to the list, or change the one of the same `code`; each has its legal basis (国办发〔2020〕49号).

    Refused without a basis, and for a bar without its months.
    """
    with acting(by):
        policy.require(by, MANAGE)
        row = Measure.objects.select_for_update().filter(code=values["code"]).first() or Measure(code=values["code"])
        before = {name: _word(getattr(row, name)) for name in values} if row.pk else {}
        for name, value in values.items():
            setattr(row, name, value)
        found = []
        if not row.basis.strip():
            found.append(_finding("measure.basis", "basis", "请填写法律依据：清单以外或没有依据的措施不得采取。"))
        if row.kind == "bar" and not row.months:
            found.append(_finding("measure.months", "months", "期限内不再适用告知承诺的措施须填写月数。"))
        if found:
            raise Refused("measure.unsound", "措施不完整，未保存。", article="国办发〔2020〕49号", findings=found)
        row.save()
        after = {name: _word(value) for name, value in values.items()}
        audit.record("commitments.measure.save", row, by=by, before=before, after=after, basis=row.basis)
    return row


def _former(row: MatterList, editions: Sequence[MatterList]) -> MatterList | None:
    """The issued edition that the new one follows; Refused when one begins on the same day or later."""
    issued = [each for each in editions if each.state == ListState.ISSUED and each.pk != row.pk]
    late = next((each for each in issued if each.valid_from >= row.valid_from), None)
    if late is not None:
        raise Refused("matters.day", f"“{late.name}”自同日或更晚生效，新版本的生效日期应在其后。")
    open_ended = [each for each in issued if each.valid_until is None or each.valid_until >= row.valid_from]
    return max(open_ended, key=lambda each: each.valid_from, default=None)


def _locked(edition: MatterList) -> MatterList:
    return MatterList.objects.select_for_update().get(pk=edition.pk)


def _locked_template(template: LetterTemplate) -> LetterTemplate:
    return LetterTemplate.objects.select_for_update(of=("self",)).select_related("matter").get(pk=template.pk)


def _require_sound(entry: MatterEntry) -> None:
    found = []
    if entry.commitment_type == "shortfall" and not entry.shortfall_after:
        found.append(_finding("matter.shortfall", "shortfall_after", "容缺受理型事项须填写材料补正期限。"))
    if not entry.subject_kinds:
        found.append(_finding("matter.subjects", "subject_kinds", "请选择适用主体。"))
    for name, label in (("who", "适用条件"), ("notice", "告知内容")):
        if not getattr(entry, name).strip():
            found.append(_finding(f"matter.{name}", name, f"请填写{label}。"))
    if not 0 <= float(entry.random_share) <= 100:
        found.append(_finding("matter.share", "random_share", "随机抽查比例应在 0 至 100 之间。"))
    if found:
        raise Refused("matter.unsound", "事项不完整，未保存。", article=ARTICLE, findings=found)


def _require_blanks(template: LetterTemplate) -> None:
    named = {str(each.get("name", "")) for each in template.blanks}
    used = places(f"{template.body}\n{template.liability}")
    wrong = [f"正文中的“{name}”没有列入填写项。" for name in sorted(used - named)]
    wrong += [f"填写项“{name}”没有出现在正文中。" for name in sorted(named - used)]
    if wrong:
        found = [_finding("template.blanks", "blanks", text) for text in wrong]
        raise Refused("template.blanks", "文本与填写项不一致，未保存。", findings=found)


def _finding(rule: str, field: str, text: str) -> Finding:
    return Finding(rule, Level.ERROR, text, field=field)


def _word(value: Any) -> Any:
    """A value as the audit keeps it."""
    return getattr(value, "pk", value)
