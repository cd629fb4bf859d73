"""Grades that others found, as the ledger brings them: each word of each record is a row, the next one stands beside it.

The ledger's follower: in the transaction of the import, the form or the interface, set-wise, whichever way a record came.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Refused
from records.models import CreditRecord, SubjectKind
from supervision.grading.models import ReceivedGrade
from supervision.grading.queries.registers import Schemes
from supervision.grading.standards import ALL, BASIS, PREFIX

CHUNK = 5000
KINDS = tuple(standard.kind for standard in ALL)


class GradeFollower:
    """The follower registered in AppConfig.ready()."""

    def entered(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """New records bring their grade, revived ones bring theirs back."""
        self._write(record_ids, by=by)

    def changed(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """A corrected record is a new word: what it said before stays beside it."""
        self._write(record_ids, by=by)

    def revoked(self, record_ids: Sequence[int], *, by: Actor, reason: str) -> None:
        """A grade whose record was revoked holds no more."""
        self._gone(record_ids, by=by, reason=reason)

    def may_undo(self, record_ids: Sequence[int]) -> Mapping[int, str]:
        """Nothing here keeps a batch from being taken back."""
        return {}

    def undone(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """The grades of a batch that was taken back hold no more."""
        self._gone(record_ids, by=by, reason="所在导入批次已撤回")

    def moved(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """Records went over to another subject: their grades go with them."""
        holder = CreditRecord.objects.filter(pk=OuterRef("record_id")).values("subject_id")
        with acting(by):
            rows = ReceivedGrade.objects.filter(record_id__in=list(record_ids))
            rows.update(subject_id=Subquery(holder))

    def _write(self, record_ids: Sequence[int], *, by: Actor) -> None:
        schemes = Schemes()
        now = timezone.now()
        with acting(by):
            for records in _chunks(record_ids):
                known = ReceivedGrade.objects.filter(record__in=records)
                known.filter(gone_at__isnull=False).update(gone_at=None)
                last = dict(known.filter(replaced_at__isnull=True).values_list("record_id", "version"))
                fresh = [record for record in records if last.get(record.pk, 0) < record.version]
                known.filter(record__in=fresh, replaced_at__isnull=True).update(replaced_at=now)
                made = ReceivedGrade.objects.bulk_create([_word(each, schemes) for each in fresh], batch_size=CHUNK)
                if made:
                    audit.record("grading.receive", by=by, members=[each.pk for each in made])

    def _gone(self, record_ids: Sequence[int], *, by: Actor, reason: str) -> None:
        with acting(by):
            rows = ReceivedGrade.objects.filter(record_id__in=list(record_ids), gone_at__isnull=True)
            members = list(rows.values_list("pk", flat=True))
            if members:
                rows.update(gone_at=timezone.now())
                audit.record("grading.gone", by=by, members=members, reason=reason)


def _chunks(record_ids: Sequence[int]) -> Iterator[list[CreditRecord]]:
    ids = sorted(set(record_ids))
    for start in range(0, len(ids), CHUNK):
        rows = CreditRecord.objects.active().filter(pk__in=ids[start : start + CHUNK], kind__in=KINDS)
        if found := list(rows.select_related("subject").order_by("pk")):
            yield found


def _word(record: CreditRecord, schemes: Schemes) -> ReceivedGrade:
    """What a record says in its present version. The standard has let it in; a subject that is a person is refused here once more."""
    prefix = PREFIX[record.kind]
    scheme = schemes.on(str(record.content.get(f"{prefix}_FABM", "")), record.decided_on)
    if scheme is None:
        raise Refused(
            "grade.scheme", "评价方案在评价之日没有施行。", mend="请在“评价方案”中查对编码和施行日期。", article=BASIS
        )
    if record.subject.kind == SubjectKind.PERSON:
        raise Refused("grade.nobody", "自然人不评定信用等级，不得录入。", article=BASIS)
    return ReceivedGrade(
        record=record,
        version=record.version,
        subject_id=record.subject_id,
        subject_kind=record.subject.kind,
        scheme=scheme,
        grade=str(record.content.get(f"{prefix}_DJ", "")),
        as_of=record.decided_on,
        valid_until=record.valid_until,
        source=record.authority_name,
    )


follower = GradeFollower()
