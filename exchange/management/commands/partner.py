"""A province on this machine, honest or bad, to try a channel with.

manage.py partner service --state var/province.sqlite --port 8900 --key … --behaviour rejecting
manage.py partner files --state var/province.sqlite --folder var/exchange/province
"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchange.rules.signatures import Algorithm
from exchange.simulator.behaviours import MEANINGS, Behaviour
from exchange.simulator.folder import Folder
from exchange.simulator.province import Province
from exchange.simulator.service import Service

SECONDS_BETWEEN_LOOKS = 1.0


class Command(BaseCommand):
    help = "Play the province of an exchange: " + "; ".join(f"{each}: {text}" for each, text in MEANINGS.items())

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("way", choices=["service", "files"])
        parser.add_argument("--state", type=Path, required=True, help="the file that holds what the province has")
        parser.add_argument("--behaviour", choices=[each.value for each in Behaviour], default=Behaviour.HONEST.value)
        parser.add_argument("--port", type=int, default=8900)
        parser.add_argument("--key", default="", help="the common key of the service way")
        parser.add_argument("--algorithm", choices=[each.value for each in Algorithm], default=Algorithm.SHA256.value)
        parser.add_argument("--folder", type=Path, help="the folder of the file way, with out/ and back/")
        parser.add_argument("--once", action="store_true", help="the file way: look once, and end")

    def handle(self, *args: Any, **options: Any) -> None:
        province = Province(options["state"], Behaviour(options["behaviour"]))
        if options["way"] == "service":
            self._serve(province, options)
        else:
            self._look(province, options)

    def _serve(self, province: Province, options: dict[str, Any]) -> None:
        if not options["key"]:
            raise CommandError("The service way needs --key.")
        key = options["key"].encode()
        server = Service(province, key, port=options["port"], algorithm=Algorithm(options["algorithm"]))
        self.stdout.write(f"{server.address} ({province.behaviour.value})")
        server.serve_forever()

    def _look(self, province: Province, options: dict[str, Any]) -> None:
        if options["folder"] is None:
            raise CommandError("The file way needs --folder.")
        folder = Folder(province, options["folder"])
        while True:
            self.stdout.write(f"{folder.turn()} parcels")
            if options["once"]:
                return
            time.sleep(SECONDS_BETWEEN_LOOKS)
