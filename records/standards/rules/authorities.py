"""The deciding authority and the source: in the register of departments, and in being on that day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from credit_platform.errors import Finding, Level
from records.identifiers import names
from records.standards.row import Context, DepartmentInfo
from records.standards.rules.register import rule
from records.standards.working import Check, Row

_AUTHORITY_PAIRS = ("11", "12")
_MOST_KEPT = 20_000


@rule("authority.registered", "作出决定的机关在机关登记表内，且在决定日期存续")
def authority_registered(roles: Mapping[str, str]) -> Check | None:
    """Unknown codes of the city's own divisions are errors; a true code from elsewhere is only a warning."""
    return _registered(roles.get("authority_code", ""), roles.get("authority_name", ""), "authority", "决定机关")


@rule("source.registered", "数据来源单位在机关登记表内")
def source_registered(roles: Mapping[str, str]) -> Check | None:
    """The same for the unit that uploads; it must have been in being on the day of the decision or of the upload."""
    return _registered(roles.get("source_code", ""), roles.get("source_name", ""), "source", "数据来源单位")


def _registered(code_field: str, name_field: str, prefix: str, word: str) -> Check | None:
    if not code_field:
        return None
    is_source = prefix == "source"

    def check(row: Row) -> None:
        code = row.values.get(code_field)
        if not code:
            return
        ctx = row.ctx
        upload = (ctx.received_on or ctx.today) if is_source else row.day
        name = row.values.get(name_field, "")
        key = (prefix, code, row.day, upload, name)
        findings = ctx.memo.get(key)
        if findings is None:
            findings = _findings(ctx, (code, name, prefix, word), (row.day, upload))
            if len(ctx.memo) < _MOST_KEPT:
                ctx.memo[key] = findings
        for finding in findings:
            row.adopt(finding, name_field if finding.rule.endswith(".name") else code_field)

    return check


def _findings(ctx: Context, authority: tuple[str, str, str, str], days: tuple[date, date]) -> tuple[Finding, ...]:
    code, name, prefix, word = authority
    info = ctx.departments(code)
    found: list[Finding] = []
    if info is None:
        if code[2:].startswith(ctx.city_prefix):
            text = f"{word}代码不在本市机关登记表内。"
            return (
                Finding(f"{prefix}.unknown", Level.ERROR, text, "请核对代码；新设机关请先由信用办登记。", value=code),
            )
        text = f"{word}为外地机关，未在本市登记{'，按外部机关登记' if prefix == 'authority' else ''}。"
        found.append(
            Finding(f"{prefix}.elsewhere", Level.WARNING, text, "请确认该机关的决定应由本市归集。", value=code)
        )
    elif not any(info.valid_on(day) for day in days):
        text = f"{word}“{info.name}”在{days[0].isoformat()}不是存续的机关。"
        found.append(Finding(f"{prefix}.not-in-force", Level.ERROR, text, "请填写当日有效的机关及其代码。", value=code))
    elif name and not _known_as(info, name):
        text = f"{word}名称与登记的“{info.name}”不一致。"
        found.append(Finding(f"{prefix}.name", Level.WARNING, text, "请填写机关全称。", value=name))
    if code[:2] not in _AUTHORITY_PAIRS:
        text = f"{word}代码不是机关或事业单位的代码（11、12开头）。"
        found.append(
            Finding(f"{prefix}.pair", Level.WARNING, text, "请核对；法律、法规授权的组织可以保留。", value=code)
        )
    return tuple(found)


def _known_as(info: DepartmentInfo, name: str) -> bool:
    normal = names.normalise(name)
    return normal == names.normalise(info.name) or any(normal == names.normalise(each) for each in info.other_names)
