"""Entries on lists as the ledger keeps them (国办发〔2020〕49号; 哈政办规〔2020〕12号 nos. 15, 18, 19, 22): one set of fields, four kinds.

The fields of the national display of each list are those that all have in common; what a list shows beyond them stands in the reasons.
"""

from __future__ import annotations

from disclosure.rules.facts import ATTACHED
from records.standards.declaration import Field, Standard, Visibility
from records.standards.declared import above, blocks

_WHO, _WHAT, _AUTHORITY = "列入主体", "列入内容", "单位和公开"


def _standard(kind: str, prefix: str, who: str, on_list: str, name: str, basis: str) -> Standard:
    """`who` and `on_list` are the words of the list, so that a file tells by its headings which it is."""

    def text(end: str, label: str, length: int, *synonyms: str, **more: object) -> Field:
        return above.text(f"{prefix}_{end}", label, length, *synonyms, section=_WHAT, **more)

    def number(end: str, label: str, length: int, *synonyms: str) -> Field:
        return above.number(f"{prefix}_{end}", label, length, *synonyms, section=_WHAT)

    return Standard(
        code=kind,
        name=name,
        version="2026",
        kind=kind,
        basis=basis,
        fields=(
            number("WSH", f"{on_list}文书号", 128, "认定文书号", "决定文书号", "文书号", "案号"),
            *above.subject(prefix, who, section=_WHO),
            number("BM", f"{on_list}名单编码", 20, "名单编码", "名单代码"),
            text("MC", f"{on_list}名单名称", 100, "名单名称", "名单", "名单类型", "失信类型"),
            text("SY", f"{on_list}事由", 4000, "列入事由", "列入原因", "失信事实", "具体情形", "主要事实"),
            text("YJ", f"{on_list}依据", 2000, "依据", "法律依据"),
            text("CS", "管理措施", 2000, "惩戒措施", "激励措施", required=False),
            text("TJ", "移出条件和程序", 1000, "移出条件", required=False),
            text("JJ", "救济途径", 1000, "救济", required=False, visibility=Visibility.SHARED),
            text("SSJG", "陈述申辩情况", 1000, required=False, visibility=Visibility.SHARED),
            text("GL", "关联主体", 200, "所在单位", "责任单位", required=False),
            blocks.day(f"{prefix}_LRRQ", f"{on_list}日期", "认定日期", "决定日期", "发布日期", decided=True),
            blocks.day(f"{prefix}_QSRQ", "期限起算日", required=False),
            blocks.day(f"{prefix}_JZRQ", "期限届满日", "有效期至", "截止日期", required=False, end=True),
            blocks.day(ATTACHED, "不得提前移出期限至", required=False, end=True),
            *above.authorities(
                prefix, f"{on_list}机关", "认定机关", "列入机关", "决定机关", "执行法院", section=_AUTHORITY
            ),
        ),
        roles=above.roles(prefix, "WSH", "LRRQ", title="MC", content="SY", valid_from="QSRQ", valid_until="JZRQ"),
        rules=(
            *blocks.SUBJECT_RULES,
            *blocks.PERIOD_RULES[:1],
            *blocks.AUTHORITY_RULES,
            "list.in-force",
            "list.ground",
            "list.term",
        ),
    )


SERIOUS = _standard("list-entry", "MD", "失信主体", "列入", "严重失信主体名单信息", "国办发〔2020〕49号")
ABNORMAL = _standard(
    "list-abnormal", "YC", "异常主体", "异常列入", "经营（活动）异常名录（状态）信息", "《企业信息公示暂行条例》"
)
RED = _standard("list-red", "SX", "守信主体", "守信认定", "守信激励名单信息", "国发〔2016〕33号")
WATCH = _standard("list-watch", "GZ", "关注主体", "重点关注", "重点关注对象信息", "哈政办规〔2020〕12号第19项")
ALL = (SERIOUS, ABNORMAL, RED, WATCH)
PREFIX = {each.code: each.roles["document_number"].rpartition("_")[0] for each in ALL}
"""The beginning of a standard's field codes."""
