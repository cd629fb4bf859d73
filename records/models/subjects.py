"""Subjects: who something is said about, with former names and old numbers that lead to the same one."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Substr
from django.utils import timezone

from records.identifiers.regions import region_name


class SubjectKind(models.TextChoices):
    """行政相对人类别 (发改办财金〔2018〕424号)."""

    LEGAL = "legal", "法人及非法人组织"
    SOLE_TRADER = "sole_trader", "个体工商户"
    PERSON = "person", "自然人"


class SubjectQuerySet(models.QuerySet["Subject"]):
    def unmerged(self) -> SubjectQuerySet:
        """Subjects that were not merged into another."""
        return self.filter(merged_into__isnull=True)

    def with_public_page(self) -> SubjectQuerySet:
        """Organisations and sole traders with a code of their own; natural persons never have a public page."""
        return self.unmerged().filter(code__isnull=False).exclude(kind=SubjectKind.PERSON)


class Subject(models.Model):
    """A legal person, other organisation, sole trader or natural person; the code is its address."""

    kind = models.CharField("主体类别", max_length=12, choices=SubjectKind.choices)
    code = models.CharField("统一社会信用代码", max_length=18, null=True, blank=True, unique=True)
    name = models.CharField("名称", max_length=200)
    district = models.CharField("登记地行政区划", max_length=6, blank=True)
    registered_on = models.DateField("成立（登记）日期", null=True, blank=True)
    legal_representative = models.CharField("法定代表人（负责人、经营者）", max_length=100, blank=True)
    operating_status = models.CharField("登记状态", max_length=40, blank=True)
    head = models.ForeignKey(
        "self", verbose_name="所属总机构", null=True, blank=True, on_delete=models.PROTECT, related_name="branches"
    )
    merged_into = models.ForeignKey(
        "self", verbose_name="已并入", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_here"
    )
    id_type = models.CharField("证件类型", max_length=40, blank=True)
    id_cipher = models.BinaryField("证件号码（密文）", null=True, blank=True)
    id_hash = models.CharField("证件号码摘要", max_length=64, null=True, blank=True, unique=True)
    created_at = models.DateTimeField("建档时间", default=timezone.now)
    updated_at = models.DateTimeField("更新时间", default=timezone.now)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = "信用主体"
        verbose_name_plural = "信用主体"
        indexes: ClassVar = [
            models.Index(fields=["district", "id"], name="subject_district"),
            # The organisation code inside the credit code: rows of old lists have nothing else.
            models.Index(Substr("code", 9, 9), name="subject_code_org_part", condition=Q(code__isnull=False)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind="person") | Q(code__isnull=True), name="subject_person_has_no_code"
            ),
            models.CheckConstraint(
                condition=Q(kind="person") | Q(id_hash__isnull=True), name="subject_only_person_has_id"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="subject_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(code__isnull=True) | Q(code__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"), name="subject_code_form"
            ),
        ]

    def __str__(self) -> str:
        return self.code or f"主体{self.pk}"

    @property
    def district_name(self) -> str:
        """Where it is registered, in words; empty where the register does not say."""
        return region_name(self.district) if self.district else ""


class SubjectName(models.Model):
    """A present or former name of an organisation or sole trader: the only table that name search reads.

    Natural persons have no row here, so no search by name can reach one.
    """

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="names", db_index=False)
    name = models.CharField("名称", max_length=200)
    normal = models.CharField("检索用名称", max_length=200)
    bigrams = ArrayField(models.CharField(max_length=2), verbose_name="二字片段")
    is_current = models.BooleanField("现用", default=True)
    since = models.DateField("起用日期", null=True, blank=True)
    until = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "主体名称"
        verbose_name_plural = "主体名称"
        indexes: ClassVar = [
            GinIndex(fields=["bigrams"], name="subject_name_bigrams", fastupdate=False),
            models.Index(fields=["normal"], name="subject_name_prefix", opclasses=["varchar_pattern_ops"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "name"], name="subject_name_once"),
            models.UniqueConstraint(fields=["subject"], condition=Q(is_current=True), name="subject_one_current_name"),
        ]

    def __str__(self) -> str:
        return self.name


class SubjectIdentifier(models.Model):
    """An old or secondary number of a subject. Placeholders are never stored here.

    A number that is, or contains, a citizen's (the tax number of many a sole trader) stands here by its keyed hash in small letters, which no
    cleaned code has: nothing but the whole number leads to it, and no search of the public does. `cipher` keeps it, `masked` is what
    staff may see.
    """

    class Kind(models.TextChoices):
        FORMER_CODE = "former_code", "原统一社会信用代码"
        REG_NO = "reg_no", "工商注册号"
        ORG_CODE = "org_code", "组织机构代码"
        TAX_NO = "tax_no", "税务登记号"
        INSTITUTION_NO = "institution_no", "事业单位证书号"
        SOCIAL_NO = "social_no", "社会组织登记证号"

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField("号码种类", max_length=16, choices=Kind.choices)
    value = models.CharField("号码", max_length=80)
    masked = models.CharField("遮盖后的号码", max_length=60, blank=True, default="", db_default="")
    cipher = models.BinaryField("号码（密文）", null=True, blank=True)

    class Meta:
        verbose_name = "主体号码"
        verbose_name_plural = "主体号码"
        indexes: ClassVar = [models.Index(fields=["value", "kind"], name="subject_identifier_value")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "kind", "value"], name="subject_identifier_once")
        ]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """The number as staff may see it."""
        return self.masked if self.cipher else self.value


class CodeExemption(models.Model):
    """A code that fails the check digit and is real all the same, with the evidence (e.g. early codes of Xiamen)."""

    code = models.CharField("统一社会信用代码", max_length=18, unique=True)
    evidence = models.CharField("证明材料", max_length=300)
    added_by = models.CharField("登记人", max_length=100)
    added_at = models.DateTimeField("登记时间", default=timezone.now)

    class Meta:
        verbose_name = "校验例外代码"
        verbose_name_plural = "校验例外代码"

    def __str__(self) -> str:
        return self.code
