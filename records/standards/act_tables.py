"""The code tables of the eight other acts: enforcement, confirmation, levy, payment, adjudication, compensation, award, inspection."""

from __future__ import annotations

from records.standards.codetable import OTHER, CodeTable, entries

ENFORCEMENT_KIND = CodeTable(
    code="enforcement-kind",
    name="强制类型",
    entries=entries(
        "强制措施-限制公民人身自由",
        "强制措施-查封场所、设施或者财物",
        "强制措施-扣押财物",
        "强制措施-冻结存款、汇款",
        "强制措施-其他",
        "强制执行-加处罚款或者滞纳金",
        "强制执行-划拨存款、汇款",
        "强制执行-拍卖或者依法处理查封、扣押的场所、设施或者财物",
        "强制执行-排除妨碍、恢复原状",
        "强制执行-代履行",
        "强制执行-其他",
    ),
    synonyms={
        "限制人身自由": ("强制措施-限制公民人身自由",),
        "限制公民人身自由": ("强制措施-限制公民人身自由",),
        "查封": ("强制措施-查封场所、设施或者财物",),
        "查封场所设施财物": ("强制措施-查封场所、设施或者财物",),
        "扣押": ("强制措施-扣押财物",),
        "扣押财物": ("强制措施-扣押财物",),
        "冻结": ("强制措施-冻结存款、汇款",),
        "冻结存款汇款": ("强制措施-冻结存款、汇款",),
        "加处罚款滞纳金": ("强制执行-加处罚款或者滞纳金",),
        "划拨": ("强制执行-划拨存款、汇款",),
        "拍卖": ("强制执行-拍卖或者依法处理查封、扣押的场所、设施或者财物",),
        "排除妨碍恢复原状": ("强制执行-排除妨碍、恢复原状",),
        "代履行": ("强制执行-代履行",),
    },
)

CONFIRMATION_KIND = CodeTable(
    code="confirmation-kind", name="确认类别", entries=entries("认定", "证明", "登记", "鉴定", "鉴证", OTHER)
)
LEVY_KIND = CodeTable(
    code="levy-kind",
    name="征收种类",
    entries=entries("税", "费", "土地", "房屋", OTHER),
    synonyms={"税收": ("税",), "行政事业性收费": ("费",), "土地征收": ("土地",), "房屋征收": ("房屋",)},
)
LEVY_STATE = CodeTable(
    code="levy-state", name="缴纳状态", entries=entries("未缴", "部分缴纳", "已缴清", "减免", "强制执行中")
)
PAYMENT_KIND = CodeTable(
    code="payment-kind",
    name="给付种类",
    entries=entries("抚恤金", "最低生活保障", "社会救助", "养老服务补贴", "残疾人补贴", "临时救助", OTHER),
    synonyms={"抚恤": ("抚恤金",), "低保": ("最低生活保障",), "救助": ("社会救助",), "养老": ("养老服务补贴",)},
)
PERFORMANCE = CodeTable(
    code="performance", name="履行情况", entries=entries("未履行", "部分履行", "全部履行", "无需履行")
)
REMEDY_STATE = CodeTable(
    code="remedy-state", name="复议诉讼状态", entries=entries("复议中", "诉讼中", "已维持", "已变更", "已撤销")
)
COMPENSATION_WAY = CodeTable(
    code="compensation-way", name="补偿方式", entries=entries("货币", "实物", "产权调换", "货币与实物结合", OTHER)
)
AWARD_LEVEL = CodeTable(
    code="award-level",
    name="奖励级别",
    entries=entries("国家级", "省部级", "市级", "区县级", OTHER),
    synonyms={"国家": ("国家级",), "省级": ("省部级",), "市": ("市级",), "县级": ("区县级",), "区级": ("区县级",)},
)
INSPECTION_KIND = CodeTable(
    code="inspection-kind",
    name="检查类型",
    entries=entries("双随机", "专项", "日常", "投诉触发", OTHER),
    synonyms={
        "双随机抽查": ("双随机",),
        "双随机一公开": ("双随机",),
        "专项检查": ("专项",),
        "日常检查": ("日常",),
        "投诉举报": ("投诉触发",),
    },
)
INSPECTION_RESULT = CodeTable(
    code="inspection-result",
    name="检查结果",
    entries=entries(
        "未发现问题",
        "未按规定公示应当公示的信息",
        "公示信息隐瞒真实情况、弄虚作假",
        "通过登记的住所（经营场所）无法联系",
        "发现问题已责令改正",
        "不配合检查情节严重",
        "未发现开展本次抽查涉及的经营活动",
        "发现问题待后续处理",
    ),
    synonyms={"合格": ("未发现问题",), "正常": ("未发现问题",), "已责令改正": ("发现问题已责令改正",)},
)

ALL = (
    ENFORCEMENT_KIND,
    CONFIRMATION_KIND,
    LEVY_KIND,
    LEVY_STATE,
    PAYMENT_KIND,
    PERFORMANCE,
    REMEDY_STATE,
    COMPENSATION_WAY,
    AWARD_LEVEL,
    INSPECTION_KIND,
    INSPECTION_RESULT,
)
