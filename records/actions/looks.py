"""Looks at what is not public. Each is registered before anything is shown; what cannot be registered is not shown."""

from __future__ import annotations

from credit_platform import sealing
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.audit.looks import Particulars
from credit_platform.errors import Refused
from credit_platform.sealing import Sealed
from records.identifiers import idcard
from records.identifiers.clean import clean_code
from records.models import CreditRecord, Subject, SubjectKind
from records.queries.search import subject_by_person_number
from records.sealed_places import number_of

ARTICLE = "《个人信息保护法》第五十一条、第五十五条"


def see_person_number(
    seen: CreditRecord | Subject, *, by: Actor, purpose: str, field: str = "", case_number: str = ""
) -> str:
    """The whole personal number of a record's field, or of a natural person, in plain: for this answer only, never to be kept.

    Reviewers of the department that entered the record (for a subject: of one that entered any of its records) and the city credit
    office may. The look is registered first; Refused without a purpose or when there is no number.
    """
    with acting(by):
        policy.require(by, "records.person_number.see", _unit(seen, by))
        token = _sealed(seen, field)
        audit.look(
            "records.person_number.see",
            by=by,
            subject_ref=reference(seen.subject if isinstance(seen, CreditRecord) else seen),
            purpose=purpose,
            fields=field or "id_number",
            results=1,
            unit_id=_unit(seen, by),
            basis=f"记录 {seen.pk}" if isinstance(seen, CreditRecord) else "",
            particulars=Particulars(case_number=case_number),
        )
    return number_of(token) if isinstance(token, Subject) else sealing.open_sealed(token)


def look_profile(
    subject: Subject, *, by: Actor, purpose: str, fields: str = "shared", results: int = 0, case_number: str = ""
) -> None:
    """Register that somebody looks at the shared data of a subject that other departments entered (trap 52), or at a person's file.

    `results`: how many records are shown. Forbidden without `records.view_shared`; Refused without a purpose.
    """
    with acting(by):
        policy.require(by, "records.view_shared")
        audit.look(
            "subject.profile",
            by=by,
            subject_ref=reference(subject),
            purpose=purpose,
            fields=fields,
            results=results,
            particulars=Particulars(subject_id=subject.pk, case_number=case_number),
        )


def find_person(number: str, *, by: Actor, purpose: str, case_number: str = "") -> Subject | None:
    """The natural person with exactly this number, else the subject that has it among its numbers (the tax number of a sole trader);
    the search is registered with its purpose also when nobody is found (trap 52).

    The register keeps the mask of the number only. Forbidden without `records.view_shared`; Refused for an incomplete number.
    """
    normal = clean_code(number)
    if len(normal) == 15 and normal.isdigit():
        normal = idcard.upgrade(normal)
    with acting(by):
        policy.require(by, "records.view_shared")
        if len(normal) < 8:
            raise Refused("person.number", "请填写完整的证件号码。")
        found = subject_by_person_number(normal)
        audit.look(
            "subject.find_person",
            by=by,
            subject_ref=idcard.mask_id(normal),
            purpose=purpose,
            fields="id_number",
            results=int(found is not None),
            particulars=Particulars(subject_id=found.pk if found else None, number=normal, case_number=case_number),
        )
    return found


def reference(subject: Subject) -> str:
    """How the register of looks names a subject: its code, or the number of its file; never a personal number."""
    return subject.code or f"档案{subject.pk}"


def _unit(seen: CreditRecord | Subject, by: Actor) -> int | None:
    if isinstance(seen, CreditRecord):
        return seen.source_department_id
    sources = CreditRecord.objects.filter(subject=seen).values_list("source_department_id", flat=True).distinct()
    own = next((unit for unit in sources if policy.allows(by, "records.person_number.see", unit)), None)
    return own or sources.first()


def _sealed(seen: CreditRecord | Subject, field: str) -> Subject | Sealed:
    if isinstance(seen, CreditRecord):
        value = seen.content.get(field)
        if isinstance(value, dict) and value.get("sealed"):
            return Sealed(sealed=value["sealed"], hash=value["hash"], masked=value["masked"])
    elif seen.kind == SubjectKind.PERSON and seen.id_cipher:
        return seen
    raise Refused("person.no-number", "没有可查看的证件号码。", article=ARTICLE)
