"""Publications, files and rows of published lists for tests; everything made up."""

from __future__ import annotations

import csv
import io
from datetime import date

import factory

from credit_platform.accounts.tests.factories import (
    ActingFactory,
    ClerkFactory,
    DepartmentFactory,
    ReviewerFactory,
)
from records.imports.batches import batches, engine
from records.ledger_rules import content_hash
from records.models import ImportBatch
from records.standards import registry
from records.tests.factories import SubjectFactory, valid_code
from sanctions.filed import actions
from sanctions.filed.models import FiledPublication, FiledRow
from sanctions.filed.rules import Answer, PublicationState, RowState, Why
from sanctions.lists.tests.factories import TODAY, SeriousListFactory

LIST = "GB-SHI"


class DraftPublicationFactory(ActingFactory):
    """Registered by a clerk, confirmed by nobody."""

    class Meta:
        model = FiledPublication

    department = factory.SubFactory(DepartmentFactory)
    standard = "filed-general"
    list_code = factory.LazyFunction(lambda: SeriousListFactory(code=LIST).code)
    title = "示例严重失信主体公布名单（2026年第1期）"
    authority_name = "示例公布机关"
    authority_code = factory.LazyFunction(lambda: valid_code(86000001, pair="11", area="110000"))
    document_number = "示公〔2026〕1号"
    published_on = date(2026, 11, 2)
    basis = "《示例条例》第二条"
    published_at = "示例公布机关网站"
    is_full = False
    drafted_by = factory.LazyAttribute(lambda made: ClerkFactory(department=made.department))


class PublicationFactory(DraftPublicationFactory):
    """Confirmed by a reviewer: its files are taken in."""

    state = PublicationState.CONFIRMED.value
    confirmed_by = factory.LazyAttribute(lambda made: ReviewerFactory(department=made.department))
    confirmed_on = TODAY


class ClosedPublicationFactory(PublicationFactory):
    state = PublicationState.CLOSED.value


class DroppedPublicationFactory(DraftPublicationFactory):
    state = PublicationState.DROPPED.value


class WaitingRowFactory(ActingFactory):
    """A row that nobody has looked at."""

    class Meta:
        model = FiledRow

    publication = factory.SubFactory(PublicationFactory)
    department = factory.SelfAttribute("publication.department")
    list_code = factory.SelfAttribute("publication.list_code")
    key = factory.Sequence(lambda n: f"{n:032x}")
    name = factory.Sequence(lambda n: f"哈尔滨示列第{n}商贸有限公司")
    content = factory.LazyFunction(lambda: {"GB_SY": "虚构交易，情节严重。"})
    content_hash = factory.LazyAttribute(lambda made: content_hash(made.content))
    document_number = factory.SelfAttribute("publication.document_number")
    listed_on = factory.SelfAttribute("publication.published_on")
    why = Why.NAME_ONLY.value
    first_batch = 0


def line(number: int, **changes: object) -> dict[str, object]:
    """A line of the general list about a firm with a code."""
    found = {
        "GB_MC": f"哈尔滨示列第{number}商贸有限公司",
        "GB_SHXYM": valid_code(73000000 + number),
        "GB_SY": "虚构交易，情节严重。",
    }
    return {code: value for code, value in (found | changes).items() if value is not None}


def as_csv(rows, standard: str = "filed-general") -> bytes:
    """Lines as a file."""
    labels = {each.code: each.label for each in registry.get(standard).fields}
    names = list(dict.fromkeys(code for row in rows for code in row))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([labels[name] for name in names])
    writer.writerows([[row.get(name, "") for name in names] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def take(publication: FiledPublication, rows, *, name: str = "名单.csv", **options) -> ImportBatch:
    """Bring a file of a publication in by the real importer."""
    given = batches.Options(standard=publication.standard, department=publication.department, **options)
    data = rows if isinstance(rows, bytes) else as_csv(rows, publication.standard)
    batch = batches.receive([data], name, given, by=publication.drafted_by)
    return engine.run(batch.pk)


def subject_of(number: int, **more):
    """The subject of `line(number)`."""
    given = {"code": valid_code(73000000 + number), "name": f"哈尔滨示列第{number}商贸有限公司"}
    return SubjectFactory(**given | more)


def row_in(state: RowState | str, publication: FiledPublication | None = None) -> FiledRow:
    """A row in a state, by the real way there."""
    publication = publication or PublicationFactory()
    if state in (RowState.ENTERED, RowState.REVIEW, RowState.ENDED):
        return _listed(state, publication)
    take(publication, [line(1, GB_SHXYM=None)])
    row = FiledRow.objects.get()
    subject = subject_of(1)
    if state in (RowState.PROPOSED, RowState.ASIDE):
        answer = Answer.SAME if state == RowState.PROPOSED else Answer.NOBODY
        judge(row, answer, subject if answer is Answer.SAME else None)
    if state == RowState.ASIDE:
        actions.confirm(row, by=second(row))
    if state == RowState.UNDONE:
        undo(row.first_batch, publication)
    row.refresh_from_db()
    return row


def _listed(state: RowState | str, publication: FiledPublication) -> FiledRow:
    publication.is_full = True
    publication.save()
    take(publication, [line(1), line(2)])
    row = FiledRow.objects.get(name=line(1)["GB_MC"])
    if state == RowState.REVIEW:
        FiledRow.objects.filter(pk=row.pk).update(state=RowState.REVIEW)
    if state == RowState.ENDED:
        take(publication, [line(2)])
        row.refresh_from_db()
        actions.release(row, document="示移〔2026〕1号", reason="来源单位已移出。", by=second(row))
    row.refresh_from_db()
    return row


def judge(row: FiledRow, answer: Answer, subject=None, *, by=None, until: date = date(2027, 11, 1)):
    """A proposal by a clerk of the row's department."""
    row.refresh_from_db()
    by = by or ClerkFactory(department=row.department)
    return actions.propose(row, answer, subject=subject, reason="已查阅登记档案核对。", until=until, by=by)


def second(row: FiledRow):
    """A reviewer of the row's department."""
    return ReviewerFactory(department=row.department)


def undo(batch_id: int, publication: FiledPublication) -> None:
    """Take a batch back."""
    from records.imports.batches.undo import undo_batch

    undo_batch(ImportBatch.objects.get(pk=batch_id), by=publication.drafted_by, reason="文件有误。")
