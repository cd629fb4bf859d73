"""What the market bureau has in the ledger: what came in, what is shown, what waits."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from checks.actions.asking import Setting, ask
from checks.rules.questions import Question
from checks.rules.states import Channel
from credit_platform.accounts.models import User
from disclosure.models import BulkJob, Disclosure, DisclosureQuerySet
from records.models import CreditRecord, EntryDraft, HeaderMapping, ImportBatch, Subject
from records.tests.imports.samples import as_csv, bring, penalty, person_penalty


def person(clerk: User) -> dict[str, Any]:
    """A natural person with a record of the clerk's department."""
    bring(as_csv([person_penalty(9003, clerk.department)]), "零.csv", clerk.department, clerk)
    person = CreditRecord.objects.filter(subject__kind="person").latest("pk")
    assert person.source_department == clerk.department
    return {"<person record>": person.pk, "<person>": person.subject_id}


def imported(clerk: User) -> dict[str, Any]:
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


def named(clerk: User, number: int) -> Disclosure:
    """What the housing bureau filed in the name of the clerk's authority."""
    other = User.objects.get(username="zjj_lr")
    bring(as_csv([penalty(number, clerk.department)]), f"{number}.csv", other.department, other)
    return Disclosure.objects.of_department(other.department_id).latest("pk")


def held(reviewer: User, mine: DisclosureQuerySet) -> BulkJob:
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


def check(clerk: User, subject: Subject) -> str:
    """The receipt of a check that the clerk asked."""
    setting = Setting(clerk, str(clerk.department), "HC-ZFCG", "procurement", Channel.DESK)
    return str(ask(Question("示例办件1", subject.code or ""), setting).payload["receipt"])
