"""The table's addresses with true objects in place of its words, for whoever walks over all of them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from casework.actions.supervision import urge
from casework.actions.tips import TipReport
from casework.rules.attachments import AttachedFile
from casework.tests.drawing import announced
from checks.actions.asking import Setting, ask
from checks.rules.questions import Question
from checks.rules.states import Channel
from commitments.breaches.actions import open_reported
from commitments.letters.actions import signing
from commitments.letters.actions.attachments import attach
from commitments.reviews.actions.sampling import SAMPLING
from commitments.tests import cases, signing_factories
from companies.models import CompanyAccount
from companies.tests.factories import ActiveFactory
from credit_platform.accounts.models import User
from credit_platform.audit.models import AuditEntry
from declarations.actions import attach as attach_proof
from declarations.actions import report
from declarations.rules import State
from declarations.tests.factories import in_state
from deliveries.tests.factories import late_case
from disclosure.actions.objections import object_to
from disclosure.models import BulkJob, Disclosure, DisclosureQuerySet
from lookups.tests import factories as lookups
from objections.actions import enter_contest
from objections.tests import factories as objections
from patrols.tests.factories import alarmed
from records.actions import propose_merge
from records.models import CatalogueEntry, CreditRecord, EntryDraft, HeaderMapping, ImportBatch, Subject
from records.tests.factories import MistypedSubjectFactory
from records.tests.imports.samples import as_csv, bring, penalty, person_penalty
from reinspections.tests.factories import looked_again
from repair.tests import factories as repairs
from reports.tests import factories as reports
from supervision.alerts.tests import factories as alerts
from supervision.campaigns.tests import factories as campaigns
from supervision.complaints.tests import factories as complaints
from supervision.grading.tests import factories as grading
from supervision.inspections.models import InspectionPlan, InspectionTask, Recusal, TaskPart
from supervision.inspections.visits.queries.desk import unbegun
from supervision.inspections.visits.tests import factories as visits
from tests import sanctioned
from tests.role_table import ADMIN_PAGES, MODELS, NOBODY, NOT_ADDED, Page

VERBS = ("changelist", "export", "add", "history", "delete", "change", "do")
BARE: dict[str, list[object]] = {"changelist": [], "add": [], "export": ["csv"]}
# Whose the made-up person's record is, is drawn by lot; who may see its number is held by records/tests/test_looks.py.
DRAWN = "records:number"


def _named(clerk: User, number: int) -> Disclosure:
    """What the housing bureau filed in the name of the clerk's authority."""
    other = User.objects.get(username="zjj_lr")
    bring(as_csv([penalty(number, clerk.department)]), f"{number}.csv", other.department, other)
    return Disclosure.objects.of_department(other.department_id).latest("pk")


def objects_of(clerk: User, reviewer: User) -> dict[str, Any]:
    """One object of the market bureau for each word in angle brackets."""
    mine = Disclosure.objects.of_department(clerk.department_id)
    shown = mine.filter(state="published", kind="penalty").first()
    person = _person(clerk)
    first, second = Subject.objects.filter(kind="legal").order_by("pk")[:2]
    double = MistypedSubjectFactory(name=second.name)
    entry = CatalogueEntry.objects.select_related("version", "item").filter(standard="penalty-2018").first()
    imported = _imported(clerk)
    account = ActiveFactory(subject=first, confirmed_by=clerk, confirmed_at=timezone.now() - timedelta(days=7))
    return (
        _promises(clerk)
        | _of_companies(account, clerk, reviewer)
        | sanctioned.objects_of(clerk)
        | imported
        | person
        | {
            "<account>": account.pk,
            "<account receipt>": account.receipt,
            "<entry>": AuditEntry.objects.order_by("pk").values_list("pk", flat=True)[0],
            "<record>": shown.record_id,
            "<subject>": first.pk,
            "<merge>": propose_merge(first, double, by=reviewer, reason="同一主体").pk,
            "<edition>": entry.version.code,
            "<item>": entry.item.code,
            "<draft item>": mine.filter(state="draft", kind="penalty").first().pk,
            "<submitted item>": mine.filter(state="submitted", awaits_confirmation=False).first().pk,
            "<waiting item>": mine.filter(awaits_confirmation=True).first().pk,
            "<shown item>": shown.pk,
            "<public id>": shown.public_id,
            "<code>": first.code,
            "<check>": _check(clerk, first),
            "<credit report>": reports.issued(first, by=clerk).report.number,
            "<report use>": reports.agreed(reports.wanted(first, by=clerk)).number,
            "<foreign report>": reports.taken_in(first, by=clerk).number,
            "<bulk>": _held(reviewer, mine).pk,
            "<named item>": _named(clerk, 9005).pk,
            **_repairs(mine),
            "<patrol alarm>": alarmed().pk,
            **grading.objects_of(),
            "<delivery case>": late_case(
                mine.filter(state="published", on_entry=False).exclude(pk=shown.pk).latest("pk"),
                department=clerk.department,
            ).pk,
            **_objections(clerk, mine),
            **lookups.objects_of(first),
            **_campaigns(clerk),
            "<complaint>": complaints.complaint(clerk.department).pk,
            "<violation report>": complaints.report(clerk.department).pk,
            **_inspections(clerk),
            **alerts.objects_of(shown.record),
            **_visits(clerk),
            "<objection>": object_to(_named(clerk, 9006), by=clerk, reason="本机关未作出该决定。").pk,
        }
    )


def _person(clerk: User) -> dict[str, Any]:
    """A natural person with a record of the clerk's department."""
    bring(as_csv([person_penalty(9003, clerk.department)]), "零.csv", clerk.department, clerk)
    person = CreditRecord.objects.filter(subject__kind="person").latest("pk")
    assert person.source_department == clerk.department
    return {"<person record>": person.pk, "<person>": person.subject_id}


def _imported(clerk: User) -> dict[str, Any]:
    """What comes in: a batch with a bad row in a parcel, a simulation, one that waits for its headers, a header remembered, a form begun."""
    draft = EntryDraft.objects.create(
        token=uuid.uuid4(), author=clerk, department=clerk.department, standard="penalty-2018", data={}
    )
    bad = penalty(9001, clerk.department, CF_JDRQ="2062-01-01")
    good = penalty(9002, clerk.department)
    unknown = as_csv([good]).decode("utf-8-sig").replace("违法事实", "案情").encode()
    made = {
        "<batch>": bring(as_csv([bad]), "一.csv", clerk.department, clerk),
        "<simulation>": bring(as_csv([good]), "二.csv", clerk.department, clerk, simulate=True),
        "<mapping>": bring(unknown, "三.csv", clerk.department, clerk),
    }
    assert [batch.state for batch in made.values()] == ["done", "done", "mapping"]
    parcel = uuid.uuid4()
    ImportBatch.objects.filter(pk=made["<batch>"].pk).update(parcel=parcel)
    header = HeaderMapping.objects.create(department=clerk.department, standard="penalty-2018", header="案情")
    batches = {word: batch.pk for word, batch in made.items()}
    return batches | {"<parcel>": str(parcel), "<draft>": draft.token, "<header>": header.pk}


def _objections(clerk: User, mine: DisclosureQuerySet) -> dict[str, Any]:
    """Objections of subjects to what the bureau published: one that was filed, one that it must verify, one that was answered."""
    item = mine.filter(state="published", kind="penalty").first()
    case, forwarded, answered = (objections.filed(item, claimed=f"应当是另一内容{n}。") for n in range(3))
    contest = {"kind": "lawsuit", "body": "示例法院", "number": "（2026）示行初1号", "begun_on": item.decided_on}
    return {
        "<lodged objection>": objections.lodged(item, claimed="没有账户的异议。").pk,
        "<contest>": enter_contest(item, **contest, by=clerk).pk,
        "<subject objection>": case.pk,
        "<objection evidence>": case.attachments.get().pk,
        "<forwarded objection>": objections.brought_to("forwarded", forwarded).pk,
        "<answered objection>": objections.brought_to("decided", answered).pk,
    }


def _campaigns(clerk: User) -> dict[str, Any]:
    """A campaign that runs, with what was entered about a target and two examples, and one whose list waits."""
    case = campaigns.case_in("running", department=clerk.department)
    target = campaigns.target_of(case)
    handling = campaigns.notified(target)
    return {
        "<campaign>": case.pk,
        "<frozen campaign>": campaigns.case_in("frozen", department=clerk.department).pk,
        "<target>": target.pk,
        "<handling>": handling.pk,
        "<campaign paper>": handling.paper_id,
        "<example>": campaigns.example(case).pk,
        "<public example>": campaigns.example(case, "public").pk,
    }


def _repairs(mine: DisclosureQuerySet) -> dict[str, Any]:
    """Applications for what may be repaired by now: one that came in, one that the bureau must verify, one that was rejected before."""
    ready = mine.filter(state="published", kind="penalty", earliest_repair_on__lte=timezone.localdate()).order_by("pk")
    first, second = ready.exclude(repairs__is_open=True)[:2]
    rejected = repairs.brought_to("rejected", repairs.applied(first, performed_on=first.decided_on))
    case, other = (repairs.applied(item, performed_on=item.decided_on) for item in (first, second))
    return {
        "<repair>": case.pk,
        "<repair proof>": case.attachments.filter(role="proof").get().pk,
        "<accepted repair>": repairs.brought_to("accepted", other).pk,
        "<rejected repair>": rejected.pk,
        "<reinspection>": looked_again(rejected).pk,
        "<repairable>": first.public_id,
    }


def _inspections(clerk: User) -> dict[str, Any]:
    """What the bureau of the demonstration draws: a task that was drawn, one begun, its plan, who inspects."""
    tasks = InspectionTask.objects.filter(department=clerk.department)
    drawn, begun = tasks.filter(state__in=("drawn", "running")).latest("pk"), tasks.filter(state="draft").latest("pk")
    recusal = Recusal.objects.filter(inspector__department=clerk.department).latest("pk")
    return {
        "<drawn task>": drawn.pk,
        "<drawn task number>": drawn.number,
        "<task begun>": begun.pk,
        "<drawn subject>": drawn.objects_drawn.filter(state="assigned").latest("pk").pk,
        "<inspection plan>": InspectionPlan.objects.filter(department=clerk.department).latest("pk").pk,
        "<inspector>": recusal.inspector_id,
        "<recusal>": recusal.pk,
    }


def _visits(clerk: User) -> dict[str, Any]:
    """Visits of the bureau: one that is being made, one whose results wait for review with its photo, and a drawn firm that nobody has visited."""
    entered = visits.case_in("entered", department=clerk.department)
    part = TaskPart.objects.filter(department=clerk.department, task__state__in=("drawn", "running")).latest("pk")
    return {
        "<visit>": visits.case_in("inspecting", department=clerk.department).pk,
        "<entered visit>": entered.pk,
        "<visit photo>": entered.attachments.get().pk,
        "<drawn part>": part.pk,
        "<unbegun object>": unbegun(part)[0].pk,
    }


def _check(clerk: User, subject: Subject) -> str:
    """The receipt of a check that the clerk asked."""
    setting = Setting(clerk, str(clerk.department), "HC-ZFCG", "procurement", Channel.DESK)
    return str(ask(Question("示例办件1", subject.code or ""), setting).payload["receipt"])


def _held(reviewer: User, mine: DisclosureQuerySet) -> BulkJob:
    """A publication of the bureau that can still be stopped."""
    items = list(mine.filter(state="submitted").values_list("pk", flat=True)[:1])
    return BulkJob.objects.create(
        verb="approve",
        department=reviewer.department,
        ordered_by=reviewer,
        items=items,
        versions=[1] * len(items),
        state="held",
        held_until=timezone.now() + timedelta(days=1),
    )


def _promises(clerk: User) -> dict[str, Any]:
    """A letter of each kind, a review, a draw and two cases of breach of the clerk's department."""
    entry = cases.EntryFactory(department=clerk.department, random_share=10)
    review = cases.ReviewFactory(letter__entry=entry)
    (evidence,) = attach(review, [AttachedFile("核查记录.pdf", b"%PDF-1.4\n%%EOF\n")], role="evidence", by=clerk)
    decided = cases.case_in("decided", letter__entry=entry)
    decided_open = cases.CandidateFactory(letter__entry=entry)
    reviewer = User.objects.get(username="scjgj_sh")
    draw = announced(SAMPLING, reviewer, occasion="2025-11")  # the city draws in the month of today
    return {
        "<review>": review.pk,
        "<letter>": review.letter_id,
        "<short letter>": cases.ShortfallLetterFactory(entry__department=clerk.department).pk,
        "<draw>": draw.pk,
        "<draw number>": draw.number,
        "<candidate>": cases.CandidateFactory(letter__entry=entry).pk,
        "<reported>": open_reported(
            cases.LetterFactory(entry=entry),
            kind="false",
            facts="承诺的场所不存在。",
            told=TipReport("phone", cases.TODAY, "来电反映场所不存在。", "王某某 13800000000"),
            by=clerk,
        ).pk,
        "<decided>": decided.pk,
        "<attachment>": decided.attachments.first().pk,
        "<letter attachment>": evidence.pk,
        "<urging>": urge(decided_open, text="请尽快办理。", by=User.objects.get(username="xyb")).pk,
    }


def _of_companies(account: CompanyAccount, clerk: User, reviewer: User) -> dict[str, Any]:
    """What a company signed and declared: a letter that the clerk's department accepted, a declaration with a proof and a report."""
    entry = signing_factories.EntryFactory(department=clerk.department)
    template, today = entry.matter.templates.get(), timezone.localdate()
    seen = signing.draft(entry, template, account.subject, signing_factories.VALUES, today).sha256
    signed = signing.sign(
        entry, by=account, values=signing_factories.VALUES, seen=seen, site="http://testserver/", on=today
    )
    shown = in_state(State.SHOWN, reviewer, account)
    (proof,) = attach_proof(shown, [AttachedFile("证书.pdf", b"%PDF-1.4\n%%EOF\n")], by=account)
    return {
        "<letter number>": signed.number,
        "<letter public id>": Disclosure.objects.get(record=signed.letter.record).public_id,
        "<declaration>": shown.pk,
        "<proof>": proof.pk,
        "<report>": report(shown, reason="证书编号查不到", contact="").pk,
        "<declared public id>": Disclosure.objects.get(record=shown.record).public_id,
    }


def address(page: Page, objects: dict[str, Any]) -> str:
    args = [objects.get(arg, arg) if isinstance(arg, str) else arg for arg in page.args]
    return (reverse(page.name, args=args) if ":" in page.name or page.name.isalpha() else f"/{page.name}") + page.query


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def admin_pages(objects: dict[str, Any]) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Name, address and who may open it."""
    for model, may in MODELS.items():
        first = apps.get_model(model.replace("_", ".", 1)).objects.order_by("pk").values_list("pk", flat=True).first()
        for verb in VERBS:
            args: list[object] = BARE.get(verb, [first or 0, *(["nothing"] * (verb == "do"))])
            nobody = verb in ("delete", "do") or (verb == "add" and model in NOT_ADDED)
            try:
                yield verb, reverse(f"admin:{model}_{verb}", args=args), NOBODY if nobody else may
            except NoReverseMatch:
                assert model == "auth_group"
    for name, who in ADMIN_PAGES.items():
        if who is not None:
            yield name, reverse(f"admin:{name}"), who
