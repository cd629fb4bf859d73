"""Editions of the catalogue: made as a draft, issued as a whole, never changed afterwards. And codes that are real though they fail the check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.editions.actions import Editions, as_kept
from credit_platform.errors import DomainError, Finding, Refused, at_field, refuse
from records.identifiers import uscc
from records.identifiers.clean import clean_code
from records.models import CatalogueEntry, CatalogueItem, CatalogueVersion, CodeExemption
from records.queries.catalogue import FACTS, standard_for

ARTICLE = "GB/T 39440-2020 公共信用信息资源目录编制指南"


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
        refuse(_unsound(entry))
        entry.save()
        audit.record("catalogue.supplement", entry, by=by, after=as_kept(values), basis=entry.basis)
    return entry


def add_exemption(code: str, evidence: str, *, by: Actor) -> CodeExemption:
    """Register a real code that fails the check character, with its evidence (trap 19). Refused for a code that passes or is no code."""
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


def _unsound(entry: CatalogueEntry) -> Iterator[Finding]:
    """What stands against an entry: a standard that nobody declared, or a list of fields that is none."""
    try:
        standard_for(entry)
    except KeyError:
        yield at_field("catalogue.standard", "standard", f"没有数据标准“{entry.standard}”。")
    except DomainError as error:
        told = [f"{each.field} {each.text}{each.mend}".strip() for each in error.findings] or [error.text]
        yield from (at_field("catalogue.fields", "fields", text) for text in told)


CATALOGUE = Editions(
    CatalogueVersion,
    CatalogueEntry,
    edition="version",
    identity="item",
    many="providers",
    permission="catalogue.manage",
    audit="catalogue",
    audit_identity="catalogue.item",
    code="catalogue",
    name="目录",
    what="条目",
    article=ARTICLE,
    facts=FACTS,
    unsound=_unsound,
)
new_version = CATALOGUE.new
new_version_from = CATALOGUE.new_from
save_entry = CATALOGUE.save_entry
remove_entry = CATALOGUE.remove_entry
issue = CATALOGUE.issue
repeal = CATALOGUE.repeal
