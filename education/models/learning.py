"""Who learns: companies, and persons under a code; packs for new staff; tests; certificates."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from companies.models import CompanyAccount
from education.models.courses import Course, CourseVersion
from education.rules import certificates as rules
from records.models import Subject


class StaffPack(models.Model):
    """Courses that a firm hands to its new staff (no. 5: 入职诚信教育); whoever has the code may join."""

    account = models.ForeignKey(CompanyAccount, verbose_name="发起账户", on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    title = models.CharField("名称", max_length=60)
    code = models.CharField("加入码", max_length=12, unique=True)
    courses = models.ManyToManyField(Course, verbose_name="课程", related_name="packs", through="PackCourse")
    made_at = models.DateTimeField("建立时间", default=timezone.now)
    closed_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "入职教育包"
        verbose_name_plural = "入职教育包"
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.title


class PackCourse(models.Model):
    """A course of a pack."""

    pack = models.ForeignKey(StaffPack, on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["pack", "course"], name="pack_course_once")]

    def __str__(self) -> str:
        return f"{self.pack_id} {self.course_id}"


class Learner(models.Model):
    """A company account that learns for its subject, or a person under a code.

    `identity` tells who it is: the keyed hash of the person's number, or the account. Name and number of a person are sealed.
    """

    identity = models.CharField("身份摘要", max_length=80, db_index=True)
    account = models.OneToOneField(
        CompanyAccount, verbose_name="账户", null=True, blank=True, on_delete=models.PROTECT, related_name="learner"
    )
    subject = models.ForeignKey(
        Subject, verbose_name="主体", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    pack = models.ForeignKey(
        StaffPack, verbose_name="入职教育包", null=True, blank=True, on_delete=models.PROTECT, related_name="learners"
    )
    name_cipher = models.BinaryField("姓名（加密）", null=True, blank=True)
    name_masked = models.CharField("姓名（隐去）", max_length=40)
    id_cipher = models.BinaryField("证件号码（加密）", null=True, blank=True)
    id_tail = models.CharField("证件号码末四位", max_length=4, blank=True)
    code_digest = models.CharField("学习码摘要", max_length=64, null=True, blank=True, unique=True)
    enrolled_at = models.DateTimeField("登记时间", default=timezone.now)

    class Meta:
        verbose_name = "学员"
        verbose_name_plural = "学员"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(account__isnull=False, subject__isnull=False, id_cipher__isnull=True)
                | Q(account__isnull=True, subject__isnull=True, id_cipher__isnull=False, code_digest__isnull=False),
                name="learner_is_a_company_or_a_person",
            )
        ]

    def __str__(self) -> str:
        return self.name_masked


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def of(self, learner: Learner) -> AttemptQuerySet:
        """All attempts of whoever this is, under whichever code."""
        return self.filter(learner__identity=learner.identity)

    def open(self) -> AttemptQuerySet:
        """Papers that were not handed in."""
        return self.filter(ended_at__isnull=True)


class Attempt(models.Model):
    """A test: the paper as it was drawn, sealed by its digest; the table only grows, and its end is written once."""

    learner = models.ForeignKey(Learner, verbose_name="学员", on_delete=models.PROTECT, related_name="attempts")
    course_version = models.ForeignKey(
        CourseVersion, verbose_name="课程版本", on_delete=models.PROTECT, related_name="sittings"
    )
    nonce = models.CharField("随机数", max_length=32)
    paper = models.JSONField("试卷")
    paper_digest = models.CharField("试卷摘要", max_length=64)
    begun_at = models.DateTimeField("开始时间")
    answers = models.JSONField("作答", null=True, blank=True)
    ended_at = models.DateTimeField("交卷时间", null=True, blank=True)
    right = models.PositiveSmallIntegerField("答对题数", null=True, blank=True)
    passed = models.BooleanField("合格", null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = "考试"
        verbose_name_plural = "考试"
        ordering: ClassVar = ["begun_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["learner", "course_version"], condition=Q(ended_at__isnull=True), name="attempt_one_open"
            ),
            models.UniqueConstraint(
                fields=["learner", "course_version"], condition=Q(passed=True), name="attempt_passed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"考试 {self.pk}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def counted(self) -> CertificateQuerySet:
        """Certificates that were not revoked, run out or not."""
        return self.exclude(state=rules.State.REVOKED)


class Certificate(models.Model):
    """What a passed test leads to. `printed` is every field that stands on it, as it was issued."""

    number = models.CharField("证书编号", max_length=20, unique=True)
    code = models.CharField("校验码", max_length=8)
    attempt = models.OneToOneField(Attempt, verbose_name="考试", on_delete=models.PROTECT, related_name="certificate")
    learner = models.ForeignKey(Learner, verbose_name="学员", on_delete=models.PROTECT, related_name="certificates")
    course_version = models.ForeignKey(
        CourseVersion, verbose_name="课程版本", on_delete=models.PROTECT, related_name="certificates"
    )
    printed = models.JSONField("证书内容")
    issued_on = models.DateField("发证日期")
    valid_until = models.DateField("有效期至")
    state = models.CharField("状态", max_length=10, choices=rules.STATE_CHOICES, default=rules.State.VALID.value)
    challenged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="提出撤销人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="撤销复核人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.CharField("撤销原因", max_length=300, blank=True)
    revoked_on = models.DateField("撤销日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "培训证书"
        verbose_name_plural = "培训证书"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["learner", "course_version"], name="certificate_once"),
            models.CheckConstraint(
                condition=Q(revoked_by__isnull=True) | ~Q(revoked_by=F("challenged_by")),
                name="certificate_revoked_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="revoked")
                | (Q(challenged_by__isnull=False, revoked_by__isnull=False, revoked_on__isnull=False) & ~Q(reason="")),
                name="certificate_revoked_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def word_on(self, on: date) -> tuple[str, str]:
        """How it reads on a day, and its tone."""
        return rules.word_on(rules.State(self.state), self.valid_until, on)
