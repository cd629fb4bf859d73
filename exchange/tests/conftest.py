import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from exchange.models import Channel, Message, Parcel
from exchange.rules.signatures import Algorithm
from exchange.simulator.behaviours import Behaviour
from exchange.simulator.province import Province
from exchange.simulator.service import Service
from exchange.tests.factories import KEY


@pytest.fixture
def province(tmp_path):
    """Makes a province on this machine that behaves as asked; its service runs until the test ends."""
    servers = []

    def begin(behaviour: Behaviour = Behaviour.HONEST, algorithm: str = "sha256") -> Service:
        server = Service(
            Province(tmp_path / "province.sqlite", behaviour), KEY.encode(), algorithm=Algorithm(algorithm)
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return server

    yield begin
    for server in servers:
        server.shutdown()
        server.server_close()
        server.province.close()


@pytest.fixture
def later():
    """Lets the waits of channels, messages and parcels be over, as if hours had passed."""

    def pass_by(channel: Channel) -> None:
        past = timezone.now() - timedelta(minutes=1)
        Channel.objects.filter(pk=channel.pk).update(next_at=None)
        Message.objects.filter(channel=channel).update(next_at=past)
        Parcel.objects.filter(channel=channel).waiting().update(answer_by=past)

    return pass_by
