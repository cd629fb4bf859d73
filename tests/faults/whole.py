"""What must hold after every fault, whatever it was: nothing lost, nothing twice, everything accounted for."""

from __future__ import annotations

from collections import Counter

from credit_platform import pg
from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit import actions as audit
from credit_platform.audit.models import AuditEntry, AuditHistory, AuditPending, AuditSeal
from credit_platform.audit.verification import verify
from disclosure import actions
from disclosure.models import Disclosure, DisclosureChange, Reminder
from disclosure.rules.states import State
from records.imports.batches import sweeping
from records.imports.batches.engine import RUNNING
from records.models import CreditRecord, ImportBatch, Subject
from tests.faults.processes import until
from tests.faults.site import Site


def assert_whole(site: Site) -> None:
    """Counts against what was sent, no orphans, tallies as counted anew, the feed without a gap, the chain verified, no open job."""
    _jobs_are_over(site)
    _ledger_is_what_was_sent(site)
    _every_record_has_its_disclosure()
    _every_publication_happened_once()
    _feed_has_no_gap()
    assert actions.recount(by=SYSTEM) == [], "the tallies are not what a recount finds"
    _nobody_was_reminded_twice()
    _chain_is_whole(site)


def _jobs_are_over(site: Site) -> None:
    until(lambda: not ImportBatch.objects.filter(state__in=RUNNING).exists(), "the end of every import")
    if not (site.worker.running() and site.beat.running()):
        sweeping.drop_left()
    until(
        lambda: not _staging_tables(), "the sweep, which drops what was left by a worker killed after its last commit"
    )
    for batch in ImportBatch.objects.exclude(state__in=("refused", "failed", "cancelled")):
        assert batch.state == "done", batch
        assert batch.total == batch.accepted + batch.rejected == batch.progress["read"], batch.progress
        applied = AuditEntry.objects.about(batch).filter(verb="records.import.apply").count()
        assert applied == (0 if batch.simulate else 1), f"{batch} was entered {applied} times"
    rest = ImportBatch.objects.filter(state__in=("refused", "failed", "cancelled"))
    assert not CreditRecord.objects.filter(batch__in=rest).exists(), "something of a file that was not entered is there"


def _staging_tables() -> list[tuple[object, ...]]:
    return pg.query("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^records_stage_[0-9]+$'")


def _ledger_is_what_was_sent(site: Site) -> None:
    keys = list(CreditRecord.objects.filter(status="active").values_list("document_number", flat=True))
    twice = [key for key, count in Counter(keys).items() if count > 1]
    assert not twice, f"entered twice: {twice[:5]}"
    assert set(keys) == site.sent, f"lost {len(site.sent - set(keys))}, strange {len(set(keys) - site.sent)}"
    assert Subject.objects.count() == len(site.sent), "a subject is missing or doubled"


def _every_record_has_its_disclosure() -> None:
    orphans = CreditRecord.objects.filter(status="active", disclosure__isnull=True).count()
    assert orphans == 0, f"{orphans} records without a disclosure"
    gone = Disclosure.objects.exclude(record__status="active").exclude(state=State.WITHDRAWN)
    assert not gone.exists(), "a disclosure whose record is gone"


def _every_publication_happened_once() -> None:
    """State, day, what is shown, the feed and the audit agree for every item."""
    appeared = Counter(DisclosureChange.objects.filter(event="appeared").values_list("disclosure_id", flat=True))
    ended = Counter(DisclosureChange.objects.filter(event="ended").values_list("disclosure_id", flat=True))
    published = _audited("disclosure.publish")
    finished = _audited("disclosure.end")
    for row in Disclosure.objects.all():
        public = row.state in (State.PUBLISHED, State.ENDED)
        wanted = (public, public, public, int(public), int(public), *(2 * [int(row.state == State.ENDED)]))
        found = (
            row.published_on is not None,
            row.published_at is not None,
            bool(row.shown),
            appeared[row.pk],
            published[row.pk],
            ended[row.pk],
            finished[row.pk],
        )
        assert found == wanted, f"{row.document_number} {row.state}: {found}"


def _audited(verb: str) -> Counter[int]:
    """How many entries of a verb speak of each disclosure, alone or among many."""
    counts: Counter[int] = Counter()
    for entry in AuditEntry.objects.filter(verb=verb):
        counts.update(entry.members or [int(entry.object_id)])
    return counts


def _feed_has_no_gap() -> None:
    DisclosureChange.objects.number_pending()
    numbers = list(DisclosureChange.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1)), "the change feed has a gap"


def _nobody_was_reminded_twice() -> None:
    told = Counter(Reminder.objects.values_list("disclosure_id", "kind", "on"))
    assert all(count == 1 for count in told.values())
    made = sum(entry.detail["made"] for entry in AuditEntry.objects.filter(verb="disclosure.remind"))
    assert made == len(told), "the audit tells another number of reminders than there are"


def _chain_is_whole(site: Site) -> None:
    until(_everything_is_linked, "the linking of every audit entry")
    report = verify()
    assert report.ok, report.breaks
    assert AuditHistory.objects.without_actor().count() == site.strays, "a change that nobody announced"


def _everything_is_linked() -> bool:
    """A clock that runs may add an entry at any moment, therefore this is asked until it holds."""
    while audit.seal():
        pass
    return AuditEntry.objects.count() == AuditSeal.objects.count() and not AuditPending.objects.exists()
