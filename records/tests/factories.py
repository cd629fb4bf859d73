"""Subjects, catalogue, records and drafts, one factory per kind or state; all invented, all numbers with right check signs."""

from __future__ import annotations

import datetime

import factory
from django.utils import timezone

from credit_platform import sealing
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, DepartmentFactory
from credit_platform.editions.rules import EditionState
from records import rules
from records.identifiers import docnumber, idcard, names, orgcode, regno, uscc
from records.ledger_rules import content_hash
from records.models import (
    CatalogueEntry,
    CatalogueItem,
    CatalogueVersion,
    CodeExemption,
    CreditRecord,
    EntryDraft,
    MergeCase,
    Subject,
    SubjectIdentifier,
    SubjectKind,
    SubjectName,
)
from records.sealed_places import number_of, sealed_number


def valid_code(number: int, pair: str = "91", area: str = "230102") -> str:
    """A credit code with right check signs (GB 11714, GB 32100): 91 firm, 92 sole trader, 11 authority, 51 association."""
    body = f"{number % 10**8:08d}"
    first = pair + area + body + orgcode.make_check_digit(body)
    return first + uscc.make_check_digit(first)


def valid_person_id(number: int, birth: str = "19900307", area: str = "230102") -> str:
    """A number of an identity card with a right check sign (GB 11643)."""
    first = f"{area}{birth}{number % 1000:03d}"
    return first + idcard.make_check_digit(first)


def valid_reg_no(number: int, area: str = "230102") -> str:
    """A registration number of 15 digits with a right check digit."""
    first = f"{area}{number % 10**8:08d}"
    return first + regno.make_check_digit(first)


class SubjectNameFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SubjectName

    name = factory.Sequence(lambda n: f"哈尔滨示例{n}号曾用名有限公司")
    normal = factory.LazyAttribute(lambda made: names.normalise(made.name))
    bigrams = factory.LazyAttribute(lambda made: names.bigrams(made.normal))
    is_current = False


class SubjectIdentifierFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SubjectIdentifier

    kind = SubjectIdentifier.Kind.REG_NO
    value = factory.Sequence(lambda n: valid_reg_no(100000 + n))


class SubjectFactory(factory.django.DjangoModelFactory):
    """A firm with a code and its name in the index of names."""

    class Meta:
        model = Subject
        skip_postgeneration_save = True

    kind = SubjectKind.LEGAL
    code = factory.Sequence(lambda n: valid_code(60000000 + n))
    name = factory.Sequence(lambda n: f"哈尔滨示例第{n}商贸有限公司")
    district = "230102"
    legal_representative = "赵某"

    @factory.post_generation
    def indexed(self, create: bool, extracted: object, **kwargs: object) -> None:
        if create and self.kind != SubjectKind.PERSON:
            SubjectNameFactory(subject=self, name=self.name, is_current=True)


LegalSubjectFactory = SubjectFactory


def mistyped(code: str) -> str:
    """A code of the right form with another check character than it must have."""
    return code[:-1] + ("A" if code[-1] != "A" else "B")


class MistypedSubjectFactory(SubjectFactory):
    """The second file of a firm, made by a code with a slip of the pen: what a merge is for."""

    code = factory.Sequence(lambda n: mistyped(valid_code(62000000 + n)))


class SoleTraderFactory(SubjectFactory):
    kind = SubjectKind.SOLE_TRADER
    code = factory.Sequence(lambda n: valid_code(61000000 + n, "92"))
    name = factory.Sequence(lambda n: f"道里区示例{n}号小吃店")


class CodelessTraderFactory(SoleTraderFactory):
    """A sole trader of before the credit codes: only a registration number."""

    code = None

    @factory.post_generation
    def numbered(self, create: bool, extracted: str | None, **kwargs: object) -> None:
        if create:
            number = {"value": extracted} if extracted else {}
            SubjectIdentifierFactory(subject=self, **number)


class PersonFactory(SubjectFactory):
    """A natural person; give `number` to choose the number of the identity card."""

    class Params:
        number = factory.Sequence(lambda n: valid_person_id(n, birth=f"19{60 + n // 1000 % 40}0307"))

    kind = SubjectKind.PERSON
    code = None
    name = "李某某"
    district = ""
    legal_representative = ""
    id_type = "身份证"
    id_hash = factory.LazyAttribute(lambda made: sealing.number_hash(made.number))
    id_cipher = factory.LazyAttribute(lambda made: sealed_number(made.number)[1])


class CatalogueVersionFactory(factory.django.DjangoModelFactory):
    """The edition in force: one per database."""

    class Meta:
        model = CatalogueVersion
        django_get_or_create = ("code",)

    code = "catalogue-2020"
    name = "示例市公共信用信息目录（2020版）"
    basis = "示例文件"
    state = EditionState.ISSUED
    valid_from = datetime.date(2020, 10, 31)


class DraftVersionFactory(CatalogueVersionFactory):
    code = factory.Sequence(lambda n: f"catalogue-draft-{n}")
    name = "示例市公共信用信息目录（编制中）"
    state = EditionState.DRAFT
    valid_from = datetime.date(2030, 1, 1)


class RepealedVersionFactory(CatalogueVersionFactory):
    code = factory.Sequence(lambda n: f"catalogue-repealed-{n}")
    state = EditionState.REPEALED
    valid_from = datetime.date(2016, 1, 1)
    valid_until = datetime.date(2020, 10, 30)


class CatalogueItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CatalogueItem
        django_get_or_create = ("code",)

    code = "XZCF-2018"
    name = "行政处罚信息"


class CatalogueEntryFactory(factory.django.DjangoModelFactory):
    """Penalties in the edition in force."""

    class Meta:
        model = CatalogueEntry
        django_get_or_create = ("version", "item")

    version = factory.SubFactory(CatalogueVersionFactory)
    item = factory.SubFactory(CatalogueItemFactory)
    category = "administrative"
    subject_kinds = ["legal", "sole_trader", "person"]
    basis = "《行政处罚法》第四十八条"
    visibility = "public"
    cycle = "自作出决定之日起7个工作日内"
    standard = "penalty-2018"
    publication = CatalogueEntry.Publication.SEVEN_WORKDAYS
    nature = CatalogueEntry.Nature.NEGATIVE


PenaltyEntryFactory = CatalogueEntryFactory


class PermitEntryFactory(CatalogueEntryFactory):
    item = factory.SubFactory(CatalogueItemFactory, code="XZXK-2018", name="行政许可信息")
    basis = "《行政许可法》第四十条"
    standard = "permit-2018"
    nature = CatalogueEntry.Nature.NEUTRAL


class RegistrationEntryFactory(CatalogueEntryFactory):
    item = factory.SubFactory(CatalogueItemFactory, code="DJZC", name="登记注册基本信息")
    category = "registration"
    basis = "《市场主体登记管理条例》"
    standard = "registration"
    publication = CatalogueEntry.Publication.ON_ENTRY
    nature = CatalogueEntry.Nature.NEUTRAL


class LocalEntryFactory(CatalogueEntryFactory):
    """An item that the city described itself, without a release of the platform."""

    item = factory.SubFactory(CatalogueItemFactory, code="BD-0001", name="示例补充事项")
    standard = "local"
    publication = CatalogueEntry.Publication.NOT_PUBLISHED
    visibility = "shared"


class CodeExemptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CodeExemption
        django_get_or_create = ("code",)

    code = "91350203M0001FUE2P"
    evidence = "登记机关公示页面截图"
    added_by = "庚系统"


def penalty_content(record: CreditRecord) -> dict[str, object]:
    """The content of a fine of 2,000 yuan under the standard of 2018."""
    subject, authority, source = record.subject, record.authority, record.source_department
    content = {
        "CF_XDR_MC": subject.name,
        "CF_XDR_LB": SubjectKind(subject.kind).label,
        "CF_XDR_SHXYM": subject.code,
        "CF_FRDB": subject.legal_representative,
        "CF_WSH": record.document_number,
        "CF_WFXW": "销售不符合食品安全标准的食品",
        "CF_SY": "当事人销售超过保质期的食品。",
        "CF_YJ": "《食品安全法》第一百二十四条",
        "CF_CFLB": "罚款",
        "CF_NR": "罚款人民币2000元。",
        "CF_NR_FK": "0.2",
        "CF_JDRQ": record.decided_on.isoformat(),
        "CF_YXQ": record.valid_until.isoformat() if record.valid_until else "",
        "CF_CFJG": authority.name,
        "CF_CFJGDM": authority.uscc,
        "CF_SJLY": source.name,
        "CF_SJLYDM": source.uscc,
    }
    if subject.kind == SubjectKind.PERSON:
        content |= {"CF_XDR_ZJLX": subject.id_type, "CF_XDR_ZJHM": _sealed_id(subject)}
        content.pop("CF_FRDB")
    return {name: value for name, value in content.items() if value}


def permit_content(record: CreditRecord) -> dict[str, object]:
    """The content of an ordinary permit under the standard of 2018."""
    subject, authority, source = record.subject, record.authority, record.source_department
    content = {
        "XK_XDR_MC": subject.name,
        "XK_XDR_LB": SubjectKind(subject.kind).label,
        "XK_XDR_SHXYM": subject.code,
        "XK_FRDB": subject.legal_representative,
        "XK_XKWS": "准予行政许可决定书",
        "XK_WSH": record.document_number,
        "XK_XKLB": "普通",
        "XK_NR": "食品经营许可",
        "XK_JDRQ": record.decided_on.isoformat(),
        "XK_YXQZ": record.valid_from.isoformat() if record.valid_from else "",
        "XK_YXQZI": record.valid_until.isoformat() if record.valid_until else "",
        "XK_XKJG": authority.name,
        "XK_XKJGDM": authority.uscc,
        "XK_ZT": "1",
        "XK_LYDW": source.name,
        "XK_LYDWDM": source.uscc,
    }
    if subject.kind == SubjectKind.PERSON:
        content |= {"XK_XDR_ZJLX": subject.id_type, "XK_XDR_ZJHM": _sealed_id(subject)}
        content.pop("XK_FRDB")
    return {name: value for name, value in content.items() if value}


def _sealed_id(subject):
    number = _plain_id(subject)
    return sealing.seal(number, idcard.mask_id(number))


def _plain_id(subject: Subject) -> str:
    return number_of(subject)


class CreditRecordFactory(factory.django.DjangoModelFactory):
    """An active penalty of 2026 with true content."""

    class Meta:
        model = CreditRecord

    subject = factory.SubFactory(SubjectFactory)
    item = factory.SubFactory(CatalogueItemFactory)
    kind = "penalty"
    standard = "penalty-2018"
    authority = factory.SubFactory(DepartmentFactory)
    authority_name = factory.SelfAttribute("authority.name")
    source_department = factory.SelfAttribute("authority")
    title = "销售不符合食品安全标准的食品"
    document_number = factory.Sequence(lambda n: f"示市监罚〔2026〕{n}号")
    document_key = factory.LazyAttribute(lambda made: docnumber.key(made.document_number))
    decided_on = datetime.date(2026, 11, 2)
    valid_until = datetime.date(2027, 11, 2)
    first_compliant_at = factory.LazyFunction(timezone.now)
    content = factory.LazyAttribute(lambda made: penalty_content(made))
    content_hash = factory.LazyAttribute(lambda made: content_hash(made.content))


PenaltyRecordFactory = CreditRecordFactory


class PermitRecordFactory(CreditRecordFactory):
    item = factory.SubFactory(CatalogueItemFactory, code="XZXK-2018", name="行政许可信息")
    kind = "permit"
    standard = "permit-2018"
    title = "食品经营许可"
    document_number = factory.Sequence(lambda n: f"示市监许〔2026〕{n}号")
    valid_from = datetime.date(2026, 11, 2)
    valid_until = datetime.date(2031, 11, 1)
    content = factory.LazyAttribute(lambda made: permit_content(made))


class PersonPenaltyFactory(CreditRecordFactory):
    subject = factory.SubFactory(PersonFactory)


class RevokedRecordFactory(CreditRecordFactory):
    status = rules.RecordStatus.REVOKED
    revoked_on = datetime.date(2026, 11, 20)
    revoked_reason = "行政复议决定撤销"


class UndoneRecordFactory(CreditRecordFactory):
    status = rules.RecordStatus.UNDONE


class EntryDraftFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EntryDraft

    author = factory.SubFactory(ClerkFactory)
    department = factory.SelfAttribute("author.department")
    standard = "penalty-2018"
    data = factory.LazyFunction(lambda: {"CF_WSH": "示市监罚〔2026〕9号"})


class MergeCaseFactory(factory.django.DjangoModelFactory):
    """Proposed and open."""

    class Meta:
        model = MergeCase

    keep = factory.SubFactory(SubjectFactory)
    drop = factory.SubFactory(MistypedSubjectFactory)
    reason = "同一企业换发执照前后重复建档"
    proposed_by = factory.SubFactory(ClerkFactory)


class MergedCaseFactory(MergeCaseFactory):
    state = rules.MergeState.MERGED
    decided_by = factory.SubFactory(CreditOfficeFactory)
    decided_at = factory.LazyFunction(timezone.now)


class DeclinedCaseFactory(MergedCaseFactory):
    state = rules.MergeState.DECLINED


class ReversedCaseFactory(MergedCaseFactory):
    state = rules.MergeState.REVERSED
