"""Editions of the catalogue: made as a draft, issued as a whole, never changed afterwards. And codes that are real though they fail the check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import Department
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import DomainError, Finding, Level, Refused
from records.actions.editions import Editions, kept
from records.identifiers import uscc
from records.identifiers.clean import clean_code
from records.models import CatalogueEntry, CatalogueItem, CatalogueVersion, CodeExemption
from records.queries.catalogue import COMPARED, standard_for
from records.rules import next_catalogue_state

ARTICLE = "GB/T 39440-2020 公共信用信息资源目录编制指南"


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
    return CATALOGUE.save_entry(version, item, values, by=by, chosen=providers)


def supplement(
    version: CatalogueVersion, item: CatalogueItem, values: Mapping[str, Any], *, by: Actor, on: date
) -> CatalogueEntry | None:
    """Add an item to an issued edition from a day on (动态管理, 哈政办规〔2020〕12号第9项); nothing that stands there is changed.

    Who: the platform, when a release brings a procedure whose item the edition in force lacks. None when the item is there already.
    """
    with acting(by):
        policy.require(by, "catalogue.supplement")
        edition = CATALOGUE.locked(version)
        if CatalogueEntry.objects.filter(version=edition, item=item).exists():
            return None
        entry = CatalogueEntry(version=edition, item=item, valid_from=on, **values)
        _require_standard(entry)
        entry.save()
        audit.record("catalogue.supplement", entry, by=by, after=kept(values), basis=entry.basis)
    return entry


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


CATALOGUE = Editions(
    CatalogueVersion,
    CatalogueEntry,
    edition="version",
    identity="item",
    many="providers",
    copied=(*COMPARED, "position"),
    permission="catalogue.manage",
    verbs={
        "new": "catalogue.new_version",
        "change": "catalogue.change",
        "remove": "catalogue.remove",
        "issue": "catalogue.issue",
        "repeal": "catalogue.repeal",
    },
    code="catalogue",
    name="目录",
    what="条目",
    article=ARTICLE,
    next_state=next_catalogue_state,
    require_sound=_require_standard,
    require_issuable=_require_sound,
)
new_version = CATALOGUE.new
new_version_from = CATALOGUE.new_from
remove_entry = CATALOGUE.remove_entry
issue = CATALOGUE.issue
repeal = CATALOGUE.repeal
