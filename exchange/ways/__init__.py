"""How a parcel travels. A way knows no table: it is given a link and rows, and answers what the other side said, or raises NoAnswer."""

from __future__ import annotations

from exchange.rules.channels import WayCode
from exchange.ways.base import Way
from exchange.ways.database import DatabaseWay
from exchange.ways.folder import FileWay
from exchange.ways.service import ServiceWay

_WAYS: dict[WayCode, Way] = {
    WayCode.SERVICE: ServiceWay(),
    WayCode.FILE: FileWay(),
    WayCode.DATABASE: DatabaseWay(),
}


def way_of(code: str) -> Way:
    """The way of a channel."""
    return _WAYS[WayCode(code)]
