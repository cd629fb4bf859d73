"""What the clock, and the button at the desk, set going."""

from __future__ import annotations

from celery import shared_task

from supervision.alerts.actions import backtesting, sweeping
from supervision.alerts.models import Backtest


@shared_task(name="alerts.sweep")
def sweep() -> str:
    """Ask all rules of today."""
    run = sweeping.sweep()
    return "" if run is None else str(run)


@shared_task(name="alerts.backtest")
def run_backtest(pk: int) -> str:
    """Replay a rule over a period."""
    return backtesting.run(pk).state


@shared_task(name="alerts.resume_backtests")
def resume_backtests() -> int:
    """Take up back-tests that no worker has told anything of."""
    waiting = list(Backtest.objects.open().order_by("pk").values_list("pk", flat=True))
    for pk in waiting:
        backtesting.run(pk)
    return len(waiting)
