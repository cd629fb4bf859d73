"""Who learns: a company by its account, a person under a code that is shown once; packs that a firm hands to its staff."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence

from django.utils import timezone

from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform import sealing
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, Level, Refused, at_field, refuse, required
from credit_platform.pg import next_id
from education.actions.base import LEARN
from education.models import Course, Learner, PackCourse, StaffPack
from education.rules import certificates as rules
from education.sealed_places import sealed_name, sealed_number
from records.identifiers import idcard
from records.identifiers.names import mask_person_name

PACK_CODE = 10
"""Characters of the code of a pack."""


def enrol(*, name: str, number: str, pack: StaffPack | None = None) -> tuple[Learner, str]:
    """A person learns: the learner and the learning code, which is kept as a digest only and cannot be told again.

    Name and number are sealed. Who enrols twice is one learner for counting attempts. Raises Refused for a blank name and a number that
    is none (GB 11643-1999), Conflict for a pack that was closed.
    """
    result = idcard.check(number, on=timezone.localdate())
    wrong = [at_field("education.number", "number", each.text) for each in result.findings if each.level is Level.ERROR]
    refuse([*required(name, "name", "请填写姓名。", rule="education.name", most=40), *wrong])
    code = rules.code(secrets.choice, rules.LEARNING_CODE)
    with acting(SYSTEM):
        if pack is not None and StaffPack.objects.filter(pk=pack.pk, closed_on__isnull=False).exists():
            raise Conflict("education.pack", "这个入职教育包已经停用。", mend="请向提供单位询问。")
        key = next_id(Learner)
        learner = Learner.objects.create(
            pk=key,
            identity=_identity(result.normal),
            pack=pack,
            name_cipher=sealed_name(name.strip(), key),
            name_masked=mask_person_name(name.strip()),
            id_cipher=sealed_number(result.normal, key),
            id_tail=result.normal[-4:],
            code_digest=digest(code),
        )
        audit.record("education.enrol", learner, by=SYSTEM, after={"pack": pack.pk if pack else None})
    return learner, code


def learner_of(account: CompanyAccount) -> Learner:
    """The learner of a company account, made at its first test. Raises Forbidden for an account that is not active."""
    with acting(account):
        policy.require(account, LEARN)
        subject = canonical_subject(account)
        row, made = Learner.objects.get_or_create(
            account=account,
            defaults={
                "identity": f"account:{account.pk}",
                "subject": subject,
                "name_masked": mask_person_name(account.handler),
            },
        )
        if made:
            audit.record("education.enrol", row, by=account, after={"subject": subject.pk})
    return row


def make_pack(*, title: str, courses: Sequence[Course], by: CompanyAccount) -> StaffPack:
    """A pack of courses for a firm's new staff, with the code to join. Raises Refused without title or courses, Forbidden."""
    with acting(by):
        policy.require(by, LEARN)
        refuse(required(title, "title", "请填写名称。", rule="education.title", most=60))
        if not courses:
            raise Refused("education.courses", "请至少选择一门课程。")
        row = StaffPack.objects.create(
            account=by,
            subject=canonical_subject(by),
            title=title.strip(),
            code=rules.code(secrets.choice, PACK_CODE),
        )
        for course in courses:
            PackCourse.objects.create(pack=row, course=course)
        audit.record("education.pack", row, by=by, after={"courses": [each.code for each in courses]})
    return row


def close_pack(pack: StaffPack, *, by: CompanyAccount) -> StaffPack:
    """Nobody joins any more; who has joined goes on. Raises Forbidden for another company's, Conflict when it was closed."""
    with acting(by):
        policy.require(by, LEARN)
        row = StaffPack.objects.select_for_update().get(pk=pack.pk)
        if row.subject_id not in {by.subject_id, canonical_subject(by).pk}:
            raise Forbidden("education.own", "只能办理本单位的入职教育包。")
        if row.closed_on is not None:
            raise Conflict("education.pack", "这个入职教育包已经停用。")
        row.closed_on = timezone.localdate()
        row.save(update_fields=["closed_on"])
        audit.record("education.pack_close", row, by=by)
    return row


def digest(code: str) -> str:
    """What is kept of a learning code: it is chance alone, so a plain SHA-256 tells nothing."""
    return hashlib.sha256(code.strip().upper().encode()).hexdigest()


def _identity(number: str) -> str:
    """The keyed hash of a number: the one that a learner of any of the given keys already has, else the current one."""
    hashes = sealing.number_hashes(number)
    known = Learner.objects.filter(identity__in=hashes).values_list("identity", flat=True).first()
    return known or hashes[0]
