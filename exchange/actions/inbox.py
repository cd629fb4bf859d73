"""The inbox of the way of files: what lies in `in/` whole is taken in, answered by a receipt in `back/`, and removed, for it may name persons."""

from __future__ import annotations

import logging
from pathlib import Path

from credit_platform.errors import DomainError
from exchange.actions.receiving import receive, refusal_of
from exchange.actions.sending import link_of
from exchange.models import Channel
from exchange.rules.manifests import (
    MANIFEST,
    RECEIPT,
    ROWS,
    Manifest,
    Unsound,
    lines,
    parsed_manifest,
    whole_rows,
)
from exchange.rules.messages import Result
from exchange.ways.folder import BACK, IN, folder_of, put

MOST_BYTES = 64 * 1024 * 1024
logger = logging.getLogger(__name__)


def take_files(channel: Channel) -> int:
    """Every parcel of the channel's standard whose manifest lies there; how many. One that is not whole stays, and is answered so."""
    link = link_of(channel)
    inbox, back = folder_of(link, IN), folder_of(link, BACK)
    count = 0
    for path in sorted(inbox.glob(f"*_{channel.kind}_*{MANIFEST}")):
        name = path.name.removesuffix(MANIFEST)
        rows = inbox / f"{name}{ROWS}"
        try:
            manifest, content = _whole(path, rows)
        except (Unsound, OSError) as error:
            text = str(error) if isinstance(error, Unsound) else "文件不可读。"
            put(back / f"{name}{RECEIPT}", lines([{"parcel": name, "result": Result.REJECTED, "text": text}]))
            continue
        put(
            back / f"{name}{RECEIPT}",
            lines([{"parcel": name, "sha256": manifest.sha256}, *_answers(channel, name, content)]),
        )
        for each in (path, rows):
            each.unlink()
        count += 1
    return count


def _whole(manifest: Path, rows: Path) -> tuple[Manifest, list[dict[str, object]]]:
    if rows.stat().st_size > MOST_BYTES:
        raise Unsound("文件过大，请分批报送。")
    said = parsed_manifest(manifest.read_bytes())
    return said, whole_rows(said, rows.read_bytes())


def _answers(channel: Channel, name: str, rows: list[dict[str, object]]) -> list[dict[str, object]]:
    try:
        arrival, again = receive(channel, name, rows)
    except DomainError as error:
        logger.info("a parcel of %s was refused: %s", channel.pk, error.code)
        return [dict(refusal_of(error))]
    if arrival.refused:
        return [{"result": Result.REJECTED.value, "text": arrival.refused}]
    return [{"row": number, "repeated": again, **each} for number, each in enumerate(arrival.answers, start=1)]
