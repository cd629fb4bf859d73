"""Who keeps copies: two systems that read the change feed, one that follows it and one that does not; and a night's patrol."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.rules.clocks import late_since
from credit_platform.accounts.actions import issue_api_client
from credit_platform.accounts.models import ApiClient, Department, User
from credit_platform.demo import clock
from credit_platform.workdays.queries import calendar
from deliveries.actions import enforcing
from deliveries.actions.sweeping import sweep
from deliveries.models import Delivery, DeliveryCase
from disclosure.models import DisclosureChange
from disclosure.public import readers
from patrols.actions.patrolling import patrol

FOLLOWS, LAGS = "市财政局采购管理系统", "市医保局定点管理系统"


@dataclass(slots=True)
class Copies:
    """The two readers, their deliveries and what follows for the one that is late."""

    today: date

    def begin(self) -> None:
        """Both systems get a key and read the feed: from here on each change is delivered to them."""
        by = User.objects.get(username="aqgl")
        for name, code in ((FOLLOWS, "czj"), (LAGS, "ybj")):
            department = Department.objects.get(code=code)
            with clock.at(self.today, 8):
                client, _ = issue_api_client(name, by=by, department=department, scopes=["records.read"])
                readers.tell(client, readers.FEED)

    def build(self) -> int:
        """One reads on, one is reminded and ordered to update; the night's patrol. How many deliveries there are."""
        DisclosureChange.objects.number_pending()
        last = DisclosureChange.objects.order_by("-number").values_list("number", flat=True).first() or 0
        with clock.at(self.today, 8, 10):
            client = ApiClient.objects.get(name=FOLLOWS)
            readers.tell(client, readers.FEED, after=last, last=last)
        reminded, ordered = (late_since(calendar(), self.today, back) for back in (12, 8))
        with clock.at(reminded, 0, 30):
            sweep(reminded)
        case = DeliveryCase.objects.filter(recipient__client__name=LAGS, is_open=True).first()
        if case is not None:
            with clock.at(ordered, 15):
                number, why = f"哈信办责更〔{ordered.year}〕1号", "提醒期满仍未更新，请立即停止展示并回执。"
                office = User.objects.get(username="xyb")
                enforcing.order(case.case, document_number=number, reason=why, by=office, on=ordered)
        with clock.at(self.today, 5, 20):
            patrol(self.today)
        return Delivery.objects.count()
