"""A call of an agency: registered before anything is read, refused at once when the authorisation was taken back."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import ApiClient
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.audit.looks import Particulars
from credit_platform.errors import Forbidden, Refused, refuse, required
from industry.agencies import rules
from industry.agencies.models import Agency, AgencyGrant
from industry.agencies.queries import agency_of_client, grant_in_force, used_today
from lookups.actions.asking import answered
from lookups.actions.keeping import AtWindow
from lookups.models import Authorisation, Purpose, Query
from lookups.queries.sheet import Sheet, sheet_of
from lookups.rules.questions import Authority
from records.identifiers.clean import clean_code
from records.models import Subject
from records.queries import canonical

WAY = "agencies.call"


def call(code: str, *, matter: str, by: ApiClient) -> tuple[Query, Sheet]:
    """What a registered agency may read of the subject with a code, under the authorisation that this subject gave.

    The row of the register and the entry of the audit are committed before anything is read; a refused call has them too, and the subject
    sees it. Raises Forbidden for a key that is no agency's, Refused with the reason. 征信业管理条例 art. 18; 哈政办规〔2020〕12号 nos. 33, 37.
    """
    policy.require(by, rules.READ)
    refuse(required(matter, "matter", "请填写查询事由。", rule="agencies.matter", most=100))
    agency = agency_of_client(by)
    if agency is None:
        raise Forbidden("agencies.nobody", "该密钥不属于已登记的信用服务机构。")
    subject = _subject(code)
    with acting(by):
        _one_at_a_time(agency)
        on = timezone.localdate()
        paper = grant_in_force(agency, subject, on)
        known = rules.Call(agency.is_current(on), paper is not None, used_today(agency, on), agency.quota)
        why = rules.against_call(known)
        query = _registered(agency, subject, paper, matter, why, by)
    if why:
        raise Refused("agencies.call", why, mend="每次查询（含未予查询的）均已登记，被查询主体可以看到。")
    sheet = sheet_of(query, subject, timezone.localdate())
    answered(query, sheet.results)
    return query, sheet


def _registered(
    agency: Agency, subject: Subject, grant: AgencyGrant | None, matter: str, why: str, by: ApiClient
) -> Query:
    paper: Authorisation | None = grant.authorisation if grant else None
    purpose = paper.purpose if paper else Purpose.objects.filter(code=rules.PURPOSE).latest("valid_from")
    at = AtWindow(
        purpose=purpose,
        authority=Authority.AUTHORISED,
        authorisation=paper,
        visitor=agency.subject.name[:60],
        window=None,
        told_from=None,
        token=None,
    )
    told = Particulars(subject_id=subject.pk, matter=matter.strip(), answered=False, refused=why, more=at)
    entry = audit.look(
        WAY,
        by=by,
        subject_ref=subject.code or "",
        purpose=purpose.name,
        fields=purpose.opens_text,
        unit_id=by.department_id,
        basis=paper.number if paper else "",
        particulars=told,
    )
    return Query.objects.get(entry=entry.pk)


def _subject(code: str) -> Subject:
    found = Subject.objects.with_public_page().filter(code=clean_code(code)).first()
    if found is None:
        merged = Subject.objects.filter(code=clean_code(code), merged_into__isnull=False).first()
        if merged is None:
            raise Refused(
                "agencies.subject",
                "登记信息中没有这个统一社会信用代码。",
                mend="请核对18位代码；自然人不能由机构查询。",
            )
        found = canonical(merged)
    return found


def _one_at_a_time(agency: Agency) -> None:
    """The quota is a number of calls: two at once must not both be the last."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"agency:{agency.pk}"])
