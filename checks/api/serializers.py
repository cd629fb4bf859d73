"""Shapes of the interface, for its description only: the narrow path writes them without a serializer."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from checks.rules.answers import VERDICT_TONES
from checks.rules.states import PURPOSE_LABELS, RESULT_LABELS
from credit_platform.labels import choices
from sanctions.measures.rules import VERDICT_LABELS

VERDICTS = [(each.value, VERDICT_LABELS[each]) for each in VERDICT_TONES]
PURPOSES = choices(PURPOSE_LABELS)
RESULTS = choices(RESULT_LABELS)


class WhomSerializer(serializers.Serializer[Any]):
    """Who is asked about, and for which case."""

    code = serializers.CharField(required=False, help_text="统一社会信用代码，与 id_number 填一项")
    name = serializers.CharField(required=False, max_length=200, help_text="名称，只作比对；自然人必填姓名")
    id_number = serializers.CharField(
        required=False, help_text="自然人证件号码，只用于比对，不出现在答复、日志和网址中"
    )
    id_type = serializers.CharField(required=False, help_text="证件类型，默认身份证")
    case_number = serializers.CharField(max_length=64, help_text="办件编号")
    as_of = serializers.DateField(
        required=False, help_text="截至日期；不填为现在。过去某日的答复不能作为现在决定的依据"
    )


class QuestionSerializer(WhomSerializer):
    """One question."""

    matter = serializers.CharField(max_length=64, help_text="核查事项编码")
    purpose = serializers.ChoiceField(choices=PURPOSES, help_text="核查目的")
    window = serializers.CharField(required=False, max_length=60, help_text="窗口")


class ManySerializer(serializers.Serializer[Any]):
    """Many questions about one matter."""

    matter = serializers.CharField(max_length=64, help_text="核查事项编码")
    purpose = serializers.ChoiceField(choices=PURPOSES, help_text="核查目的")
    window = serializers.CharField(required=False, max_length=60, help_text="窗口")
    items = serializers.ListField(child=WhomSerializer(), min_length=1, max_length=10_000, help_text="1 至 10,000 个")


class AnswerSerializer(serializers.Serializer[Any]):
    """What a check tells; the receipt signs exactly this."""

    format = serializers.CharField(help_text="格式版本")
    receipt = serializers.CharField(help_text="回执编号")
    asked_at = serializers.DateTimeField(help_text="核查时间")
    as_of = serializers.DateField(help_text="截至日期")
    asked_by = serializers.DictField(help_text="核查单位和核查人")
    purpose = serializers.DictField(help_text="核查目的")
    case_number = serializers.CharField(help_text="办件编号")
    matter = serializers.DictField(help_text="核查事项")
    subject = serializers.DictField(help_text="所查主体：是否登记、代码、名称、名称是否一致；自然人姓名遮盖")
    verdict = serializers.ChoiceField(choices=VERDICTS, help_text="结论，只由适用措施的约束力和在期的禁入得出")
    verdict_label = serializers.CharField(help_text="结论")
    verdict_text = serializers.CharField(help_text="结论的含义，可直接告知经办人")
    hits = serializers.ListField(child=serializers.DictField(), help_text="所在名单：文书、机关、期限、是否有异议")
    measures = serializers.ListField(child=serializers.DictField(), help_text="适用于本事项的措施及法律条文")
    incentives = serializers.ListField(child=serializers.DictField(), help_text="可以给予的激励")
    bans = serializers.ListField(child=serializers.DictField(), help_text="在期的市场和行业禁入")
    breaches = serializers.ListField(child=serializers.DictField(), help_text="违背承诺的决定")
    commitment = serializers.DictField(allow_null=True, help_text="可否适用告知承诺；事项没有告知承诺的为 null")
    serious_record = serializers.DictField(allow_null=True, help_text="重大违法记录；不查此项的事项为 null")
    read_from = serializers.DictField(help_text="依据：措施版本、名单数和新旧、比对方式及参数")
    valid_until = serializers.DateField(help_text="有效期至（含当日）")
    audit_entry = serializers.IntegerField(help_text="审计记录编号")


class AnsweredSerializer(serializers.Serializer[Any]):
    """The answer and its receipt."""

    answer = AnswerSerializer()
    receipt = serializers.CharField(help_text="签名回执（JWS，EdDSA），请随办件保存；核对见 /reports/verify/")


class CheckLineSerializer(serializers.Serializer[Any]):
    """One line of a batch."""

    n = serializers.IntegerField(required=False, help_text="序号，从 0 起")
    answer = AnswerSerializer(required=False)
    receipt = serializers.CharField(required=False)
    error = serializers.DictField(required=False, help_text="该行的问题：code、text、mend")
    done = serializers.BooleanField(required=False, help_text="末行：true 为全部答复完毕")
    count = serializers.IntegerField(required=False, help_text="末行：共多少个")
    failed = serializers.IntegerField(required=False, help_text="末行：有问题的多少个")


class OutcomeSerializer(serializers.Serializer[Any]):
    """What became of the case."""

    result = serializers.ChoiceField(choices=RESULTS, help_text="办理结果")
    decided_on = serializers.DateField(help_text="决定日期")
    measures = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, help_text="采取的措施编码，须为该次答复所列"
    )
    reason = serializers.CharField(
        required=False, max_length=1000, help_text="未采取应当执行或应当考量的措施的理由，有这种措施时必填"
    )


class CheckSerializer(serializers.Serializer[Any]):
    """Where a check stands."""

    receipt = serializers.CharField(help_text="回执编号")
    state = serializers.CharField(help_text="状态代码")
    state_label = serializers.CharField(help_text="状态")
    verdict = serializers.ChoiceField(choices=VERDICTS, help_text="核查时的结论")
    valid_until = serializers.DateField(help_text="有效期至")
    outcome = serializers.DictField(allow_null=True, help_text="已反馈的办理结果")
    changes = serializers.ListField(child=serializers.DictField(), help_text="核查之后的变化：时间和现在的结论")


class CaseSerializer(serializers.Serializer[Any]):
    """A decided case."""

    matter = serializers.CharField(max_length=64, help_text="核查事项编码")
    case_number = serializers.CharField(max_length=64, help_text="办件编号，与核查时一致")
    decided_on = serializers.DateField(help_text="决定日期")
    window = serializers.CharField(required=False, max_length=60, help_text="窗口")


class CasesSerializer(serializers.Serializer[Any]):
    """Decided cases, one request."""

    cases = serializers.ListField(child=CaseSerializer(), min_length=1, max_length=1000, help_text="1 至 1000 件")


class ReportedSerializer(serializers.Serializer[Any]):
    """What became of a report of decided cases."""

    total = serializers.IntegerField(help_text="件数")
    added = serializers.IntegerField(help_text="新登记的件数")
    unchanged = serializers.IntegerField(help_text="此前已报送的件数")
    unchecked = serializers.ListField(child=serializers.CharField(), help_text="决定时没有有效核查的办件编号")
    rejected = serializers.ListField(child=serializers.DictField(), help_text="退回的件：序号和问题")
