"""What waits, what falls due, who is alive: small questions to the database and to Redis that an index answers."""

from __future__ import annotations

import contextlib
import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.models import Count, Min
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

from credit_platform.audit.models import AuditEntry, AuditPending, Checkpoint
from credit_platform.audit.queries import altered_now, last_rereading
from credit_platform.celery import QUEUE, app, redis_of
from credit_platform.metrics import backups, heartbeats
from credit_platform.metrics.samples import Sample
from credit_platform.workdays.queries import calendar, has_notice
from deliveries.models import Delivery
from disclosure.models import Disclosure, DisclosureChange
from disclosure.rules.states import State
from exchange.queries.board import backlogs, still_shown
from patrols.models import Patrol, PatrolFinding
from records.models import ImportBatch

logger = logging.getLogger(__name__)

RUNNING = (ImportBatch.State.QUEUED, ImportBatch.State.READING, ImportBatch.State.APPLYING)
RECENT_BATCHES = 2000
DUE_AHEAD = (0, 1, 3)
LONGEST_QUESTION = "3s"
KEPT_SECONDS = 10.0

Samples = Iterator[Sample]
Group = Callable[[], Samples]


def collect() -> list[Sample]:
    """Every figure of now, kept for ten seconds in the process. A group that cannot be asked is missing, and told so."""
    global _kept
    with _lock:
        if time.monotonic() - _kept[0] > getattr(settings, "METRICS_KEPT_SECONDS", KEPT_SECONDS):
            _kept = (time.monotonic(), [sample for group in GROUPS for sample in _ask(group)])
        return _kept[1]


_kept: tuple[float, list[Sample]] = (float("-inf"), [])
_lock = threading.Lock()


def _ask(group: Group) -> list[Sample]:
    name = group.__name__
    try:
        samples = list(group())
    except (Error, RedisError, BrokerError, OSError) as error:
        logger.warning("metrics: %s could not be asked (%s)", name, type(error).__name__)
        return [Sample("credit_group_up", 0, {"group": name})]
    return [*samples, Sample("credit_group_up", 1, {"group": name})]


def database() -> Samples:
    """Is it there, how fast, how many connections, how old is the oldest transaction."""
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        took = time.perf_counter() - started
        cursor.execute(
            """SELECT count(*), coalesce(extract(epoch FROM now() - min(xact_start)), 0), current_setting('max_connections')::int,
                      pg_is_in_recovery()
               FROM pg_stat_activity WHERE datname = current_database()"""
        )
        count, oldest, most, in_recovery = cursor.fetchone()
    yield Sample("credit_database_answer_seconds", took)
    yield Sample("credit_database_connections", count)
    yield Sample("credit_database_connections_max", most)
    yield Sample("credit_database_oldest_transaction_seconds", float(oldest))
    yield Sample("credit_database_read_only", int(in_recovery))


def queue() -> Samples:
    """How many tasks wait, and how long the last heartbeat waited."""
    with app.connection_for_read() as broker:
        client = redis_of(broker)
        yield Sample("credit_queue_length", client.llen(QUEUE), {"queue": QUEUE})
        yield Sample("credit_queue_taken", client.hlen("unacked"))


def life() -> Samples:
    """Ages of the signs of life; a sign that was never seen has no line."""
    signs = heartbeats.read()
    for sign, age in signs.ages.items():
        if age is not None:
            yield Sample("credit_heartbeat_age_seconds", age, {"of": sign})
    if signs.lag is not None:
        yield Sample("credit_queue_lag_seconds", signs.lag)


def imports() -> Samples:
    """Batches under way by state and the oldest one's silence; what became of those of the last day."""
    with _limited():
        running = ImportBatch.objects.filter(state__in=RUNNING)
        counts = dict(running.values_list("state").annotate(n=Count("pk")).order_by())
        oldest = running.aggregate(at=Min("heartbeat_at"))["at"]
        last = ImportBatch.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        since = timezone.now() - timedelta(days=1)
        recent = ImportBatch.objects.filter(pk__gt=last - RECENT_BATCHES, received_at__gte=since)
        outcomes = dict(recent.values_list("state").annotate(n=Count("pk")).order_by())
    for state in RUNNING:
        yield Sample("credit_import_batches", counts.get(state, 0), {"state": state.value})
    age = (timezone.now() - oldest).total_seconds() if oldest else 0.0
    yield Sample("credit_import_oldest_heartbeat_age_seconds", max(age, 0.0))
    for state in ImportBatch.State:
        if state not in RUNNING:
            yield Sample("credit_import_batches_last_day", outcomes.get(state, 0), {"state": state.value})


def deadlines() -> Samples:
    """The seven working days: what falls due today, within 1 and 3 working days, and what is late; what a sweep owes."""
    today = timezone.localdate()
    days = calendar()
    rows = Disclosure.objects
    with _limited():
        for ahead in DUE_AHEAD:
            until = days.due_on(today, ahead) if ahead else today
            count = rows.due(until).filter(due_on__gte=today).count()
            yield Sample("credit_disclosures_due", count, {"within_workdays": str(ahead)})
        yield Sample("credit_disclosures_late", rows.due(today - timedelta(days=1)).count())
        yield Sample("credit_disclosures_to_correct", rows.to_correct().count())
        yield Sample("credit_disclosures_to_end", rows.to_end(today).count())
        stuck = rows.open().filter(state=State.APPROVED, publish_from__lt=today)
        yield Sample("credit_disclosures_not_published_in_time", stuck.count())


def changes() -> Samples:
    """Events of the change feed that have no number yet."""
    with _limited():
        found = DisclosureChange.objects.pending().aggregate(n=Count("pk"), at=Min("at"))
    yield Sample("credit_changes_unnumbered", found["n"])
    age = (timezone.now() - found["at"]).total_seconds() if found["at"] else 0.0
    yield Sample("credit_changes_oldest_unnumbered_age_seconds", max(age, 0.0))


def audit() -> Samples:
    """Entries that the chain does not hold yet, and the last verification of the chain."""
    with _limited():
        waiting = AuditPending.objects.count()
        first = AuditPending.objects.order_by("entry_id").values_list("entry_id", flat=True).first()
        at = AuditEntry.objects.filter(pk=first).values_list("at", flat=True).first() if first else None
        verified = AuditEntry.objects.filter(verb="audit.verify").order_by("-id").values_list("at", "after").first()
        reread, altered = last_rereading(), altered_now()
        signed = Checkpoint.objects.order_by("-day").values_list("made_at", flat=True).first()
    now = timezone.now()
    yield Sample("credit_audit_unsealed", waiting)
    yield Sample("credit_audit_oldest_unsealed_age_seconds", max((now - at).total_seconds(), 0.0) if at else 0.0)
    if verified:
        yield Sample("credit_audit_verified_age_seconds", (now - verified[0]).total_seconds())
        yield Sample("credit_audit_chain_ok", int(bool((verified[1] or {}).get("ok"))))
    yield Sample("credit_audit_altered_rows", altered)
    if reread and reread.finished_at:
        yield Sample("credit_audit_reread_age_seconds", max((now - reread.finished_at).total_seconds(), 0.0))
        yield Sample("credit_audit_unanchored_faces", reread.unanchored)
    if signed:
        yield Sample("credit_audit_checkpoint_age_seconds", max((now - signed).total_seconds(), 0.0))


def copies() -> Samples:
    """What an outsider can read and should not, when that was looked for last, and copies that were not updated in time."""
    with _limited():
        last = Patrol.objects.done().order_by("-pk").values_list("finished_at", flat=True).first()
        yield Sample("credit_patrol_findings_open", PatrolFinding.objects.open().count())
        yield Sample("credit_deliveries_late", Delivery.objects.late(timezone.localdate()).count())
    if last:
        yield Sample("credit_patrol_age_seconds", max((timezone.now() - last).total_seconds(), 0.0))


def exchanged() -> Samples:
    """What waits to go to the province and the nation, since when, what came back, and what must disappear there and was not said to have."""
    with _limited():
        rows, unconfirmed = backlogs(), still_shown().count()
    now = timezone.now()
    for each in rows:
        label = {"channel": f"{each.channel.partner.code}-{each.channel.kind}"}
        age = (now - each.oldest).total_seconds() if each.oldest else 0.0
        yield Sample("credit_exchange_waiting", each.waiting, label)
        yield Sample("credit_exchange_oldest_waiting_age_seconds", max(age, 0.0), label)
        yield Sample("credit_exchange_parked", each.rejected + each.parked, label)
    yield Sample("credit_exchange_withdrawals_unconfirmed", unconfirmed)


def notices() -> Samples:
    """Whether the official calendar of this year and of the next is loaded."""
    year = timezone.localdate().year
    for which, number in (("this", year), ("next", year + 1)):
        yield Sample("credit_holiday_notice_loaded", int(has_notice(number)), {"year": which})


def storage() -> Samples:
    """Free space of the private folder, and the age of the newest backup that ended well."""
    folder = Path(settings.MEDIA_ROOT)
    usage = shutil.disk_usage(folder if folder.is_dir() else settings.VAR_DIR)
    yield Sample("credit_disk_free_bytes", usage.free)
    yield Sample("credit_disk_free_ratio", usage.free / usage.total)
    newest = backups.newest(Path(settings.BACKUP_DIR))
    if newest is not None:
        yield Sample("credit_backup_age_seconds", max(time.time() - newest.taken_at.timestamp(), 0.0))


@contextlib.contextmanager
def _limited() -> Iterator[None]:
    """A short transaction in which no question may last: monitoring must never be the load."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [LONGEST_QUESTION])
        yield


GROUPS: tuple[Group, ...] = (
    database,
    queue,
    life,
    imports,
    deadlines,
    changes,
    audit,
    copies,
    exchanged,
    notices,
    storage,
)
