"""Editions of the catalogue: made as a draft, issued as a whole, never changed afterwards. And codes that are real though they fail the check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import Department
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, DomainError, Finding, Level, Refused
from records.identifiers import uscc
from records.identifiers.clean import clean_code
from records.models import CatalogueEntry, CatalogueItem, CatalogueVersion, CodeExemption
from records.queries.catalogue import COMPARED, standard_for
from records.rules import CatalogueState, next_catalogue_state

ARTICLE = "GB/T 39440-2020 公共信用信息资源目录编制指南"
COPIED = (*COMPARED, "position")


def new_version(code: str, name: str, *, by: Actor, basis: str, valid_from: date) -> CatalogueVersion:
    """Begin an empty edition as a draft. The system administrator and the platform may. Conflict when the code is taken."""
    with acting(by):
        policy.require(by, "catalogue.manage")
        try:
            with transaction.atomic():
                version = CatalogueVersion.objects.create(code=code, name=name, basis=basis, valid_from=valid_from)
        except IntegrityError as error:
            raise Conflict("catalogue.code", f"目录版本代号“{code}”已被使用。", mend="请换一个代号。") from error
        audit.record("catalogue.new_version", version, by=by, after={"code": code, "name": name}, basis=basis)
    return version


def new_version_from(
    previous: CatalogueVersion, *, by: Actor, code: str, name: str, basis: str, valid_from: date
) -> CatalogueVersion:
    """Begin an edition as a draft with all entries and providers of another one."""
    with acting(by):
        version = new_version(code, name, by=by, basis=basis, valid_from=valid_from)
        for entry in previous.entries.prefetch_related("providers").order_by("pk"):
            copied = CatalogueEntry(version=version, item_id=entry.item_id)
            for field in COPIED:
                setattr(copied, field, getattr(entry, field))
            copied.save()
            copied.providers.set(entry.providers.all())
    return version


def save_entry(
    version: CatalogueVersion,
    item: CatalogueItem,
    values: Mapping[str, Any],
    *,
    by: Actor,
    providers: Sequence[Department] | None = None,
) -> CatalogueEntry:
    """Put an item into a draft, or change it there. `values`: fields of the entry; `providers` None leaves them as they are.

    Conflict when the edition is issued; Refused with findings when the standard does not exist or the list of fields is not sound.
    """
    with acting(by):
        policy.require(by, "catalogue.manage")
        edition = _locked(version)
        next_catalogue_state(edition.state, "edit")
        entry = CatalogueEntry.objects.filter(version=edition, item=item).first()
        entry = entry or CatalogueEntry(version=edition, item=item)
        before = {name: getattr(entry, name) for name in values} if entry.pk else {}
        for name, value in values.items():
            setattr(entry, name, value)
        _require_standard(entry)
        entry.save()
        if providers is not None:
            entry.providers.set(providers)
        audit.record("catalogue.change", entry, by=by, before=_plain(before), after=_plain(values), basis=entry.basis)
    return entry


def supplement(
    version: CatalogueVersion, item: CatalogueItem, values: Mapping[str, Any], *, by: Actor, on: date
) -> CatalogueEntry | None:
    """Add an item to an issued edition from a day on (动态管理, 哈政办规〔2020〕12号第9项); nothing that stands there is changed.

    Who: the platform, when a release brings a procedure whose item the edition in force lacks. None when the item is there already.
    """
    with acting(by):
        policy.require(by, "catalogue.supplement")
        edition = _locked(version)
        if CatalogueEntry.objects.filter(version=edition, item=item).exists():
            return None
        entry = CatalogueEntry(version=edition, item=item, valid_from=on, **values)
        _require_standard(entry)
        entry.save()
        audit.record("catalogue.supplement", entry, by=by, after=_plain(values), basis=entry.basis)
    return entry


def remove_entry(entry: CatalogueEntry, *, by: Actor, reason: str) -> None:
    """Take an item out of a draft. Conflict when the edition is issued."""
    with acting(by):
        policy.require(by, "catalogue.manage")
        next_catalogue_state(_locked(entry.version).state, "edit")
        audit.record("catalogue.remove", entry, by=by, before={"item": entry.item.code}, reason=reason)
        entry.delete()


def issue(version: CatalogueVersion, *, by: Actor, reason: str = "") -> CatalogueVersion:
    """Put an edition into force from its day on; the former one ends the day before.

    Refused when it is empty, when an entry is not sound, or when an issued edition begins on the same day or later.
    """
    with acting(by):
        policy.require(by, "catalogue.manage")
        editions = list(CatalogueVersion.objects.select_for_update().order_by("pk"))
        row = next(each for each in editions if each.pk == version.pk)
        state = next_catalogue_state(row.state, "issue")
        _require_sound(row)
        former = _former(row, editions)
        if former is not None:
            former.valid_until = row.valid_from - timedelta(days=1)
            former.save(update_fields=["valid_until"])
        row.state = state.value
        row.save(update_fields=["state"])
        audit.record(
            "catalogue.issue",
            row,
            by=by,
            after={"valid_from": row.valid_from, "former": former.code if former else None},
            reason=reason,
            basis=row.basis,
        )
    return row


def repeal(version: CatalogueVersion, *, by: Actor, reason: str) -> CatalogueVersion:
    """Take an issued edition out of force at once; nothing can be entered under it any more. Records stay. Refused without a reason."""
    with acting(by):
        policy.require(by, "catalogue.manage")
        row = _locked(version)
        state = next_catalogue_state(row.state, "repeal")
        if not reason.strip():
            raise Refused("catalogue.reason", "请填写废止理由。")
        row.state = state.value
        row.save(update_fields=["state"])
        audit.record("catalogue.repeal", row, by=by, reason=reason.strip())
    return row


def add_exemption(code: str, evidence: str, *, by: Actor) -> CodeExemption:
    """Register a real code that fails the check sign, with its evidence (trap 19). Refused for a code that passes or is no code."""
    with acting(by):
        policy.require(by, "catalogue.manage")
        normal = clean_code(code)
        checked = uscc.check(normal)
        if checked.is_valid or checked.is_placeholder or len(normal) != 18:
            raise Refused("exemption.not-needed", "该代码校验通过或格式不符，不需要登记为例外。")
        if not evidence.strip():
            raise Refused("exemption.evidence", "请填写证明材料。", mend="例如登记机关公示页面、营业执照副本。")
        made, created = CodeExemption.objects.get_or_create(
            code=normal, defaults={"evidence": evidence.strip()[:300], "added_by": by.actor_name[:100]}
        )
        if created:
            audit.record("catalogue.exempt_code", made, by=by, after={"code": normal}, basis=made.evidence)
    return made


def _locked(version: CatalogueVersion) -> CatalogueVersion:
    return CatalogueVersion.objects.select_for_update().get(pk=version.pk)


def _former(row: CatalogueVersion, editions: Sequence[CatalogueVersion]) -> CatalogueVersion | None:
    """The issued edition that stands open when this one begins."""
    issued = [each for each in editions if each.state == CatalogueState.ISSUED]
    later = [each for each in issued if each.valid_from >= row.valid_from]
    if later:
        raise Refused(
            "catalogue.overlap",
            f"已发布的“{later[0].name}”自{later[0].valid_from}起生效，不早于本版本。",
            article=ARTICLE,
            mend="请把生效日期改在现行版本之后。",
        )
    return next((e for e in issued if e.valid_until is None or e.valid_until >= row.valid_from), None)


def _require_sound(row: CatalogueVersion) -> None:
    findings: list[Finding] = []
    entries = list(row.entries.select_related("item"))
    for entry in entries:
        try:
            _require_standard(entry)
        except DomainError as error:
            text = f"{entry.item.code} {entry.item.name}：{error.text}"
            findings.append(Finding("catalogue.entry", Level.ERROR, text, error.mend))
    if findings or not entries:
        text = "目录中有条目不符合要求，不能发布。" if findings else "目录中还没有条目，不能发布。"
        raise Refused("catalogue.not-sound", text, article=ARTICLE, findings=findings)


def _require_standard(entry: CatalogueEntry) -> None:
    try:
        standard_for(entry)
    except KeyError:
        raise Refused("catalogue.standard", f"没有数据标准“{entry.standard}”。") from None


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
