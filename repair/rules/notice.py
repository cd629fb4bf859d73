"""The notice on repair (信用修复告知书) of a published item: when, under which conditions, where and with what it may be asked for. Pure."""

from __future__ import annotations

from credit_platform.workdays.rules.days import chinese
from repair.rules.eligibility import Eligibility, May

TITLE = "信用修复告知书"
CONDITIONS = (
    "最短公示期已满",
    "失信行为已经纠正，决定的义务全部履行",
    "作出信用承诺：所提交的材料真实、合法、有效，愿意承担违背承诺的责任",
    "法律、法规、规章规定的其他条件",
)
"""令第36号; 国办发〔2025〕22号."""
PAPERS = ("履行义务、纠正失信行为的证明材料", "信用承诺书（在线申请的，在申请时签署）")
FREE = "信用修复不收取任何费用，不需要委托代理机构。以“有偿修复”“内部渠道”为名收费的，请拨打市信用办电话核实并举报。"


def notice_text(*, subject: str, document: str, authority: str, shown: str, found: Eligibility) -> str:
    """The text of the notice that goes out with a decision (两书同达); `shown` is what is public of it, in words."""
    return "\n".join(
        (
            f"{subject}：",
            f"{authority}以{document}作出的决定，已依法在本平台公示（{shown}）。你单位依法享有信用修复的权利：",
            f"一、{_first(found)}",
            f"二、{_last(found)}",
            f"三、申请条件：{'；'.join(CONDITIONS)}。",
            f"四、申请材料：{'；'.join(PAPERS)}。平台已经掌握的信息不需要提交。",
            "五、申请途径：在“信用中国”网站或者本平台在线申请，也可以到各级政务服务大厅信用窗口提交；"
            "三个工作日内受理，自申请之日起一般在十个工作日内答复。",
            f"六、{FREE}",
            "七、准予修复后，本平台停止公示和共享，有关措施同时解除。提供虚假材料、违背承诺的，撤销修复并恢复公示。",
        )
    )


def _first(found: Eligibility) -> str:
    if found.first_on is not None:
        return f"最早可以申请的日期：{chinese(found.first_on)}。"
    return "该信息不能提前修复。" if found.may is May.NEVER else found.words


def _last(found: Eligibility) -> str:
    if found.last_on is None:
        return "不申请修复的，公示至符合规定的移出条件时止。"
    return f"不申请修复的，公示至{chinese(found.last_on)}（含当日）自动停止。"
