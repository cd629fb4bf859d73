"""Who the row is about: kind, codes and documents agree (发改办财金〔2018〕424号 standards; traps 11, 16, 17, 44)."""

from __future__ import annotations

from collections.abc import Mapping

from records.identifiers import names, uscc
from records.standards.codetables import LEGAL, PERSON, SOLE_TRADER
from records.standards.rules.register import rule
from records.standards.working import Check, Row

_ARTICLE = "发改办财金〔2018〕424号"
_CODES = ("uscc", "reg_no", "org_code", "tax_no", "institution_no", "social_no")
_SOLE_TRADER_PAIR = "92"


@rule("subject.kind-vs-codes", "自然人不填代码，法人不填自然人证件，92开头的代码是个体工商户", _ARTICLE)
def kind_vs_codes(roles: Mapping[str, str]) -> Check | None:
    """Codes belong to organisations, documents to persons."""
    kind_field = roles.get("subject_kind", "")
    if not kind_field:
        return None
    codes = tuple(roles[role] for role in _CODES if role in roles)
    documents = tuple(roles[role] for role in ("id_type", "id_number") if role in roles)
    representative, uscc_field = roles.get("legal_rep", ""), roles.get("uscc", "")

    def check(row: Row) -> None:
        kind = row.values.get(kind_field)
        if kind == PERSON:
            _person_has_no_codes(row, codes, representative)
        elif kind == LEGAL:
            _legal_has_no_documents(row, documents)
        code = row.values.get(uscc_field)
        if code and kind in (LEGAL, SOLE_TRADER) and not uscc.is_placeholder(code):
            _pair_fits(row, kind, code, uscc_field)

    return check


def _person_has_no_codes(row: Row, codes: tuple[str, ...], representative: str) -> None:
    for code in codes:
        if code in row.values:
            mend = "请清空该栏；如为个体工商户，请把类别改为个体工商户。"
            row.error(
                "subject.person-with-code",
                code,
                "自然人不填代码。",
                mend=mend,
                value=row.masked(code),
                article=_ARTICLE,
            )
    if representative in row.values:
        row.warn(
            "subject.person-with-representative",
            representative,
            "自然人没有法定代表人。",
            mend="请清空该栏。",
            article=_ARTICLE,
        )


def _legal_has_no_documents(row: Row, documents: tuple[str, ...]) -> None:
    for code in documents:
        if code in row.values:
            mend = "法定代表人的证件请填在法定代表人证件栏。"
            row.error(
                "subject.legal-with-document", code, "法人及非法人组织不填自然人证件。", mend=mend, article=_ARTICLE
            )


def _pair_fits(row: Row, kind: str, code: str, field: str) -> None:
    trader = code.startswith(_SOLE_TRADER_PAIR)
    if trader and kind == LEGAL:
        text = "92开头的代码是个体工商户，类别填的是法人及非法人组织，已按个体工商户归类。"
        row.warn("subject.kind-vs-code", field, text, mend="请把类别改为个体工商户。", value=code)
    elif not trader and kind == SOLE_TRADER:
        text = "个体工商户的代码应以92开头。"
        row.warn("subject.kind-vs-code", field, text, mend="请核对类别和代码。", value=code)


@rule("subject.sole-trader-code", "占位代码只用于没有代码的个体工商户，并须填写工商注册号", _ARTICLE)
def sole_trader_code(roles: Mapping[str, str]) -> Check | None:
    """17 zeros and X is allowed for a sole trader without a code, with a registration number (trap 17)."""
    kind_field, code_field, number_field = (roles.get(role, "") for role in ("subject_kind", "uscc", "reg_no"))
    if not (kind_field and code_field):
        return None

    def check(row: Row) -> None:
        code = row.values.get(code_field)
        if not code or not uscc.is_placeholder(code):
            return
        kind = row.values.get(kind_field)
        if kind == PERSON:
            return
        if kind != SOLE_TRADER or code != uscc.PLACEHOLDER:
            row.error(
                "uscc.placeholder",
                code_field,
                "统一社会信用代码填写了占位符，不是真实代码。",
                mend="请填写证照上的代码。",
                value=code,
            )
        elif not number_field or number_field not in row.values:
            field = number_field or code_field
            row.error(
                "subject.placeholder-needs-number",
                field,
                "没有统一社会信用代码的个体工商户须填写工商注册号。",
                mend="请填写工商注册号。",
            )
        else:
            row.warn(
                "subject.placeholder",
                code_field,
                "个体工商户暂无统一社会信用代码，已按工商注册号和经营者识别。",
                value=code,
            )

    return check


@rule("subject.person-name", "自然人的名称不像单位名称")
def person_name(roles: Mapping[str, str]) -> Check | None:
    """A natural person called like a company is a kind filled in wrongly."""
    kind_field, name_field = roles.get("subject_kind", ""), roles.get("subject_name", "")
    if not (kind_field and name_field):
        return None

    def check(row: Row) -> None:
        name = row.values.get(name_field)
        if name and row.values.get(kind_field) == PERSON and names.is_like_company(name):
            text = "类别为自然人，名称却像单位名称。"
            row.warn("subject.person-name", name_field, text, mend="请核对行政相对人类别。", value=name)

    return check


@rule("subject.minor", "未成年人的信息不予公开", "未成年人保护法；行政处罚结果公开的例外")
def minor(roles: Mapping[str, str]) -> Check | None:
    """A minor's record is collected and never public (trap 44)."""
    number_field, kind_field = roles.get("id_number", ""), roles.get("subject_kind", "")
    if not number_field:
        return None

    def check(row: Row) -> None:
        if row.values.get(kind_field) == PERSON and row.birth_is_minor:
            row.not_public = "未成年人"
            row.warn("subject.minor", number_field, "行政相对人作出决定时未满18周岁，该记录不予公开。")

    return check


@rule("subject.some-code", "单位至少填写一种代码（2015版）")
def some_code(roles: Mapping[str, str]) -> Check | None:
    """Layouts of 2015: an organisation needs one of credit code, organisation code, registration number, tax number."""
    kind_field = roles.get("subject_kind", "")
    codes = tuple(roles[role] for role in _CODES if role in roles)
    if not (kind_field and codes):
        return None

    def check(row: Row) -> None:
        if row.values.get(kind_field) == PERSON or any(code in row.values or code in row.unreadable for code in codes):
            return
        text = "单位须在统一社会信用代码、组织机构代码、工商登记码、税务登记号中至少填一项。"
        row.error("subject.some-code", codes[0], text, mend="请填写统一社会信用代码。")

    return check
