"""The province of the file way: reads `out/`, answers in `back/`, and puts its statement there."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from exchange.rules.manifests import (
    MANIFEST,
    RECEIPT,
    ROWS,
    Unsound,
    lines,
    manifest_of,
    parsed_manifest,
    whole_rows,
)
from exchange.simulator.behaviours import Behaviour
from exchange.simulator.province import Province


class Folder:
    """One turn reads every parcel that has no receipt yet, in the order of the names' numbers."""

    def __init__(self, province: Province, folder: Path) -> None:
        self.province, self.folder = province, folder
        for side in ("out", "back"):
            (folder / side).mkdir(parents=True, exist_ok=True)

    def turn(self) -> int:
        """Take what is there; how many parcels."""
        count, kinds = 0, set()
        manifests = (self.folder / "out").glob(f"*{MANIFEST}")
        for path in sorted(manifests, key=lambda each: int(each.name.removesuffix(MANIFEST).rpartition("_")[2])):
            name = path.name.removesuffix(MANIFEST)
            kinds.add(name.split("_")[1])
            if not (self.folder / "back" / f"{name}{RECEIPT}").exists():
                count += self._take(name, path)
        for kind in kinds:
            self._put(f"statement_{kind}.json", json.dumps(self._statement(kind)).encode())
        return count

    def _take(self, name: str, path: Path) -> bool:
        data = (self.folder / "out" / f"{name}{ROWS}").read_bytes()
        try:
            rows = whole_rows(parsed_manifest(path.read_bytes()), data)
        except Unsound:
            return False  # what is not whole is not taken; the sender asks after it
        behaviour = self.province.behaviour
        if behaviour is Behaviour.FORGETFUL and self.province.every("parcel", 2):
            return False
        receipts = self.province.receive(name, name.split("_")[1], rows)
        if behaviour is Behaviour.SILENT and self.province.every("parcel", 2):
            return True
        sha256 = manifest_of(name, data, rows=len(rows)).sha256
        if behaviour is Behaviour.WRONG_CHECKSUM and self.province.every("answer", 3):
            sha256 = "0" * 64
        if behaviour is Behaviour.DUPLICATE:
            receipts = receipts + receipts
        if behaviour is Behaviour.DISORDERLY:
            receipts = receipts[::-1]
        self._put(f"{name}{RECEIPT}", lines([{"parcel": name, "sha256": sha256}, *receipts]))
        return True

    def _statement(self, kind: str) -> dict[str, object]:
        return {"months": self.province.months(kind), "rows": [asdict(each) for each in self.province.copies(kind)]}

    def _put(self, name: str, data: bytes) -> None:
        part = self.folder / "back" / f"{name}.tmp"
        part.write_bytes(data)
        part.replace(self.folder / "back" / name)
