"""Publications, the rows of their files, and what people decided about rows."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from credit_platform.accounts.desk import within
from credit_platform.accounts.models import Department, User
from credit_platform.labels import choices
from records.models import CreditRecord, Subject
from sanctions.filed.rules import (
    ANSWER_LABELS,
    PUBLICATION_LABELS,
    PUBLICATION_TONES,
    ROW_LABELS,
    ROW_TONES,
    WORKED,
    Answer,
    PublicationState,
    RowState,
)


class FiledPublicationQuerySet(models.QuerySet["FiledPublication"]):
    def visible_to(self, user: User, on: date | None = None) -> FiledPublicationQuerySet:
        """Those of the user's department; the credit office sees all."""
        return within(self, user, on)

    def taking(self, department: Department, standard: str) -> FiledPublicationQuerySet:
        """The one whose files are taken in today."""
        return self.filter(department=department, standard=standard, state=PublicationState.CONFIRMED.value)


class FiledPublication(models.Model):
    """A published list as a department receives it: which list, by whom, under which document, since when, whole or in part.

    A second person has confirmed it before a file of it is taken in; of one department and standard at most one is taken in at a time.
    """

    department = models.ForeignKey(Department, verbose_name="接收单位", on_delete=models.PROTECT, related_name="+")
    standard = models.CharField("数据标准", max_length=40)
    list_code = models.CharField("名单编码", max_length=20)
    title = models.CharField("公布名单名称", max_length=200)
    authority_name = models.CharField("公布机关", max_length=200)
    authority_code = models.CharField("公布机关统一社会信用代码", max_length=18)
    document_number = models.CharField("公布文书号", max_length=128, help_text="名单各行没有自己文书号的，以此为准。")
    published_on = models.DateField("公布日期", help_text="名单各行没有自己日期的，以此为列入日期。")
    basis = models.CharField("依据", max_length=300)
    published_at = models.CharField("公布处", max_length=300, help_text="如网址、公报期号。")
    is_full = models.BooleanField(
        "全量名单", default=False, help_text="全量名单中不再出现的主体会提示核对；增量名单不提示。"
    )
    state = models.CharField(
        "状态",
        max_length=10,
        default=PublicationState.DRAFT.value,
        choices=choices(PUBLICATION_LABELS),
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="确认人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_on = models.DateField("确认日期", null=True)
    version = models.PositiveIntegerField("版本", default=1)
    created_at = models.DateTimeField("登记时间", default=timezone.now)

    objects = FiledPublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "公布名单"
        verbose_name_plural = "公布名单"
        ordering: ClassVar = ["-published_on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["department", "-published_on", "-id"], name="filed_publication_newest")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("drafted_by")),
                name="filed_publication_by_two",
                violation_error_message="确认人不得是登记人。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "closed"]) | Q(confirmed_by__isnull=False, confirmed_on__isnull=False),
                name="filed_publication_confirmed_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["department", "standard"], condition=Q(state="confirmed"), name="filed_publication_one_at_a_time"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        """The colour of its state in the kit."""
        return PUBLICATION_TONES[PublicationState(self.state)]


class FiledRowQuerySet(models.QuerySet["FiledRow"]):
    def visible_to(self, user: User, on: date | None = None) -> FiledRowQuerySet:
        """Those of the user's department; the credit office sees all."""
        return within(self, user, on)

    def in_stream(self, department: Department, list_code: str) -> FiledRowQuerySet:
        """All rows of a list that a department receives, whichever file brought them."""
        return self.filter(department=department, list_code=list_code)

    def worked(self) -> FiledRowQuerySet:
        """Rows with which somebody has something to do: not decided, or open again."""
        return self.filter(state__in=[each.value for each in WORKED])

    def left_out(self) -> FiledRowQuerySet:
        """Rows that stand and that the latest full file did not name any more."""
        return self.filter(missing_since__isnull=False, state__in=[RowState.ENTERED.value, RowState.REVIEW.value])


class FiledRow(models.Model):
    """One line of a published list, whichever file brought it: what it says, who is meant, and where it stands."""

    publication = models.ForeignKey(
        FiledPublication, verbose_name="公布名单", on_delete=models.PROTECT, related_name="rows"
    )
    department = models.ForeignKey(Department, verbose_name="接收单位", on_delete=models.PROTECT, related_name="+")
    list_code = models.CharField("名单编码", max_length=20)
    key = models.CharField("行标识", max_length=32)
    name = models.CharField("名单名称", max_length=200)
    numbers = models.JSONField("号码", default=dict)
    is_person = models.BooleanField("自然人", default=False)
    id_hash = models.CharField("证件号码摘要", max_length=64, blank=True)
    content = models.JSONField("名单内容", default=dict)
    content_hash = models.CharField("内容摘要", max_length=32)
    document_number = models.CharField("文书号", max_length=128)
    listed_on = models.DateField("列入日期")
    until = models.DateField("名单所列期限至", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=10, default=RowState.WAITING.value, choices=[(key.value, text) for key, text in ROW_LABELS.items()]
    )  # fmt: skip
    why = models.CharField("待核对原因", max_length=300, blank=True)
    subject = models.ForeignKey(
        Subject, verbose_name="主体", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    record = models.OneToOneField(
        CreditRecord, verbose_name="信用记录", null=True, on_delete=models.PROTECT, related_name="filedrow"
    )
    first_batch = models.BigIntegerField("首次出现的导入批次")
    missing_since = models.DateField("不再出现于全量名单", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)
    updated_at = models.DateTimeField("更新时间", default=timezone.now)

    objects = FiledRowQuerySet.as_manager()

    class Meta:
        verbose_name = "公布名单条目"
        verbose_name_plural = "公布名单条目"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["department", "state", "-id"], name="filed_row_state"),
            models.Index(fields=["list_code", "document_number"], name="filed_row_document"),
            models.Index(fields=["first_batch"], name="filed_row_batch"),
            models.Index(
                fields=["department", "missing_since"], condition=Q(missing_since__isnull=False), name="filed_row_left_out"
            ),
        ]  # fmt: skip
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["department", "list_code", "key"], name="filed_row_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["entered", "review"]) | Q(record__isnull=False),
                name="filed_row_entered_has_record",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tone(self) -> str:
        """The colour of its state in the kit."""
        return ROW_TONES[RowState(self.state)]


class JudgementQuerySet(models.QuerySet["Judgement"]):
    def in_force(self) -> JudgementQuerySet:
        """Decisions that hold."""
        return self.filter(state=Judgement.State.STANDING)

    def proposed(self) -> JudgementQuerySet:
        """Those that wait for a second person."""
        return self.filter(state=Judgement.State.PROPOSED)


class Judgement(models.Model):
    """What somebody decided about a row: the same as a subject, not the same, or nobody of the register; with reason and last day.

    Both sides are kept as they were seen: when one of them is another, the decision no longer holds.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "待复核"
        STANDING = "standing", "有效"
        DECLINED = "declined", "复核不同意"
        LAPSED = "lapsed", "已失效"

    row = models.ForeignKey(FiledRow, verbose_name="名单条目", on_delete=models.PROTECT, related_name="judgements")
    subject = models.ForeignKey(
        Subject, verbose_name="主体", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answer = models.CharField("结论", max_length=10, choices=choices(ANSWER_LABELS))
    reason = models.CharField("依据和理由", max_length=500)
    until = models.DateField("有效期至")
    row_side = models.CharField(max_length=32)
    subject_side = models.CharField(max_length=32)
    takes_two = models.BooleanField("需要复核", default=True)
    state = models.CharField("状态", max_length=10, choices=State.choices)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="核对人", on_delete=models.PROTECT, related_name="+"
    )
    proposed_on = models.DateField("核对日期")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="复核人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField("复核日期", null=True)
    decided_why = models.CharField("复核意见", max_length=500, blank=True)
    lapsed_on = models.DateField("失效日期", null=True)
    lapsed_why = models.CharField("失效原因", max_length=100, blank=True)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        verbose_name = "名单核对结论"
        verbose_name_plural = "名单核对结论"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["until", "id"], condition=Q(state="standing"), name="judgement_to_lapse"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="judgement_by_two",
                violation_error_message="复核人不得是核对人。",
            ),
            models.CheckConstraint(
                condition=~Q(state="standing") | Q(takes_two=False) | Q(decided_by__isnull=False),
                name="judgement_that_weighs_has_a_second_person",
            ),
            models.CheckConstraint(
                condition=(Q(answer="nobody") & Q(subject__isnull=True)) | (~Q(answer="nobody") & Q(subject__isnull=False)),
                name="judgement_names_a_subject",
            ),
            models.UniqueConstraint(fields=["row"], condition=Q(state="proposed"), name="judgement_one_proposed"),
            models.UniqueConstraint(
                fields=["row", "subject"], condition=Q(state="standing"), nulls_distinct=False, name="judgement_one_standing"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_answer_display()}：{self.row}"

    @property
    def kind(self) -> Answer:
        """What was said."""
        return Answer(self.answer)
