"""The shapes of the push interface. No personal number is in any of them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from credit_platform.labels import choices
from records.imports.batches.push import MOST_ROWS
from records.models import ImportBatch
from records.rules import RECORD_STATUS_LABELS

STATUSES = choices(RECORD_STATUS_LABELS)
OUTCOMES = {
    "created": "新增",
    "updated": "更新",
    "unchanged": "无变化",
    "apart": "已接收，不进入信用记录",
    "rejected": "退回",
}


class PushSerializer(serializers.Serializer[Any]):
    """Rows of one data standard."""

    standard = serializers.CharField(help_text="数据标准代码，见 /api/v1/standards/；本市补充事项写目录事项编码")
    item = serializers.CharField(
        required=False, allow_null=True, help_text="目录事项编码；一个标准对应几个目录事项时必填"
    )
    rows = serializers.ListField(
        child=serializers.DictField(child=serializers.JSONField(), help_text="字段代码: 值（文本、数字或 null）"),
        min_length=1,
        max_length=MOST_ROWS,
        help_text=f"1 至 {MOST_ROWS} 行，每行按数据标准填写",
    )


class FindingSerializer(serializers.Serializer[Any]):
    """One thing that a check found in a row."""

    rule = serializers.CharField(help_text="规则代码，供程序判断")
    level = serializers.ChoiceField(
        choices=[("error", "错误，该行退回"), ("warning", "提示，该行已入库")], help_text="级别"
    )
    field = serializers.CharField(allow_blank=True, help_text="字段代码，空为整行")
    text = serializers.CharField(help_text="问题")
    mend = serializers.CharField(allow_blank=True, help_text="如何改正")
    article = serializers.CharField(allow_blank=True, help_text="依据条款")


class PublicationSerializer(serializers.Serializer[Any]):
    """Where a record stands on its way to the public."""

    state = serializers.CharField(help_text="公示状态代码")
    label = serializers.CharField(help_text="公示状态")  # type: ignore[assignment]
    public = serializers.BooleanField(help_text="现在是否公示")
    public_id = serializers.CharField(allow_blank=True, help_text="公示编号，公示时才有")
    due_on = serializers.DateField(help_text="应公示的最后日期")
    published_on = serializers.DateField(allow_null=True, help_text="公示日期")
    ends_on = serializers.DateField(allow_null=True, help_text="公示截止日（含当日）")
    needs_correction = serializers.BooleanField(help_text="公示后记录有变更，待复核更正")


class RowSerializer(serializers.Serializer[Any]):
    """What became of one row."""

    index = serializers.IntegerField(min_value=0, help_text="该行在 rows 中的位置，从 0 起")
    outcome = serializers.ChoiceField(choices=list(OUTCOMES.items()), help_text="结果")
    record = serializers.IntegerField(allow_null=True, help_text="记录编号，退回的为 null")
    publication = PublicationSerializer(allow_null=True, help_text="公示情况，不公示的事项为 null")
    findings = FindingSerializer(many=True, help_text="错误和提示")


class BatchSerializer(serializers.Serializer[Any]):
    """One push and its result."""

    batch = serializers.IntegerField(help_text="批次编号")
    standard = serializers.CharField(help_text="数据标准代码")
    item = serializers.CharField(help_text="目录事项编码")
    state = serializers.ChoiceField(choices=ImportBatch.State.choices, help_text="批次状态")
    received_at = serializers.DateTimeField(help_text="收到时间")
    total = serializers.IntegerField(help_text="行数")
    accepted = serializers.IntegerField(help_text="入库行数（含无变化）")
    unchanged = serializers.IntegerField(help_text="其中无变化行数")
    warned = serializers.IntegerField(help_text="其中有提示行数")
    rejected = serializers.IntegerField(help_text="退回行数")
    results = RowSerializer(many=True, help_text="逐行结果")


class HolderSerializer(serializers.Serializer[Any]):
    """The subject of a record; a natural person's name is masked and there is no number."""

    kind = serializers.CharField(help_text="主体类别：legal 法人及非法人组织、sole_trader 个体工商户、person 自然人")
    name = serializers.CharField(allow_blank=True, help_text="名称（自然人已遮盖）")
    code = serializers.CharField(allow_null=True, help_text="统一社会信用代码")


class RecordSerializer(serializers.Serializer[Any]):
    """One record of the department."""

    record = serializers.IntegerField(help_text="记录编号")
    standard = serializers.CharField(help_text="数据标准代码")
    item = serializers.CharField(help_text="目录事项编码")
    subject = HolderSerializer()
    document_number = serializers.CharField(allow_blank=True, help_text="文书号")
    title = serializers.CharField(allow_blank=True, help_text="事项")
    decided_on = serializers.DateField(help_text="决定日期")
    valid_until = serializers.DateField(allow_null=True, help_text="有效期至，2099-12-31 为长期")
    status = serializers.ChoiceField(choices=STATUSES, help_text="记录状态")
    version = serializers.IntegerField(help_text="版本，每次变更加 1")
    batch = serializers.IntegerField(allow_null=True, help_text="首次入库的批次编号，窗口录入的为 null")
    created_at = serializers.DateTimeField(help_text="入库时间")
    updated_at = serializers.DateTimeField(help_text="最近变更时间")
    publication = PublicationSerializer(allow_null=True, help_text="公示情况，不公示的事项为 null")


class RecordPageSerializer(serializers.Serializer[Any]):
    """A stretch of the department's records, by number."""

    results = RecordSerializer(many=True)
    last = serializers.IntegerField(help_text="本页最后一个记录编号，下次以 after 传入")
    more = serializers.BooleanField(help_text="之后是否还有记录")


class StandardSerializer(serializers.Serializer[Any]):
    """A data standard in the list."""

    code = serializers.CharField(help_text="数据标准代码")
    name = serializers.CharField(help_text="名称")
    version = serializers.CharField(allow_blank=True, help_text="版本")
    kind = serializers.CharField(help_text="信息种类")
    basis = serializers.CharField(allow_blank=True, help_text="依据")
    current = serializers.BooleanField(help_text="是否现行；旧版式仍可报送，按现行标准保存")
    stored_as = serializers.CharField(help_text="保存所用的数据标准")
    items = serializers.ListField(child=serializers.CharField(), help_text="现行目录中使用它的事项编码")
    fields_count = serializers.IntegerField(help_text="字段数")


class StandardListSerializer(serializers.Serializer[Any]):
    """All data standards."""

    results = StandardSerializer(many=True)


class StandardDetailSerializer(StandardSerializer):
    """A data standard with the JSON schema of a row."""

    schema = serializers.DictField(help_text="一行的 JSON Schema（2020-12），代码表为当日有效值")
    example = serializers.DictField(child=serializers.CharField(), help_text="一行示例，内容均为虚构")
