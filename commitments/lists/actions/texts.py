"""The texts of letters: a text in use is never changed, a new version is drawn up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Max

from commitments.lists.actions.matters import MANAGE
from commitments.lists.models import LetterTemplate, Matter
from commitments.lists.rules.states import TemplateState, next_state
from commitments.lists.rules.texts import MISSING_DOCUMENTS, places
from commitments.rules.kinds import CommitmentType
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.editions.actions import as_kept
from credit_platform.editions.rules import EditionState
from credit_platform.errors import Refused, at_field


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
        next_state(row.state, "edit")
        before = {name: getattr(row, name) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        _require_blanks(row)
        row.save()
        audit.record("commitments.template.change", row, by=by, before=as_kept(before), after=as_kept(values))
    return row


def issue_template(template: LetterTemplate, *, by: Actor, reason: str = "") -> LetterTemplate:
    """Put a version into use from its day on; the one before it ends the day before.

    Refused when that one begins later, and for a 容缺 matter without the blank that names the missing papers.
    """
    with acting(by):
        policy.require(by, MANAGE)
        row = _locked_template(template)
        state = next_state(row.state, "issue")
        _require_missing_documents(row)
        used = LetterTemplate.objects.select_for_update().filter(matter=row.matter, state=TemplateState.ISSUED)
        for former in used.filter(valid_until__isnull=True):
            if former.valid_from >= row.valid_from:
                text = f"第{former.version}版自同日或更晚启用，新版本的启用日期应在其后。"
                raise Refused("template.day", text, findings=[at_field("template.day", "valid_from", text)])
            former.valid_until = row.valid_from - timedelta(days=1)
            former.save(update_fields=["valid_until"])
        row.state = state.value
        row.save(update_fields=["state"])
        after = {"valid_from": row.valid_from}
        audit.record("commitments.template.issue", row, by=by, after=after, reason=reason.strip())
    return row


def retire_template(template: LetterTemplate, *, by: Actor, on: date, reason: str) -> LetterTemplate:
    """Take a version out of use after the day `on`; what was signed keeps its words. Refused without a reason."""
    with acting(by):
        policy.require(by, MANAGE)
        row = _locked_template(template)
        row.state = next_state(row.state, "retire").value
        if not reason.strip():
            raise Refused("template.reason", "请填写停用理由。")
        row.valid_until = max(on, row.valid_from)
        row.save(update_fields=["state", "valid_until"])
        after = {"valid_until": row.valid_until}
        audit.record("commitments.template.retire", row, by=by, after=after, reason=reason.strip())
    return row


def _locked_template(template: LetterTemplate) -> LetterTemplate:
    return LetterTemplate.objects.select_for_update(of=("self",)).select_related("matter").get(pk=template.pk)


def _require_blanks(template: LetterTemplate) -> None:
    named = {str(each.get("name", "")) for each in template.blanks}
    used = places(f"{template.body}\n{template.liability}")
    wrong = [f"正文中的“{name}”没有列入填写项。" for name in sorted(used - named)]
    wrong += [f"填写项“{name}”没有出现在正文中。" for name in sorted(named - used)]
    if wrong:
        found = [at_field("template.blanks", "blanks", text) for text in wrong]
        raise Refused("template.blanks", "文本与填写项不一致，未保存。", findings=found)


def _require_missing_documents(template: LetterTemplate) -> None:
    """A 容缺 letter says which papers are missing: whoever signs online has no other place for them."""
    short = template.matter.entries.filter(commitment_type=CommitmentType.SHORTFALL, online=True)
    asked = any(each.get("name") == MISSING_DOCUMENTS and each.get("required", True) for each in template.blanks)
    if not asked and short.filter(edition__state__in=(EditionState.DRAFT, EditionState.ISSUED)).exists():
        text = f"容缺受理型事项的文本须有必填的填写项“{MISSING_DOCUMENTS}”。"
        raise Refused(
            "template.missing-documents", text, findings=[at_field("template.missing-documents", "blanks", text)]
        )
