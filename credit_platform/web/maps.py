"""The schematic map of the districts as its template draws it: a tile each with its figure, and the legend. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from credit_platform.web import districts, formats


def drawn(values: Mapping[str, Any], unit: str) -> dict[str, Any]:
    """Figures by district code as tiles; what is no number is left out, and a district without one reads 无数据."""
    numbers: dict[str, Decimal] = {
        code: number for code, value in values.items() if (number := formats.as_decimal(value)) is not None
    }
    limits = districts.bounds(numbers)
    tiles = [_tile(tile, numbers.get(tile.code), limits) for tile in districts.TILES]
    return {
        "unit_label": f"数量（{unit}）" if unit else "数值",
        "tiles": tiles, "listed": tiles, "legend": _legend(limits, unit),
        "width": districts.WIDTH, "height": districts.HEIGHT, "side": districts.SIDE, "river": districts.river_path(),
    }  # fmt: skip


def _tile(tile: districts.Tile, number: Decimal | None, limits: list[Decimal]) -> dict[str, Any]:
    x = tile.column * districts.STEP + districts.GAP
    y = tile.row * districts.STEP + districts.GAP
    return {
        "name": tile.name, "short": tile.short, "text": "无数据" if number is None else formats.plain(number),
        "level": districts.level(number, limits),
        "x": x, "y": y, "middle": x + districts.SIDE // 2, "name_y": y + 38, "value_y": y + 63,
    }  # fmt: skip


def _legend(limits: list[Decimal], unit: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = [{"level": 0, "text": "0 或无数据"}]
    for limit in limits:
        items.append({"level": districts.level(limit, limits), "text": f"{formats.plain(limit)}{unit}及以下"})
    return items
