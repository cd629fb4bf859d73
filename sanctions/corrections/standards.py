"""A talk as the ledger keeps it (哈政办规〔2020〕12号 no. 20): who was talked to, why, what was said and promised, what came of it."""

from __future__ import annotations

from records.standards.codetable import CodeTable, entries
from records.standards.declaration import Standard, Visibility
from records.standards.declared import above, blocks
from sanctions.corrections.rules import TALK_LABELS, Talk

KIND = "interview"
_WHO, _WHAT, _AUTHORITY = "被约谈主体", "约谈内容", "单位和公开"
TALKS = CodeTable(
    code="interview-kind",
    name="约谈种类",
    entries=entries(*(TALK_LABELS[each] for each in Talk)),
    synonyms={"提示性约谈": (TALK_LABELS[Talk.REMIND],), "警示性约谈": (TALK_LABELS[Talk.WARN],)},
)
INTERVIEW = Standard(
    code=KIND,
    name="约谈记录信息",
    version="2026",
    kind=KIND,
    basis="哈政办规〔2020〕12号第20项",
    fields=(
        above.number("YT_WSH", "约谈通知文书号", 128, "通知文书号", "文书号", section=_WHAT),
        *above.subject("YT", "被约谈主体", section=_WHO, persons=False),
        above.choice("YT_ZL", "约谈种类", TALKS.code, "约谈类型", section=_WHAT),
        above.text("YT_SX", "约谈事由", 200, "约谈事项", section=_WHAT),
        above.text("YT_WT", "未整改到位的问题", 2000, "存在的问题", section=_WHAT),
        above.text(
            "YT_CN", "承诺整改事项", 2000, "承诺事项", section=_WHAT, required=False, visibility=Visibility.SHARED
        ),
        blocks.day("YT_RQ", "约谈日期", decided=True),
        blocks.day("YT_CNQX", "承诺整改期限", required=False, end=True),
        *above.authorities("YT", "约谈单位", "约谈机关", section=_AUTHORITY),
    ),
    roles={
        role: code
        for role, code in above.roles("YT", "WSH", "RQ", title="SX", content="WT").items()
        if role not in ("id_type", "id_number")
    },
    rules=(*blocks.SUBJECT_RULES, *blocks.AUTHORITY_RULES),
)
