"""The code tables of commitments (city-monitoring names of the types and states of fulfilment)."""

from __future__ import annotations

from records.standards.codetable import OTHER, CodeTable, Entry, entries

COMMITMENT_TYPE = CodeTable(
    code="commitment-type",
    name="承诺类型",
    entries=entries("审批替代型", "容缺受理型", "证明事项告知承诺型", "主动型", "信用修复型", "行业自律型", OTHER),
    synonyms={
        "审批替代": ("审批替代型",),
        "告知承诺": ("审批替代型",),
        "容缺受理": ("容缺受理型",),
        "容缺": ("容缺受理型",),
        "证明事项型": ("证明事项告知承诺型",),
        "证明事项告知承诺": ("证明事项告知承诺型",),
        "主动公示型": ("主动型",),
        "主动承诺": ("主动型",),
        "信用修复": ("信用修复型",),
        "行业自律": ("行业自律型",),
    },
)
COMMITMENT_VISIBILITY = CodeTable(
    code="commitment-visibility",
    name="公开类型",
    entries=(Entry("社会公开", code="1"), Entry("政务共享", code="2"), Entry("授权查询", code="3")),
    synonyms={"公开": ("社会公开",), "公示": ("社会公开",), "内部共享": ("政务共享",)},
)
COMMITMENT_FULFILMENT = CodeTable(
    code="commitment-fulfilment",
    name="履约状态",
    entries=entries("履行中", "全部履行", "部分履行", "未履行", "无法核实"),
    synonyms={"未履行(违诺)": ("未履行",), "违诺": ("未履行",), "已履行": ("全部履行",), "正常履行": ("履行中",)},
)
COMMITMENT_BREACH_KIND = CodeTable(
    code="commitment-breach-kind",
    name="违诺种类",
    entries=entries("虚假承诺", "未履行承诺"),
    synonyms={"承诺不实": ("虚假承诺",), "未履约": ("未履行承诺",)},
)

ALL = (COMMITMENT_TYPE, COMMITMENT_VISIBILITY, COMMITMENT_FULFILMENT, COMMITMENT_BREACH_KIND)
