"""manage.py import_records STANDARD FILE [FILE …] --department CODE: the same import as the desk's, from a shell.

`total` = rows with data, `accepted` = good rows (entered anew, changed or unchanged), `rejected` = refused rows, so that
total = accepted + rejected; `warned` and `unchanged` are among the accepted. With --all-or-nothing and a bad row nothing is entered:
accepted is 0 and rejected is total. Exit status 1 when the file was refused as a whole or nothing was entered for that reason.
Several files are entered one after the other, each by itself, and stand on one page of the desk; the line of JSON then holds the sums and,
under `files`, the counts of each. One that is refused does not keep the others out.
"""

from __future__ import annotations

import json
import uuid
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, Min

from credit_platform.accounts.actors import SystemActor
from credit_platform.accounts.models import Department
from credit_platform.errors import DomainError
from records.imports.batches import batches, engine
from records.models import CatalogueItem, ImportBatch
from records.standards import registry
from records.standards.units import UNITS

SHELL = SystemActor(actor_name="命令行")
SHOWN = 20


class Command(BaseCommand):
    help = "Import a file of records (xlsx, xls, csv, json) for a department."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("standard", help="code of the data standard: " + ", ".join(s.code for s in registry.all()))
        parser.add_argument("files", type=Path, nargs="+", metavar="file")
        parser.add_argument("--department", required=True, help="short code or unified social credit code")
        parser.add_argument("--item", default="", help="code of the catalogue item, when several use the standard")
        parser.add_argument("--simulate", action="store_true", help="check everything, enter nothing")
        parser.add_argument("--all-or-nothing", action="store_true", help="enter nothing when any row is refused")
        parser.add_argument("--unit", choices=UNITS, default="", help="unit of amounts whose column names none")
        parser.add_argument(
            "--clear-blanks",
            action="store_true",
            help="an empty cell or a field without a column deletes what the ledger holds",
        )
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen, files = self._options(options), options["files"]
        done, failed = [], []
        for file in files:
            try:
                done.append(self._import(file, chosen, quiet=options["json"]))
            except DomainError as error:
                if len(files) == 1:
                    raise CommandError(error.text + error.mend) from error
                failed.append(file)
                self.stderr.write(f"{file.name}：{error.text}{error.mend}")
        if options["json"]:
            self.stdout.write(json.dumps(summary(done[0]) if len(files) == 1 else summary_of_all(done)))
        if failed or any(batch.state != ImportBatch.State.DONE for batch in done):
            raise SystemExit(1)

    def _options(self, options: dict[str, Any]) -> batches.Options:
        department = Department.objects.by_code(options["department"])
        if department is None:
            raise CommandError(f"没有部门 {options['department']}。")
        for file in options["files"]:
            if not file.is_file():
                raise CommandError(f"没有文件 {file}。")
        return batches.Options(
            standard=options["standard"],
            department=department,
            item=self._item(options["item"]),
            simulate=options["simulate"],
            all_or_nothing=options["all_or_nothing"],
            unit=options["unit"],
            blanks=ImportBatch.Blanks.CLEAR if options["clear_blanks"] else ImportBatch.Blanks.KEEP,
            channel=ImportBatch.Channel.SHELL,
            parcel=uuid.uuid4() if len(options["files"]) > 1 else None,
        )

    def _import(self, file: Path, chosen: batches.Options, *, quiet: bool) -> ImportBatch:
        batch = batches.receive(_pieces(file), file.name, chosen, by=SHELL)
        batch = engine.run(batch.pk, by=SHELL)
        if not quiet:
            self._tell(batch)
        if batch.state == ImportBatch.State.REFUSED:
            self.stderr.write(batch.refusal)
        return batch

    @staticmethod
    def _item(code: str) -> CatalogueItem | None:
        if not code:
            return None
        item = CatalogueItem.objects.filter(code=code).first()
        if item is None:
            raise CommandError(f"公共信用信息目录中没有事项 {code}，不得归集。")
        return item

    def _tell(self, batch: ImportBatch) -> None:
        label = "模拟导入" if batch.simulate else "导入"
        self.stdout.write(
            f"{label}批次 {batch.pk}：共 {batch.total} 行，合格 {batch.accepted} 行（无变化 {batch.unchanged}，有提示 {batch.warned}），"
            f"退回 {batch.rejected} 行。"
        )
        groups = batch.findings.values("level", "label", "rule", "text").annotate(rows=Count("id"), first=Min("row"))
        for group in groups.order_by("level", "-rows")[:SHOWN]:
            word = "错误" if group["level"] == "error" else "提示"
            self.stdout.write(
                f"  {word} {group['rows']} 行（如第 {group['first']} 行） {group['label']} {group['text']}"
            )


COUNTS = ("total", "accepted", "rejected", "warned", "unchanged")


def summary_of_all(done: Sequence[ImportBatch]) -> dict[str, Any]:
    """The sums of several files, and each file's own counts."""
    sums = {name: sum(getattr(batch, name) for batch in done) for name in COUNTS}
    return sums | {"files": [{"file": batch.file_name, "state": batch.state} | summary(batch) for batch in done]}


def summary(batch: ImportBatch) -> dict[str, int]:
    """The counts of a batch, as the shell and other programs read them."""
    return {"batch": batch.pk} | {name: getattr(batch, name) for name in COUNTS}


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as source:
        while piece := source.read(1024 * 1024):
            yield piece
