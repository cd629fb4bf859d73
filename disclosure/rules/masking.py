"""What the public sees of a record's content: the public fields of its standard, with people masked.

个人信息保护法; domain section 9. Names of natural persons keep the surname; identity numbers are not shown at all; of a sole trader the
business name is shown and the operator masked; the legal representative and the registered premises of an organisation are shown
(企业信息公示暂行条例 art. 6), while a sole trader's are often a home.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from credit_platform.errors import Finding
from records.identifiers import personal
from records.identifiers.names import is_masked_name, mask_person_name
from records.standards.declaration import Field, FieldType, Standard

NOT_SHOWN = frozenset({"CF_GSJZQ"})
"""公示截止期 as a department gave it: the platform computes its own and never repeats the given one."""

NUMBERS = (FieldType.ID_NUMBER, FieldType.ID_TYPE)
SHORT = 300
_ASTERISKS = re.compile(r"[*＊﹡✱×]")
PREMISES = frozenset({personal.Kind.ADDRESS})
FREE = (FieldType.TEXT, FieldType.LONG_TEXT)


def mask_name(name: str) -> str:
    """A person's name with the surname only; one that the department has masked already (王某某, 李*) stays as it is.

    Only a surname with nothing but * and 某 behind it is masked: of 王小二*, *王小二 and 王*二 the asterisk is taken away first.
    """
    name = name.strip()
    if is_masked_name(name) or not (bare := _ASTERISKS.sub("", name)):
        return name
    return mask_person_name(bare)


def shown_of(standard: Standard, content: Mapping[str, Any], *, subject_kind: str) -> dict[str, str]:
    """Field code → text as the public sees it, in the order of the standard."""
    names = _private_names(standard, content, subject_kind)
    shown = {}
    for field in standard.visible_fields():
        text = _text(field, content.get(field.code))
        if not text or field.type in NUMBERS or field.code in NOT_SHOWN:
            continue
        shown[field.code] = _masked(standard, field, text, names, subject_kind)
    return {code: text for code, text in shown.items() if text}


def findings_of(standard: Standard, content: Mapping[str, Any]) -> tuple[Finding, ...]:
    """What the scanner finds in the free text that would be public; values are hidden."""
    found: list[Finding] = []
    for field in standard.visible_fields():
        text = _text(field, content.get(field.code))
        if text and field.type in FREE and not _is_plain(standard, field):
            found.extend(personal.findings(text, field=field.code))
    return tuple(found)


def public_name(name: str, subject_kind: str) -> str:
    """The name of a subject as the public sees it."""
    return mask_name(name) if subject_kind == "person" else name


def mask_free(text: str, names: Mapping[str, str]) -> str:
    """Free text without personal numbers, and with the given names masked."""
    for name, masked in names.items():
        text = text.replace(name, masked)
    return _masked_text(text) if len(text) <= SHORT else personal.mask_text(text)


@lru_cache(maxsize=8192)
def _masked_text(text: str) -> str:
    """Titles, bases and kinds of penalty repeat from row to row."""
    return personal.mask_text(text)


def private_names(subject_name: str, operator: str, subject_kind: str) -> dict[str, str]:
    """Whole names that free text must not show: the person's own, or the operator's of a sole trader."""
    private = {"person": (subject_name,), "sole_trader": (operator,)}.get(subject_kind, ())
    return {name: mask_name(name) for name in private if len(name) > 1}


def _private_names(standard: Standard, content: Mapping[str, Any], subject_kind: str) -> dict[str, str]:
    role = standard.roles
    name = str(content.get(role.get("subject_name", ""), ""))
    return private_names(name, str(content.get(role.get("legal_rep", ""), "")), subject_kind)


def _masked(standard: Standard, field: Field, text: str, names: Mapping[str, str], subject_kind: str) -> str:
    role = standard.roles
    if field.code == role.get("subject_name"):
        return public_name(text, subject_kind)
    if field.code == role.get("legal_rep"):
        return text if subject_kind == "legal" else mask_name(text)
    if field.type is FieldType.PERSON_NAME:
        return mask_name(text)
    if field.code == role.get("uscc"):
        return "" if subject_kind == "person" else text
    if field.code == role.get("premises") and subject_kind == "legal":
        return personal.mask_text(text, but=PREMISES)
    if field.type in FREE and not _is_plain(standard, field):
        return mask_free(text, names)
    return text


def _is_plain(standard: Standard, field: Field) -> bool:
    """Names of authorities are no free text: an office's address-like name is not a home."""
    return field.code in (standard.roles.get("authority_name"), standard.roles.get("source_name"))


def _text(field: Field, value: Any) -> str:
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, list | tuple):
        return "；".join(str(part) for part in value)
    return str(value)
