"""What the clock sets going. The truth is in the outbox: each turn asks what is ready, and may be killed or run twice."""

from __future__ import annotations

from celery import shared_task

from credit_platform.errors import Refused
from exchange.actions.inbox import take_files
from exchange.actions.receiving import forget_nonces
from exchange.actions.reconciling import reconcile
from exchange.actions.sending import turn
from exchange.models import Channel
from exchange.rules.channels import WayCode


@shared_task(name="exchange.turn")
def carry() -> dict[str, int]:
    """Take in what lies in the inboxes, and carry over what every open channel has."""
    forget_nonces()
    for channel in (
        Channel.objects.open().inward().filter(way=WayCode.FILE).select_related("partner__client__department")
    ):
        take_files(channel)
    turns = [turn(channel) for channel in Channel.objects.open().outward().select_related("partner")]
    return {"sent": sum(each.sent for each in turns), "answered": sum(each.answered for each in turns)}


@shared_task(name="exchange.reconcile")
def compare() -> dict[str, int]:
    """Compare every open channel with its partner; who does not answer is asked again the next night."""
    done, silent, differing = 0, 0, 0
    for channel in Channel.objects.open().outward().select_related("partner"):
        try:
            differing += reconcile(channel).differing
            done += 1
        except Refused:
            silent += 1
    return {"compared": done, "silent": silent, "differing": differing}
