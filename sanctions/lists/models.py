"""Lists as rows with days in force, and the entries that stand on them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.models import Case
from credit_platform.accounts.models import Department
from credit_platform.editions.models import DatedQuerySet
from credit_platform.labels import choices
from records.models import CreditRecord, Subject
from records.queries.search import merged_with
from sanctions.lists import rules
from sanctions.lists.rules import ExitFrom, Nature, Persons, Publication, Rank, Start, Way


class CreditListQuerySet(DatedQuerySet["CreditList"]):
    def in_force(self, on: date) -> CreditListQuerySet:
        """Rows that hold on a day: a row without a first day waits for the word of its department and holds on none."""
        return super().in_force(on).filter(valid_from__isnull=False)

    def public(self) -> CreditListQuerySet:
        """Lists whose entries the public may read."""
        return self.filter(publication=Publication.PUBLIC.value)


class CreditList(models.Model):
    """One list under one rule. `code` names the list over all its rules; of one list at most one row holds on a day."""

    code = models.CharField("编码", max_length=20)
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=30, help_text="核对期限的表格（explain_periods）用它指明名单。")
    nature = models.CharField("性质", max_length=8, choices=choices(rules.NATURE_LABELS))
    field = models.CharField("领域", max_length=60)
    department = models.ForeignKey(
        Department, verbose_name="本市牵头单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    authority = models.CharField("认定机关", max_length=100)
    authority_level = models.CharField("认定层级", max_length=8, choices=choices(rules.LEVEL_LABELS))
    basis = models.CharField("设立依据", max_length=300, blank=True)
    basis_rank = models.CharField("依据位阶", max_length=10, blank=True, choices=choices(rules.RANK_LABELS))
    standard_at = models.CharField("认定标准公布处", max_length=200, blank=True)
    consultation_days = models.PositiveSmallIntegerField("公开征求意见（日）", null=True, blank=True)
    review_due = models.DateField("下一次评估日期", null=True, blank=True)
    term_months = models.PositiveSmallIntegerField("期限（月）", null=True, blank=True, help_text="留空为无固定期限。")
    term_from = models.CharField(
        "期限起算",
        max_length=12,
        default=Start.LISTING.value,
        choices=choices(rules.START_LABELS),
    )
    may_exit = models.BooleanField("可以提前移出", default=False)
    exit_months = models.PositiveSmallIntegerField("满几个月可申请提前移出", null=True, blank=True)
    exit_from = models.CharField(
        "提前移出起算",
        max_length=10,
        default=ExitFrom.START.value,
        choices=choices(rules.EXIT_FROM_LABELS),
    )
    exit_conditions = models.CharField("移出条件和程序", max_length=500, blank=True)
    publication = models.CharField("公开属性", max_length=8, choices=choices(rules.PUBLICATION_LABELS))
    published_what = models.CharField("公示内容", max_length=300, blank=True)
    persons = models.CharField(
        "自然人",
        max_length=8,
        default=Persons.NEVER.value,
        choices=choices(rules.PERSONS_LABELS),
    )
    lists_responsible = models.BooleanField("可以一并列入责任人员", default=False)
    conflict_note = models.CharField("规则冲突说明", max_length=500, blank=True)
    certainty = models.CharField("依据确定程度", max_length=200, blank=True)
    valid_from = models.DateField("施行日期", null=True, blank=True, help_text="留空为尚未在本市施行。")
    valid_until = models.DateField("废止日期", null=True, blank=True)
    position = models.PositiveSmallIntegerField("次序", default=100)

    objects = CreditListQuerySet.as_manager()

    class Meta:
        verbose_name = "名单"
        verbose_name_plural = "名单"
        ordering: ClassVar = ["position", "code", "valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], condition=Q(valid_until__isnull=True), name="list_one_present_rule"),
            models.UniqueConstraint(fields=["code", "valid_from"], name="list_rule_begins_once"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | (~Q(basis="") & ~Q(basis_rank="") & ~Q(standard_at="") & Q(review_due__isnull=False)),
                name="list_in_force_is_grounded",
                violation_error_message="没有依据及其位阶、已公布的认定标准和评估日期的名单不能施行。",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | ~Q(nature=Nature.SERIOUS.value)
                | (~Q(basis_rank=Rank.POLICY.value) & Q(consultation_days__isnull=False, consultation_days__gte=rules.CONSULTATION_DAYS)),
                name="list_serious_by_law_and_consulted",
                violation_error_message="严重失信主体名单应依法设立，认定标准应公开征求意见不少于三十日。",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | (Q(valid_from__isnull=False) & Q(valid_until__gte=F("valid_from"))),
                name="list_days_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(nature=Nature.WATCH.value) | Q(publication=Publication.SHARED.value), name="list_watch_is_never_public"
            ),
            models.CheckConstraint(
                condition=~Q(publication=Publication.SHARED.value) | Q(persons=Persons.NEVER.value), name="list_shared_shows_nobody"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def terms(self) -> rules.Terms:
        """Its dates as the rules take them."""
        return rules.Terms(
            name=self.short_name,
            label=self.name,
            basis=self.basis,
            term_months=self.term_months,
            term_from=Start(self.term_from),
            exit_months=self.exit_months,
            exit_from=ExitFrom(self.exit_from),
            may_exit=self.may_exit,
            published=self.publication == Publication.PUBLIC,
        )

    def is_in_force(self, on: date) -> bool:
        """Whether the row holds on a day."""
        return (
            self.valid_from is not None
            and self.valid_from <= on
            and (self.valid_until is None or on <= self.valid_until)
        )


class ListEntryQuerySet(models.QuerySet["ListEntry"]):
    def listed(self, on: date) -> ListEntryQuerySet:
        """Entries that are on their list on a day: its first and its last included; the day of an early end is no longer one."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
            Q(ended_on__isnull=True) | Q(ended_on__gt=on),
            entered_on__lte=on,
        )

    def of(self, subject: Subject) -> ListEntryQuerySet:
        """Entries of a subject, and of those that were merged into it."""
        return self.filter(subject_id__in=merged_with(subject))

    def on_list(self, code: str) -> ListEntryQuerySet:
        """Entries of a list, under whichever of its rules."""
        return self.filter(credit_list__code=code)

    def of_nature(self, *natures: Nature) -> ListEntryQuerySet:
        """Entries of lists of these natures."""
        return self.filter(credit_list__nature__in=[each.value for each in natures])

    def past_term(self, on: date) -> ListEntryQuerySet:
        """Entries that nobody has ended though their last day has passed: what the sweep takes."""
        return self.filter(ended_on__isnull=True, ends_on__lt=on)


class ListEntry(models.Model):
    """One subject on one list by one decision; what was said stands in the record, the days here."""

    record = models.OneToOneField(
        CreditRecord, verbose_name="信用记录", on_delete=models.PROTECT, related_name="listentry"
    )
    credit_list = models.ForeignKey(CreditList, verbose_name="名单", on_delete=models.PROTECT, related_name="entries")
    subject = models.ForeignKey(
        Subject, verbose_name="主体", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    document_number = models.CharField("列入决定文书号", max_length=128)
    entered_on = models.DateField("列入日期")
    starts_on = models.DateField("期限起算日")
    months = models.PositiveSmallIntegerField("决定的期限（月）", null=True, blank=True, help_text="留空按名单的期限。")
    ends_on = models.DateField("期限届满日", null=True, blank=True)
    performed_on = models.DateField("纠正、履行完毕日期", null=True, blank=True)
    attached_until = models.DateField("所附禁止、限制期限至", null=True, blank=True)
    ended_on = models.DateField("移出日期", null=True, blank=True)
    ended_way = models.CharField("移出方式", max_length=10, blank=True, choices=choices(rules.WAY_LABELS))
    ended_document = models.CharField("移出文书号", max_length=128, blank=True)
    ended_why = models.CharField("移出原因", max_length=300, blank=True)
    end_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="提出移出的人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    end_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="确认移出的人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    case = models.ForeignKey(
        Case, verbose_name="认定案件", null=True, blank=True, on_delete=models.PROTECT, related_name="list_entries"
    )
    named_with = models.ForeignKey(
        "self", verbose_name="随何者列入", null=True, blank=True, on_delete=models.PROTECT, related_name="persons"
    )
    updated_at = models.DateTimeField("更新时间", default=timezone.now)

    objects = ListEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "名单条目"
        verbose_name_plural = "名单条目"
        ordering: ClassVar = ["-entered_on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["subject", "credit_list"], name="entry_of_subject"),
            models.Index(fields=["credit_list", "-entered_on", "-id"], name="entry_newest_of_list"),
            models.Index(fields=["ends_on", "id"], name="entry_to_end", condition=Q(ended_on__isnull=True)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(ended_on__isnull=True) & Q(ended_way="")) | (Q(ended_on__isnull=False) & ~Q(ended_way="")),
                name="entry_ended_in_a_way",
            ),
            models.CheckConstraint(condition=Q(starts_on__gte=F("entered_on")), name="entry_starts_when_listed"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="entry_ends_after_its_start"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("entered_on")), name="entry_ended_after_listing"
            ),
            models.CheckConstraint(
                condition=~Q(ended_way__in=sorted(way.value for way in rules.BY_TWO))
                | (
                    Q(end_asked_by__isnull=False)
                    & Q(end_confirmed_by__isnull=False)
                    & ~Q(end_asked_by=F("end_confirmed_by"))
                    & ~Q(ended_document="")
                ),
                name="entry_lowered_by_two_with_a_document",
                violation_error_message="提前移出应有文书，并由两人办理。",
            ),
            models.CheckConstraint(
                condition=Q(named_with__isnull=True) | Q(case__isnull=False), name="entry_person_named_by_a_decision"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.credit_list} {self.document_number}"

    def stands_on(self, on: date) -> bool:
        """Whether the entry is on its list on a day: the same as `listed`."""
        begun = self.entered_on <= on
        return begun and (self.ends_on is None or on <= self.ends_on) and (self.ended_on is None or on < self.ended_on)

    @property
    def way(self) -> Way | None:
        """How it ended."""
        return Way(self.ended_way) if self.ended_way else None
