"""What goes to the province: a channel of files for penalties, most of it answered, three rows rejected, the last withdrawals not yet confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from credit_platform.accounts.actions import issue_api_client
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Department, User
from credit_platform.audit.context import acting
from credit_platform.demo import clock
from exchange.actions.opening import enter_mapping, open_channel, set_secret
from exchange.actions.reconciling import reconcile
from exchange.actions.sending import turn
from exchange.models import Channel, Message, Partner
from exchange.queries.fields import first_mapping
from exchange.simulator.behaviours import Behaviour
from exchange.simulator.folder import Folder
from exchange.simulator.province import Province

CODE, NAME = "hlj", "黑龙江省公共信用信息平台（演示）"
KEY = "demonstration-key-of-no-real-partner-0001"
WAIT_MINUTES = 60 * 24


@dataclass(slots=True)
class Exchange:
    """The province of the demonstration, which answers by files until the last day."""

    today: date

    @classmethod
    def begun(cls, today: date) -> Exchange:
        """With its channel open, and what is public by then carried over."""
        made = cls(today)
        made.begin()
        return made

    def begin(self) -> None:
        """The channel is prepared by one and opened by another; what is public by then is sent and answered."""
        admin, office = (User.objects.get(username=name) for name in ("xtgl", "xyb"))
        with clock.at(self.today - timedelta(days=1), 9):
            security = User.objects.get(username="aqgl")
            client, _ = issue_api_client(NAME, by=security, department=_office(office), scopes=["records.write"])
            with acting(SYSTEM):
                partner = Partner.objects.create(code=CODE, name=NAME, client=client)
                row = Channel.objects.create(partner=partner, kind="penalty", way="file", answer_minutes=WAIT_MINUTES)
            set_secret(partner, KEY, by=admin)
            basis = "省级平台接口说明（演示）"
            enter_mapping(
                row, first_mapping("penalty"), valid_from=self.today - timedelta(days=30), basis=basis, by=admin
            )
            open_channel(row, by=office)
        with clock.at(self.today - timedelta(days=1), 9, 30):
            self._answered(Behaviour.REJECTING)

    def build(self) -> int:
        """The comparison of the night; then what was repaired and withdrawn meanwhile is sent, and no receipt has come yet. How many messages."""
        with clock.at(self.today, 5, 50):
            reconcile(self._channel())
        with clock.at(self.today, 8, 20):
            turn(self._channel())
        return Message.objects.count()

    def _answered(self, behaviour: Behaviour) -> None:
        """A turn of ours, a turn of the province, and ours again to read what it said."""
        folder = Path(settings.EXCHANGE_FOLDER) / CODE
        folder.mkdir(parents=True, exist_ok=True)
        state = folder / "province.sqlite"
        state.unlink(missing_ok=True)
        province = Province(state, behaviour)
        try:
            turn(self._channel())
            Folder(province, folder).turn()
            turn(self._channel())
        finally:
            province.close()

    def _channel(self) -> Channel:
        return Channel.objects.select_related("partner").get(partner__code=CODE)


def _office(user: User) -> Department:
    """The department of the credit office, in whose name the province's rows would enter."""
    assert user.department is not None  # noqa: S101 - every account of the desk has one
    return user.department
