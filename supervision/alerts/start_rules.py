"""The rules with which an installation begins (domain facts of measure 8): drafts, every number a parameter with the basis “default”.

None speaks before it was back-tested, has run silently and two people have let it.
"""

from __future__ import annotations

from typing import Any

BASIS = "平台默认值，由市信用办按回测结果确定"
OUTCOMES = ["penalty", "list-entry", "commitment-breach"]
_COMMON: dict[str, Any] = {
    "basis": BASIS,
    "outcomes": OUTCOMES,
    "clear_threshold": 0,
    "threshold": 1,
    "owner": "市信用办",
}


def _rule(code: str, name: str, condition: str, severity: str, window: int, advice: str, **more: Any) -> dict[str, Any]:
    given = {
        "code": code,
        "name": name,
        "condition": condition,
        "severity": severity,
        "window_days": window,
        "advice": advice,
    }
    return _COMMON | given | more


RULES = (
    _rule(
        "W01", "一年内多次受到行政处罚", "records", "concern", 365, "核对处罚是否属同一违法行为，必要时责令整改或者约谈。",
        threshold=2, clear_threshold=1, parameters={"kinds": ["penalty"], "without_minor": 1},
    ),
    _rule(
        "W02", "本单位或者法定代表人新列入严重失信主体名单", "listed", "warning", 30,
        "核对是否有正在办理的许可、资金和招标事项，按联合惩戒清单办理。", outcomes=["penalty", "commitment-breach"],
    ),
    _rule("W03", "经营异常长期未移出", "lasting", "note", 90, "提示主体办理移出，告知移出条件和渠道。", parameters={"kinds": ["list-abnormal"]}),
    _rule(
        "W04", "投诉率明显高于同行业", "complaints", "concern", 90, "查看投诉内容是否集中于同一问题，提示经营者或者安排检查。",
        threshold=5, clear_threshold=2,
    ),
    _rule(
        "W05", "违背信用承诺", "breaches", "concern", 365, "核查该主体其他承诺事项，暂停适用容缺受理。",
        threshold=2, clear_threshold=1, parameters={"decided_weight": 2},
    ),
    _rule("W06", "许可到期后仍从事相关活动", "after_end", "warning", 180, "核实是否已经续期；未续期仍经营的，依法处理。"),
    _rule(
        "W07", "检查发现弄虚作假、无法联系或者不配合", "inspections", "concern", 180,
        "核实后纳入重点检查，必要时约谈；长期没有最终结果的，督促检查单位办结。",
    ),
    _rule("W08", "责令整改逾期", "overdue", "warning", 365, "到场复查，仍未整改的启动约谈或者移送。"),
    _rule(
        "W09", "大量主体使用同一地址或者同一法定代表人", "shared", "note", 365, "实地核查住所，提示登记机关核实登记信息。",
        threshold=20, clear_threshold=15, receiver="office",
    ),
    _rule(
        "W10", "半年内频繁变更名称、法定代表人或者住所", "changes", "note", 183, "核查变更前后是否有未履行义务，防止借变更逃避责任。",
        threshold=3, clear_threshold=1, receiver="office",
    ),
    _rule(
        "W11", "发生安全质量事故", "records", "warning", 365, "了解事故原因和处理进展，列入重点关注。",
        parameters={"kinds": ["accident"], "without_minor": 0},
    ),
)  # fmt: skip
