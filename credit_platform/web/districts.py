"""The schematic map: the city's 9 districts, 7 counties and 2 county-level cities as equal tiles, placed roughly as they lie.

Codes are those of GB/T 2260. The river runs along the gaps between tiles. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

SIDE = 84
GAP = 10
STEP = SIDE + GAP


@dataclass(frozen=True, slots=True)
class Tile:
    code: str
    name: str
    short: str
    column: int
    row: int


TILES: tuple[Tile, ...] = (
    Tile("230102", "道里区", "道里", 0, 2),
    Tile("230103", "南岗区", "南岗", 1, 2),
    Tile("230104", "道外区", "道外", 1, 1),
    Tile("230108", "平房区", "平房", 1, 3),
    Tile("230109", "松北区", "松北", 0, 1),
    Tile("230110", "香坊区", "香坊", 2, 2),
    Tile("230111", "呼兰区", "呼兰", 1, 0),
    Tile("230112", "阿城区", "阿城", 2, 3),
    Tile("230113", "双城区", "双城", 0, 3),
    Tile("230123", "依兰县", "依兰", 5, 0),
    Tile("230124", "方正县", "方正", 3, 1),
    Tile("230125", "宾县", "宾县", 2, 1),
    Tile("230126", "巴彦县", "巴彦", 2, 0),
    Tile("230127", "木兰县", "木兰", 3, 0),
    Tile("230128", "通河县", "通河", 4, 0),
    Tile("230129", "延寿县", "延寿", 3, 2),
    Tile("230183", "尚志市", "尚志", 3, 3),
    Tile("230184", "五常市", "五常", 2, 4),
)
COLUMNS = max(tile.column for tile in TILES) + 1
ROWS = max(tile.row for tile in TILES) + 1
WIDTH = COLUMNS * STEP + GAP
HEIGHT = ROWS * STEP + GAP
# Corners of the gaps that the Songhua follows: below 松北, up beside it, then east between the counties of both banks.
RIVER_CORNERS = ((0, 2), (1, 2), (1, 1), (5, 1), (6, 1))
LEVELS = 5


def river_path() -> str:
    """The SVG path of the river."""
    points = [f"{column * STEP + GAP / 2:g} {row * STEP + GAP / 2:g}" for column, row in RIVER_CORNERS]
    return "M" + " L".join(points)


def bounds(values: Mapping[str, Decimal]) -> list[Decimal]:
    """Upper bounds of the classes: fifths of the ranked values, so that one giant does not leave the rest pale."""
    ranked = sorted(value for value in values.values() if value)
    if not ranked:
        return []
    picked = [
        ranked[min(len(ranked) - 1, (len(ranked) * step + LEVELS - 1) // LEVELS - 1)] for step in range(1, LEVELS + 1)
    ]
    return sorted(set(picked))


def level(value: Decimal | None, limits: list[Decimal]) -> int:
    """0 for nothing, else the class of the value from 1; fewer classes are spread over the shades."""
    if not value or not limits:
        return 0
    position = next((index for index, limit in enumerate(limits) if value <= limit), len(limits) - 1)
    return round((position + 1) * LEVELS / len(limits))
