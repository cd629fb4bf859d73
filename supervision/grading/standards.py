"""信用评价结果 as the ledger keeps it: grades that may be public, and grades that are for supervision alone. Two standards of the same fields,
so that nothing that a row says of itself can carry a risk class into the public.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from records.base_data import ORGANISATIONS, OnEntryItem
from records.models.catalogue import CatalogueEntry, Category, VisibilityChoice
from records.standards.codetables import PERSON
from records.standards.declaration import Standard
from records.standards.declared import above, blocks
from records.standards.rules.register import rule
from records.standards.working import Check, Row
from supervision.grading.rules.schemes import INTERNAL, RECEIVED

BASIS = "哈政办规〔2020〕12号第16项"
SCHEME, GRADE, OPEN_GRADE = "grade-schemes", "grade-scale", "grade-open"
"""The registers of `Context.registers` that answer for "code" and for "code|grade" on a day; `Context.terms` knows the first as well."""
_WHO, _WHAT, _AUTHORITY = "评价对象", "评价结果", "单位和公开"


def _standard(code: str, prefix: str, name: str, word: str) -> Standard:
    """`word` tells by the headings of a file which of the two it is."""
    return Standard(
        code=code,
        name=name,
        version="2026",
        kind=code,
        basis=BASIS,
        fields=(
            above.number(f"{prefix}_BH", f"{word}编号", 128, "评价编号", "文书号", section=_WHAT),
            *above.subject(prefix, "评价对象", section=_WHO, persons=False),
            above.number(f"{prefix}_FABM", f"{word}方案编码", 20, "方案编码", "评价方案编码", section=_WHAT, help_text="评价方案的编码，如NS-XY。"),
            above.text(f"{prefix}_FAMC", f"{word}方案名称", 100, "方案名称", "评价方案", section=_WHAT),
            above.text(f"{prefix}_DJ", f"{word}等级", 20, "等级", "评价等级", "信用等级", "评价结果", section=_WHAT),
            above.text(f"{prefix}_SM", "评价说明", 1000, "说明", section=_WHAT, required=False),
            blocks.day(f"{prefix}_PJRQ", f"{word}日期", "评价日期", "数据截止日期", decided=True),
            blocks.day(f"{prefix}_YXQZI", "等级有效期至", "有效期至", required=False, end=True),
            *above.authorities(prefix, "评价机关", "评价单位", section=_AUTHORITY),
        ),
        roles={
            role: field
            for role, field in above.roles(prefix, "BH", "PJRQ", title="FAMC", content="DJ", valid_until="YXQZI").items()
            if role not in ("id_type", "id_number")
        },
        rules=(*blocks.SUBJECT_RULES, *blocks.AUTHORITY_RULES, "grade.nobody", "grade.scheme", "grade.scale", "grade.open", "grade.term"),
    )  # fmt: skip


PUBLIC = _standard(RECEIVED, "PJ", "信用评价结果", "评价")
INSIDE = _standard(INTERNAL, "FL", "监管分类结果（不公开）", "分类")
ALL = (PUBLIC, INSIDE)
PREFIX = {RECEIVED: "PJ", INTERNAL: "FL"}
Nature = CatalogueEntry.Nature
ITEMS = (
    OnEntryItem("XYPJ", "信用评价结果信息", RECEIVED, BASIS, Category.EVALUATION, ORGANISATIONS, Nature.NEUTRAL),
    OnEntryItem("JGFL", "监管分类结果信息", INTERNAL, f"{BASIS}；国市监信发〔2022〕6号", Category.EVALUATION, ORGANISATIONS, Nature.NEUTRAL,
                VisibilityChoice.PRIVATE, CatalogueEntry.Publication.NOT_PUBLISHED),
)  # fmt: skip


def _fields(roles: Mapping[str, str]) -> tuple[str, str]:
    """Prefix of the standard and the field of the scheme's code."""
    prefix = roles["document_number"].rpartition("_")[0]
    return prefix, f"{prefix}_FABM"


@rule("grade.nobody", "自然人不评定等级")
def nobody(roles: Mapping[str, str]) -> Check | None:
    """No grade of a natural person is taken in, whoever found it."""
    kind = roles["subject_kind"]

    def check(row: Row) -> None:
        if row.values.get(kind) == PERSON:
            row.error(
                "grade.nobody",
                kind,
                "自然人不评定信用等级，不得录入。",
                mend="请删除该行。",
                value=PERSON,
                article=BASIS,
            )

    return check


@rule("grade.scheme", "评价方案在评价之日施行")
def scheme(roles: Mapping[str, str]) -> Check | None:
    """The scheme held when the grade was found: the same letter under another scale means something else."""
    _, field = _fields(roles)

    def check(row: Row) -> None:
        code, known = row.values.get(field), row.ctx.registers.get(SCHEME)
        if code and known is not None and not known(str(code).upper(), row.day):
            text = "评价方案编码没有登记，或者在评价之日没有施行。"
            row.error("grade.scheme", field, text, mend="请在“评价方案”中查对编码和施行日期。", value=code)

    return check


@rule("grade.scale", "等级是该方案的等级")
def scale(roles: Mapping[str, str]) -> Check | None:
    """The grade is one of its scheme's own words."""

    def beyond(known: bool) -> tuple[str, str] | None:
        return None if known else ("等级不在该评价方案的等级之内。", "请按该方案的等级填写，不要换算成别的方案的等级。")

    return _asked(roles, "grade.scale", GRADE, beyond)


@rule("grade.open", "不公开的等级不进入公开事项")
def open_grade(roles: Mapping[str, str]) -> Check | None:
    """What may not be public comes under the item that is never published, and only that."""
    inside = _fields(roles)[0] == PREFIX[INTERNAL]

    def beyond(known: bool) -> tuple[str, str] | None:
        if known is not inside:
            return None
        if inside:
            return "该方案的这一等级依法公开，不属于不公开的分类结果。", "请按“信用评价结果”报送。"
        return "该方案的这一等级不公开。", "请按“监管分类结果（不公开）”报送。"

    return _asked(roles, "grade.open", OPEN_GRADE, beyond)


@rule("grade.term", "等级有效期至不早于评价日期，没有写明的按评价方案的有效期")
def term(roles: Mapping[str, str]) -> Check | None:
    """The last day of a grade. It is derived here where the row leaves it out, so that its page and the tier that it gives end together."""
    _, field = _fields(roles)
    last = roles["valid_until"]

    def check(row: Row) -> None:
        code, until, ends = row.values.get(field), row.values.get(last), row.ctx.terms.get(SCHEME)
        if until is not None and until < row.day:
            text = "等级有效期至早于评价日期。"
            row.error("grade.term", last, text, mend="请核对两个日期。", value=until.isoformat())
        elif code and until is None and ends is not None and (day := ends(str(code), row.day)):
            row.put(last, day, day.isoformat())

    return check


def _asked(
    roles: Mapping[str, str], name: str, register: str, beyond: Callable[[bool], tuple[str, str] | None]
) -> Check:
    """A check of "code|grade" in a register; `beyond` says what stands against the answer: text and mend. Silent where the scheme is unknown."""
    prefix, field = _fields(roles)

    def check(row: Row) -> None:
        code, grade = row.values.get(field), row.values.get(f"{prefix}_DJ")
        schemes, known = row.ctx.registers.get(SCHEME), row.ctx.registers.get(register)
        if not code or not grade or schemes is None or known is None or not schemes(str(code).upper(), row.day):
            return
        told = beyond(known(f"{str(code).upper()}|{grade}", row.day))
        if told is not None:
            row.error(name, f"{prefix}_DJ", told[0], mend=told[1], value=grade)

    return check
