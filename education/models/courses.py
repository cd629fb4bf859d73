"""Key groups, courses in versions, lessons with their files, the question bank."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.models.attachments import StoredFile
from credit_platform.accounts.models import Department
from credit_platform.editions.models import DatedQuerySet, days_in_order
from education.rules import courses as rules
from education.rules.papers import BankQuestion


class KeyGroupQuerySet(DatedQuerySet["KeyGroup"]):
    """Groups with days in force."""


class KeyGroup(models.Model):
    """A key group of persons with the department that leads its education; `certainty` says how sure that is."""

    code = models.CharField("代码", max_length=20, unique=True)
    name = models.CharField("重点职业人群", max_length=60)
    lead = models.CharField("牵头单位", max_length=100, blank=True)
    basis = models.CharField("依据", max_length=200)
    certainty = models.CharField("确定程度", max_length=200, blank=True)
    valid_from = models.DateField("施行日期")
    valid_until = models.DateField("废止日期", null=True, blank=True)

    objects = KeyGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "重点职业人群"
        verbose_name_plural = "重点职业人群"
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [days_in_order("key_group_days_in_order")]

    def __str__(self) -> str:
        return self.name


class Course(models.Model):
    """What stays of a course through its versions: its address, its title, for whom, who answers for it."""

    code = models.SlugField("课程代码", max_length=40, unique=True)
    title = models.CharField("课程名称", max_length=100)
    audience = models.CharField("对象", max_length=10, choices=rules.AUDIENCE_CHOICES)
    group = models.ForeignKey(
        KeyGroup, verbose_name="重点职业人群", null=True, blank=True, on_delete=models.PROTECT, related_name="courses"
    )
    occasions = ArrayField(models.CharField(max_length=12), verbose_name="提供环节", default=list, blank=True)
    department = models.ForeignKey(Department, verbose_name="责任单位", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "课程"
        verbose_name_plural = "课程"
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(audience="group", group__isnull=False) | (~Q(audience="group") & Q(group__isnull=True)),
                name="course_of_a_group_names_it",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def occasion_words(self) -> str:
        """When it is offered, in words."""
        return "、".join(rules.OCCASION_LABELS[rules.Occasion(each)] for each in self.occasions)


class CourseVersionQuerySet(models.QuerySet["CourseVersion"]):
    def published(self) -> CourseVersionQuerySet:
        """What can be learned today."""
        return self.filter(state=rules.State.PUBLISHED)

    def shown(self) -> CourseVersionQuerySet:
        """What the public may read: published, or once published."""
        return self.filter(state__in=(rules.State.PUBLISHED, rules.State.RETIRED))


class CourseVersion(models.Model):
    """One version. Once submitted it is not edited; once published it is never rewritten."""

    course = models.ForeignKey(Course, verbose_name="课程", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版次")
    summary = models.TextField("课程简介", max_length=1000)
    minutes = models.PositiveSmallIntegerField("学时（分钟）")
    drawn = models.PositiveSmallIntegerField("每卷题数")
    pass_percent = models.PositiveSmallIntegerField("合格比例（%）", default=rules.PASS_PERCENT)
    attempts = models.PositiveSmallIntegerField("连续考试次数", default=rules.ATTEMPTS)
    pause_hours = models.PositiveSmallIntegerField("间隔（小时）", default=rules.PAUSE_HOURS)
    valid_months = models.PositiveSmallIntegerField("证书有效期（月）", default=24)
    basis = models.CharField("依据", max_length=200)
    state = models.CharField("状态", max_length=10, choices=rules.STATE_CHOICES, default=rules.State.DRAFT.value)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="编写人", on_delete=models.PROTECT, related_name="+"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="送审人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="审核人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = models.CharField("审核意见", max_length=500, blank=True)
    published_on = models.DateField("启用日期", null=True, blank=True)
    retired_on = models.DateField("停用日期", null=True, blank=True)
    version = models.PositiveIntegerField("修改次数", default=1)

    objects = CourseVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "课程版本"
        verbose_name_plural = "课程版本"
        ordering: ClassVar = ["course", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course", "number"], name="course_version_number"),
            models.UniqueConstraint(
                fields=["course"], condition=Q(state="published"), name="course_version_published_once"
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("drafted_by")),
                name="course_version_checked_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | Q(submitted_by__isnull=True) | ~Q(checked_by=F("submitted_by")),
                name="course_version_submitter_does_not_check",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("published", "retired")) | Q(checked_by__isnull=False, published_on__isnull=False),
                name="course_version_published_was_checked",
            ),
            models.CheckConstraint(
                condition=Q(drawn__gte=1, pass_percent__gte=1, pass_percent__lte=100, attempts__gte=1, minutes__gte=1),
                name="course_version_numbers_make_sense",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.course.title}（第{self.number}版）"

    @property
    def tone(self) -> str:
        """The colour of its state on pages."""
        return rules.TONES[rules.State(self.state)]

    @property
    def rule_words(self) -> str:
        """How one passes, in a sentence."""
        pause = f"连续{self.attempts}次未通过的，{self.pause_hours}小时后可以再考"
        return f"每卷{self.drawn}题，答对{self.pass_percent}%以上为合格；{pause}。"

    def bank(self) -> list[BankQuestion]:
        """The questions as rules read them."""
        return [each.as_rule() for each in self.questions.all()]


class Lesson(models.Model):
    """A page of a course."""

    version = models.ForeignKey(
        CourseVersion, verbose_name="课程版本", on_delete=models.PROTECT, related_name="lessons"
    )
    position = models.PositiveSmallIntegerField("次序")
    title = models.CharField("课时名称", max_length=100)
    text = models.TextField("正文", max_length=20000)

    class Meta:
        verbose_name = "课时"
        verbose_name_plural = "课时"
        ordering: ClassVar = ["version", "position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "position"], name="lesson_position")]

    def __str__(self) -> str:
        return self.title


class Material(StoredFile):
    """A film, a picture or a paper that belongs to a lesson. Public as soon as its version is."""

    lesson = models.ForeignKey(Lesson, verbose_name="课时", on_delete=models.PROTECT, related_name="materials")

    class Meta(StoredFile.Meta):
        verbose_name = "课程资料"
        verbose_name_plural = "课程资料"

    @property
    def is_film(self) -> bool:
        """Whether a browser plays it."""
        return self.media_type.startswith("video/")

    @property
    def is_picture(self) -> bool:
        """Whether a browser shows it in the text."""
        return self.media_type.startswith("image/")


class Question(models.Model):
    """A question of the bank of a version; `right` are the numbers of its right options, from 1."""

    version = models.ForeignKey(
        CourseVersion, verbose_name="课程版本", on_delete=models.PROTECT, related_name="questions"
    )
    text = models.CharField("题干", max_length=500)
    options = ArrayField(models.CharField(max_length=200), verbose_name="选项")
    right = ArrayField(models.PositiveSmallIntegerField(), verbose_name="正确选项")
    added_at = models.DateTimeField("录入时间", default=timezone.now)

    class Meta:
        verbose_name = "试题"
        verbose_name_plural = "试题"
        ordering: ClassVar = ["version", "pk"]

    def __str__(self) -> str:
        return self.text

    def as_rule(self) -> BankQuestion:
        """The question as rules read it."""
        return BankQuestion(str(self.pk), self.text, tuple(self.options), frozenset(each - 1 for each in self.right))

    @property
    def right_words(self) -> str:
        """The right options as they are typed."""
        return ",".join(map(str, self.right))
