"""The layouts that an installation begins with. Headings and fixed sentences are those of the standard; an administrator changes rows, not code."""

from __future__ import annotations

from datetime import date
from typing import Any

EXPLANATIONS = [
    "本报告由哈尔滨市公共信用信息共享平台依据各单位依法归集的公共信用信息自动生成，客观展示，不作修改、编辑。",
    "本报告只收录生成当日可以向社会公开的信息，不包含评分、评级，也不对主体的信用状况作出评价。",
    "“查询期内无相关信息”表示生成当日本平台没有可以公开的该类信息，不表示主体没有发生过该类情形。",
    "认为信息有误的，可以通过“信用中国（黑龙江哈尔滨）”网站、服务窗口提出异议；标注“异议处理中”的信息正在核实。",
    "符合条件的失信信息可以申请信用修复，由本人在“信用中国”网站、本平台或者服务窗口办理，不收取任何费用。",
    "报告真伪请扫描首页二维码，或者在“核对真伪”页面输入报告编号和校验码、上传文件核对。",
]
LABELS = {"list-red": "守信激励对象", "list-entry": "失信惩戒对象"}
ADVICE = "建议秉持诚信理念，合法有序开展经营活动。"
EMPTY = "查询期内无相关信息"
UNCHECKED = "由主体自主申报并对真实性负责，未经核实。"


def _chapter(number: str, title: str, *sections: tuple[str, list[str]], **more: str) -> dict[str, Any]:
    return {
        "number": number,
        "title": title,
        "sections": [{"title": each, "takes": takes} for each, takes in sections],
        **more,
    }


V2022: dict[str, Any] = {
    "version": "V2.0",
    "explanations": EXPLANATIONS,
    "empty": EMPTY,
    "labels": LABELS,
    "chapters": [
        _chapter("一", "登记注册基础信息", ("", ["registration"])),
        _chapter("二", "行政管理信息", ("行政许可", ["permit"]), ("行政处罚", ["penalty"]), counted="行政管理"),
        _chapter("三", "诚实守信相关荣誉信息", ("", ["list-red", "act-award", "honour"]), counted="诚实守信"),
        _chapter("四", "严重失信主体名单信息", ("", ["list-entry", "serious"]), counted="严重失信"),
        _chapter("五", "经营（活动）异常名录（状态）信息", ("", ["list-abnormal", "abnormal"]), counted="经营异常"),
        _chapter(
            "六", "信用承诺信息", ("", ["commitment", "commitment-fulfilment", "commitment-breach"]), counted="信用承诺"
        ),
        _chapter("七", "信用评价信息", ("", ["evaluation"]), counted="信用评价"),
        _chapter("八", "司法判决及执行信息", ("", ["judicial"]), counted="司法判决"),
        _chapter("九", "其他信息", ("", ["*"]), counted="其他"),
        _chapter("十", "信用状况提升建议", text=ADVICE),
        _chapter("", "公共信用信息地方补充内容", ("主体自主申报", ["voluntary"]), note=UNCHECKED),
    ],
}
V2021: dict[str, Any] = {
    "version": "2021版",
    "explanations": EXPLANATIONS,
    "empty": EMPTY,
    "labels": LABELS,
    "chapters": [
        _chapter("一", "基础信息", ("", ["registration"])),
        _chapter("二", "行政许可信息", ("", ["permit"]), counted="行政许可"),
        _chapter("三", "行政处罚信息", ("", ["penalty"]), counted="行政处罚"),
        _chapter("四", "守信激励信息", ("", ["list-red", "act-award", "honour"]), counted="守信激励"),
        _chapter("五", "失信惩戒信息", ("", ["list-entry", "serious"]), counted="失信惩戒"),
        _chapter("六", "重点关注信息", ("", ["list-abnormal", "abnormal"]), counted="重点关注"),
        _chapter("七", "资质信息", ("", ["act-confirmation"]), counted="资质"),
        _chapter("八", "风险提示信息", ("", ["commitment-breach"]), counted="风险提示"),
        _chapter("九", "其他信息", ("", ["*"]), counted="其他"),
        _chapter("十", "信用状况提升建议", text=ADVICE),
        _chapter("", "公共信用信息地方补充内容", ("主体自主申报", ["voluntary"]), note=UNCHECKED),
    ],
}
PERSON: dict[str, Any] = {
    "version": "V2.0",
    "explanations": [
        "本报告由哈尔滨市公共信用信息共享平台依据各单位依法归集的公共信用信息自动生成，客观展示，不作修改、编辑。",
        "本报告只向本人或者持本人书面授权书的人出具，只收录查询目的可以查询的信息，不包含评分、评级。",
        "“查询期内无相关信息”表示生成当日本平台没有可以提供的该类信息，不表示没有发生过该类情形。",
        "每次查询均已登记，本人可以在服务窗口了解谁查询过、因何查询。",
        "认为信息有误的，可以到服务窗口提出异议；符合条件的失信信息可以申请信用修复，不收取任何费用。",
        "接收方应当只为报告载明的用途使用，妥善保管，不得提供给他人。",
    ],
    "empty": EMPTY,
    "labels": {},
    "chapters": [
        _chapter("一", "行政管理信息", ("行政许可", ["permit"]), ("行政处罚", ["penalty"]), counted="行政管理"),
        _chapter("二", "诚实守信相关荣誉信息", ("", ["list-red", "act-award", "honour"]), counted="诚实守信"),
        _chapter("三", "严重失信主体名单信息", ("", ["list-entry", "serious"]), counted="严重失信"),
        _chapter(
            "四", "信用承诺信息", ("", ["commitment", "commitment-fulfilment", "commitment-breach"]), counted="信用承诺"
        ),
        _chapter("五", "司法判决及执行信息", ("", ["judicial"]), counted="司法判决"),
        _chapter("六", "其他信息", ("", ["*"]), counted="其他"),
    ],
}
SINCE_2021, UNTIL_2021, SINCE_2022 = date(2021, 1, 8), date(2022, 9, 6), date(2022, 9, 7)
LAYOUTS: list[dict[str, Any]] = [
    {
        "code": "national-2022",
        "name": "法人公共信用信息报告（国家2022版）",
        "basis": "国家公共信用信息中心《公共信用信息报告标准（2022年版）》（2022年9月7日）",
        "certainty": "章节、概要和固定用语据公开的 V2.0 报告样式；有效期全国未作规定，三个月为本市参数",
        "content": V2022,
        "valid_from": SINCE_2022,
        "valid_until": None,
    },
    {
        "code": "national-2021",
        "name": "法人公共信用信息报告（国家2021版）",
        "basis": "国家公共信用信息中心《公共信用信息报告标准（2021年版）》（2021年1月8日）",
        "certainty": "章节据各地代码和样例，未见标准全文",
        "content": V2021,
        "valid_from": SINCE_2021,
        "valid_until": UNTIL_2021,
    },
    {
        "code": "person-2022",
        "kind": "person",
        "name": "自然人公共信用信息报告（国家2022版）",
        "basis": "国家公共信用信息中心《公共信用信息报告标准（2022年版）》（2022年9月7日）；《个人信息保护法》第四十五条",
        "certainty": "标准有个人版，未见其样式；章节比照法人版，有效期为本市参数",
        "content": PERSON,
        "valid_from": SINCE_2022,
        "valid_until": None,
    },
    {
        "code": "northeast",
        "kind": "region",
        "name": "三省一区信用报告对照版式",
        "basis": "哈政办规〔2020〕12号第29项；内蒙古 DB15/T 1104—2024（2024年7月1日起施行）",
        "certainty": "黑吉辽蒙共同版式未见公布，章节暂比照国家2022版；公布后由系统管理员更新",
        "content": V2022 | {"version": "对照"},
        "valid_from": date(2024, 7, 1),
        "valid_until": None,
    },
    {
        "code": "proof-2025",
        "kind": "proof",
        "name": "专项信用报告（有无违法违规记录证明版）",
        "basis": "黑龙江省经营主体以专项信用报告替代有无违法违规记录证明的规定（2025年7月28日起施行）",
        "certainty": "收录范围据公开报道；有效期和可查询的最长期间为本市参数",
        "content": {"version": "2025版"},
        "valid_from": date(2025, 7, 28),
        "valid_until": None,
    },
]
PURPOSES = [
    ("tender", "招标投标", "参加招标投标、政府采购", True),
    ("access", "市场准入", "办理市场准入、登记注册", True),
    ("approval", "行政审批", "申请行政许可和其他行政审批", True),
    ("qualification", "资质审核", "申请资质、资格的认定和审核", True),
    ("funds", "资金项目", "申报财政资金、专项扶持和评先评优", True),
    ("finance", "融资信贷", "向金融机构申请融资", False),
    ("trade", "商务合作", "向交易对方说明信用状况", False),
    ("self", "自查", "本单位了解自身的公共信用信息", False),
]
"""Code, name, sentence, and whether a department may ask for a report under it (哈政办规〔2020〕12号 no. 28)."""
