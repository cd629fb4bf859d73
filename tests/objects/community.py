"""Courses, certificates and packs of the market bureau."""

from __future__ import annotations

from typing import Any

from casework.rules.attachments import AttachedFile
from companies.models import CompanyAccount
from credit_platform.accounts.models import User
from education import actions
from education.models import Material
from education.rules.courses import State
from education.tests import factories
from education.trainings.rules import State as TrainingState
from education.trainings.tests.factories import training_in
from industry.agencies.rules import State as AgencyState
from industry.agencies.tests import factories as agencies
from industry.associations.rules import RecordState
from industry.associations.rules import State as AssociationState
from industry.associations.tests.factories import association_in, record_in
from industry.pilots.tests.factories import pilot_in


def of_education(clerk: User, account: CompanyAccount) -> dict[str, Any]:
    """A published course with a file and a certificate, one that is written, one that waits, and a pack."""
    row = factories.written(clerk.department, by=clerk, code="for-the-table")
    paper = AttachedFile("讲义.pdf", b"%PDF-1.4\n%%EOF\n")
    actions.add_lesson(row, title="第二课", text="讲义见附件。", files=[paper], by=clerk)
    row.refresh_from_db()
    row = actions.submit(row, by=clerk, seen=str(row.version))
    row = actions.publish(row, by=User.objects.get(username="scjgj_sh"), seen=str(row.version))
    draft = factories.written(clerk.department, by=clerk, code="being-written")
    submitted = factories.version_in(State.SUBMITTED, clerk.department, by=clerk, code="waiting")
    certificate = factories.certified(row)
    pack = actions.make_pack(title="新员工", courses=[row.course], by=account)
    return {
        "<course>": row.pk,
        "<course code>": row.course.code,
        "<course file>": Material.objects.get(lesson__version=row).pk,
        "<draft course>": draft.pk,
        "<draft lesson>": draft.lessons.get().pk,
        "<draft question>": draft.questions.first().pk,
        "<submitted course>": submitted.pk,
        "<certificate>": certificate.pk,
        "<certificate number>": certificate.number,
        "<pack>": pack.pk,
        "<pack code>": pack.code,
    }


def of_trainings(clerk: User) -> dict[str, Any]:
    """A session that is announced and one whose attendance waits."""
    announced = training_in(TrainingState.ANNOUNCED, clerk.department)
    held = training_in(TrainingState.HELD, clerk.department)
    return {
        "<training>": announced.pk,
        "<invitation>": announced.invitations.first().pk,
        "<held training>": held.pk,
        "<seat>": held.seats.get().pk,
    }


def of_industry(clerk: User, account: CompanyAccount) -> dict[str, Any]:
    """An agency that reads under an authorisation and is about to be struck, one that applies; an association with a record of a member."""
    office = User.objects.select_related("department").get(username="xyb")
    agency = agencies.connected(agencies.agency_in(AgencyState.REGISTERED, office.department))
    association = association_in(AssociationState.AUTHORISED, clerk.department)
    record = record_in(RecordState.KEPT, association)
    return {
        "<agency>": agency.pk,
        "<agency grant>": agencies.granted(agency, account).pk,
        "<applying agency>": agencies.agency_in(AgencyState.APPLIED, office.department).pk,
        "<agency strike>": agencies.struck_case(agency).pk,
        "<association>": association.pk,
        "<drafted association>": association_in(AssociationState.DRAFTED, clerk.department).pk,
        "<pilot>": pilot_in("running", clerk.department).pk,
        "<proposed pilot>": pilot_in("proposed", clerk.department).pk,
        "<member>": record.member_id,
        "<member record>": record.pk,
    }
