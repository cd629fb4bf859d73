"""Both sides side by side: counts and digests by month, then the keys of the months that differ."""

from __future__ import annotations

from dataclasses import asdict

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Refused
from exchange.actions.mending import renew
from exchange.actions.sending import link_of
from exchange.models import Channel, Difference, Message, Reconciliation
from exchange.queries.outbox import copies
from exchange.rules import statements
from exchange.ways import way_of
from exchange.ways.base import NoAnswer


def reconcile(channel: Channel, *, by: Actor = SYSTEM) -> Reconciliation:
    """Compare what the partner has with what it said it applied, and write down every key that differs.

    Refused, with the reason, when the partner does not answer. What is on its way meanwhile is left out on both sides: nobody knows yet.
    """
    with acting(by):
        policy.require(by, "exchange.reconcile")
    way, link = way_of(channel.way), link_of(channel)
    try:
        theirs = way.months(link)
        ours = statements.months(copies(channel))
        unequal = statements.unequal(ours, theirs)
        their_copies = way.copies(link, unequal) if unequal else []
    except NoAnswer as error:
        raise Refused("exchange.no-answer", f"对账没有完成：{error}", mend="请稍后再试，或者联系对方。") from error
    with acting(by):
        moving = _moving(channel)
        apart = statements.differences(
            (each for each in copies(channel, unequal) if each.key not in moving),
            (each for each in their_copies if each.key not in moving),
        )
        row = _write(channel, ours, theirs, len(apart))
        _write_differences(row, apart, {each.key: each.version for each in their_copies})
        audit.record("exchange.reconcile", row, by=by, detail={"differing": len(apart)})
    return row


def renew_differences(row: Reconciliation, *, by: User) -> int:
    """Every key of a comparison goes out anew as it is today; how many. Once for each comparison: Conflict the second time."""
    with acting(by):
        policy.require(by, "exchange.mend")
        row = Reconciliation.objects.select_for_update(of=("self",)).select_related("channel").get(pk=row.pk)
        if row.renewed_at is not None:
            raise Conflict("exchange.renewed", "这次对账的差异已经重新报送。", mend="请等对方入库后再次对账。")
        made = renew(row.channel, list(row.differences.values_list("key", flat=True)), by=by)
        row.renewed_at = timezone.now()
        row.save(update_fields=["renewed_at"])
        audit.record("exchange.renew", row, by=by, detail={"made": made})
    return made


def _moving(channel: Channel) -> set[str]:
    on_its_way = Message.objects.of_channel(channel).answerable()
    return set(on_its_way.order_by().values_list("key", flat=True))


def _write(
    channel: Channel, ours: dict[str, statements.Month], theirs: dict[str, statements.Month], differing: int
) -> Reconciliation:
    months = {
        month: {
            "ours": asdict(ours[month]) if month in ours else None,
            "theirs": asdict(theirs[month]) if month in theirs else None,
        }
        for month in sorted(ours.keys() | theirs.keys())
    }
    return Reconciliation.objects.create(
        channel=channel,
        at=timezone.now(),
        ours=sum(each.count for each in ours.values()),
        theirs=sum(each.count for each in theirs.values()),
        differing=differing,
        months=months,
    )


def _write_differences(
    row: Reconciliation, apart: dict[str, statements.Differs], their_versions: dict[str, int]
) -> None:
    newest = Message.objects.of_channel(row.channel).filter(key__in=apart, applied_at__isnull=False)
    ours = {each.key: each for each in newest.order_by("version")}
    Difference.objects.bulk_create(
        Difference(
            reconciliation=row,
            key=key,
            differs=differs.value,
            message=ours.get(key),
            our_version=ours[key].version if key in ours else None,
            their_version=their_versions.get(key),
        )
        for key, differs in apart.items()
    )
