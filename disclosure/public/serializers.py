"""The shapes of the public read interface. Everything comes from `Disclosure.shown` and the columns made for the public."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class PartySerializer(serializers.Serializer[Any]):
    """The subject as the public sees it; natural persons are masked and have no code."""

    name = serializers.CharField(help_text="名称（自然人已遮盖）")
    code = serializers.CharField(allow_blank=True, help_text="统一社会信用代码，没有则为空")


class AuthoritySerializer(serializers.Serializer[Any]):
    """An authority."""

    name = serializers.CharField(help_text="机关名称")


class LineSerializer(serializers.Serializer[Any]):
    """One field of the data standard."""

    code = serializers.CharField(help_text="数据标准字段代码")
    label = serializers.CharField(help_text="字段名称")  # type: ignore[assignment]
    value = serializers.CharField(help_text="内容")


class DisclosureSerializer(serializers.Serializer[Any]):
    """One disclosure in a list."""

    public_id = serializers.CharField(help_text="公示编号")
    kind = serializers.CharField(help_text="信息种类")
    kind_label = serializers.CharField(help_text="信息种类名称")
    subject = PartySerializer()
    title = serializers.CharField(help_text="事项")
    document_number = serializers.CharField(help_text="文书号")
    authority = AuthoritySerializer(help_text="决定机关")
    source = AuthoritySerializer(help_text="数据来源单位")  # type: ignore[assignment]
    decided_on = serializers.DateField(help_text="决定日期")
    due_on = serializers.DateField(help_text="应公示的最后日期（决定之日起第7个工作日）")
    published_on = serializers.DateField(help_text="公示日期")
    ends_on = serializers.DateField(allow_null=True, help_text="公示截止日（含当日），null 为不设截止日")
    corrected_on = serializers.DateField(allow_null=True, help_text="最近更正日期")
    marks = serializers.ListField(child=serializers.CharField(), help_text="标注，例如“异议处理中”；没有则为空")
    url = serializers.CharField(help_text="公示页面地址")


class DisclosureDetailSerializer(DisclosureSerializer):
    """One disclosure with its fields and the explanation of its dates."""

    fields_shown = LineSerializer(many=True, help_text="公示内容")
    due_explained = serializers.ListField(child=serializers.CharField(), help_text="公示时限逐日说明")
    ends_explained = serializers.ListField(child=serializers.CharField(), help_text="公示期说明")


class DisclosurePageSerializer(serializers.Serializer[Any]):
    """One page of disclosures."""

    results = DisclosureSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text="下一页的 cursor，null 表示已到最后一页")


class SubjectSerializer(serializers.Serializer[Any]):
    """A subject's public file."""

    code = serializers.CharField(help_text="统一社会信用代码")
    name = serializers.CharField(help_text="名称")
    former_names = serializers.ListField(child=serializers.CharField(), help_text="曾用名")
    kind = serializers.CharField(help_text="主体类别")
    district = serializers.CharField(allow_blank=True, help_text="登记地")
    registered_on = serializers.DateField(allow_null=True, help_text="成立（登记）日期")
    url = serializers.CharField(help_text="主体页面地址")
    disclosures = DisclosureSerializer(many=True, help_text="公示信息（最近 50 条）")
    more = serializers.BooleanField(help_text="是否还有更早的公示信息")


class ChangeSerializer(serializers.Serializer[Any]):
    """One numbered change."""

    number = serializers.IntegerField(help_text="序号，连续无缺")
    event = serializers.ChoiceField(choices=["appeared", "changed", "ended"], help_text="新增、更正、停止公示")
    at = serializers.DateTimeField(help_text="时间")
    public_id = serializers.CharField(help_text="公示编号")
    disclosure = DisclosureSerializer(allow_null=True, help_text="现仍公示的内容；已停止公示的为 null")


class ChangePageSerializer(serializers.Serializer[Any]):
    """A stretch of the feed."""

    results = ChangeSerializer(many=True)
    last = serializers.IntegerField(help_text="本页最后一个序号，下次以 after 传入")
