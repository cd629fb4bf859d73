"""The fields of an item of the city's own (自定义数据项) as lines: `荣誉名称｜RY_MC｜文字｜必填｜社会公开｜事项名称`."""

from __future__ import annotations

from credit_platform.web.lines import Part
from records.standards.declaration import VISIBILITY_LABELS, FieldType

TYPES = {
    "文字": FieldType.TEXT,
    "长文字": FieldType.LONG_TEXT,
    "日期": FieldType.DATE,
    "日期或长期": FieldType.DATE_OR_LONGTERM,
    "选择": FieldType.CHOICE,
    "多选": FieldType.MULTI_CHOICE,
    "是否": FieldType.FLAG,
    "金额（万元）": FieldType.AMOUNT_WAN,
    "金额（元）": FieldType.AMOUNT_YUAN,
    "文书号": FieldType.DOCUMENT_NUMBER,
    "统一社会信用代码": FieldType.USCC,
    "组织机构代码": FieldType.ORG_CODE,
    "工商注册号": FieldType.REG_NO,
    "姓名": FieldType.PERSON_NAME,
    "证件类型": FieldType.ID_TYPE,
    "证件号码": FieldType.ID_NUMBER,
}
ROLES = {
    "主体名称": "subject_name",
    "主体类别": "subject_kind",
    "主体信用代码": "uscc",
    "主体注册号": "reg_no",
    "主体机构代码": "org_code",
    "法定代表人": "legal_rep",
    "法定代表人证件类型": "legal_rep_id_type",
    "法定代表人证件号码": "legal_rep_id",
    "自然人证件类型": "id_type",
    "自然人证件号码": "id_number",
    "文书名称": "document_name",
    "决定文书号": "document_number",
    "决定日期": "decided_on",
    "有效期起": "valid_from",
    "有效期止": "valid_until",
    "决定机关": "authority_name",
    "决定机关代码": "authority_code",
    "来源单位": "source_name",
    "来源单位代码": "source_code",
    "事项名称": "title",
    "主要内容": "content",
    "备注": "remark",
    "公开类型": "visibility",
}
"""What a field tells of the record, so that the ledger understands the row (`fromdict`)."""

LOCAL_PARTS = (
    Part("label", "名称"),
    Part("code", "代码"),
    Part("type", "类型", {word: str(kind) for word, kind in TYPES.items()}, default="text"),
    Part("required", "是否必填", {"选填": False, "必填": True}, default=False),
    Part("visibility", "公开属性", {word: str(kind) for kind, word in VISIBILITY_LABELS.items()}, default="shared"),
    Part("role", "含义", ROLES, default=""),
    Part("choices", "选项", many=True, default=[]),
    Part("max_length", "最多字数", whole=True, default=0),
    Part("code_table", "代码表", default=""),
)
LOCAL_HELP = (
    "只有选“自定义数据项”时填写。每行一个数据项，用“｜”分开：名称｜代码（大写字母）｜类型｜必填或选填｜公开属性｜含义｜选项｜最多字数｜代码表；"
    f"后七项可以不写。类型有：{'、'.join(TYPES)}。含义有：{'、'.join(ROLES)}；主体名称、决定日期等由它认出。"
    "例如：荣誉名称｜RY_MC｜文字｜必填｜社会公开｜事项名称"
)
