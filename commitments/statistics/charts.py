"""The drawings of the statistics: figures in, options of a chart out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from commitments.statistics.queries import Line

MOST = 15
BAR = {"type": "bar", "stack": "all", "barMaxWidth": 28}


def months_chart(lines: Sequence[Line]) -> dict[str, Any]:
    """Letters by month: those found kept, those found not kept, and the rest."""
    return {
        "legend": {"data": list(_parts(lines))},
        "xAxis": {"type": "category", "data": [line.label for line in lines]},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": _series(lines),
    }


def ranking_chart(lines: Sequence[Line]) -> dict[str, Any]:
    """The lines with the most letters, the largest on top."""
    largest = sorted(lines, key=lambda line: line.made, reverse=True)[:MOST][::-1]
    return {
        "legend": {"data": list(_parts(lines))},
        "xAxis": {"type": "value", "minInterval": 1},
        "yAxis": {"type": "category", "data": [line.label.removeprefix("哈尔滨市") or line.label for line in largest]},
        "series": _series(largest),
    }


def _parts(lines: Sequence[Line]) -> dict[str, list[int]]:
    return {
        "全部履行": [line.fulfilled for line in lines],
        "其他状态": [line.made - line.fulfilled - line.unfulfilled for line in lines],
        "未履行": [line.unfulfilled for line in lines],
    }


def _series(lines: Sequence[Line]) -> list[dict[str, Any]]:
    return [{"name": name, **BAR, "data": data} for name, data in _parts(lines).items()]
