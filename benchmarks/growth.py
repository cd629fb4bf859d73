"""What a page costs as the city grows: the same figures at several sizes, drawn as a picture."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from benchmarks import environment

SIZES = (1_000, 10_000, 100_000, 1_000_000)
LINES = 5_000
"""Of a published list, for the picture."""
IMAGES = environment.ROOT / "docs" / "images"


@dataclass(frozen=True, slots=True)
class Picture:
    """What is measured, and drawn where: of each line the beginning of a figure's name, what the picture calls it, its colour, and how many
    things the figure's time is for."""

    parts: str
    target: Path
    lines: tuple[tuple[str, str, str, int], ...]
    low: float = 1.0
    sizes: tuple[int, ...] = SIZES


PAGES = Picture(
    "search,pages",
    IMAGES / "cost-by-size.svg",
    (
        ("most common pairs", "search, most common pair", "#0b3d75", 1),
        ("absent pair", "search, absent pair", "#3b82c4", 1),
        ("subject, some records", "subject page", "#1b7f4b", 1),
        ("list, first page", "list, first page", "#b45309", 1),
        ("list, page 10,000", "list, page 10,000", "#d97706", 1),
        ("list by department and year", "list, department and year", "#7c3aed", 1),
        ("record", "record page", "#555555", 1),
        ("statistics of a year", "statistics of a year", "#c0392b", 1),
    ),
)
CHECKS = Picture(
    "checks,filed",
    IMAGES / "checks-by-size.svg",
    (
        ("one by one over HTTP", "one check over HTTP", "#0b3d75", 1),
        ("100,000 in batches", "one code of a batch", "#3b82c4", 100_000),
        ("list of", "one line of a published list", "#b45309", LINES),
        ("the same list", "one line that is unchanged", "#d97706", LINES),
    ),
    low=0.1,
    sizes=(10_000, 30_000, 100_000, 300_000),
)
PICTURES = {each.parts: each for each in (PAGES, CHECKS)}
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 860, 420, 70, 290, 30, 60


def run(sizes: Sequence[int], picture: Picture = PAGES) -> None:
    """Measure what the picture shows at every size, one process each, and draw."""
    for size in sizes:
        command = [
            sys.executable,
            "-m",
            "benchmarks",
            "run",
            "--subjects",
            str(size),
            "--only",
            picture.parts,
            "--build",
        ]
        subprocess.run(command, check=True, cwd=environment.ROOT, env=os.environ | {"BENCH_FILED_ROWS": str(LINES)})
    draw(sizes, picture)


def draw(sizes: Sequence[int], picture: Picture = PAGES) -> None:
    """The picture of what was measured at these sizes; sizes without results are left out."""
    found = [result for size in sizes if (result := _result(size, picture))]
    points = {
        title: [(row["records"], _cost(row, begin) / count) for row in found]
        for begin, title, _, count in picture.lines
    }
    picture.target.parent.mkdir(parents=True, exist_ok=True)
    picture.target.write_text(svg(points, picture), encoding="utf-8")
    print(f"drawn: {picture.target}")


def _result(size: int, picture: Picture) -> dict[str, Any] | None:
    """The latest run of this size that measured what the picture shows, alone or with everything else."""
    alone = picture.parts.replace(",", "-")
    found = [environment.var() / f"results-{size}{end}.json" for end in (f"-{alone}", "")]
    known = sorted((path for path in found if path.exists()), key=lambda path: path.stat().st_mtime)
    return dict(json.loads(known[-1].read_text(encoding="utf-8"))) if known else None


def _cost(result: dict[str, Any], begin: str) -> float:
    """What the page itself works, which a busy machine does not change; the median time where PostgreSQL is elsewhere."""
    row = next(row for row in result["figures"] if row["name"].startswith(begin))
    return float(row["work"] or row["p50"])


def svg(points: dict[str, list[tuple[int, float]]], picture: Picture = PAGES) -> str:
    """Both axes logarithmic: a level line does not grow at all, a rising diagonal grows with the city."""
    records = sorted({x for line in points.values() for x, _ in line})
    low, high = picture.low, picture.low * 1000
    left, right = math.log10(records[0]), math.log10(max(records[-1], records[0] * 10))

    def at(x: float, y: float) -> tuple[float, float]:
        across = (math.log10(x) - left) / (right - left)
        up = (math.log10(min(max(y, low), high)) - math.log10(low)) / (math.log10(high) - math.log10(low))
        return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12" role="img">',
        "<title>What is worked for one against the number of records</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    for y in (low, low * 10, low * 100, high):
        x0, level = at(records[0], y)
        end, _ = at(records[-1], y)
        parts.append(f'<path d="M{x0:.0f} {level:.1f}H{end:.0f}" stroke="#dddddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{level + 4:.1f}" text-anchor="end">{y:g} ms</text>')
    for x in records:
        place, bottom = at(x, low)
        parts.append(f'<text x="{place:.1f}" y="{bottom + 20:.1f}" text-anchor="middle">{x:,}</text>')
    parts.append(
        f'<text x="{LEFT}" y="{HEIGHT - 14}">records (logarithmic); processor time of Django and PostgreSQL, 95th percentile</text>'
    )
    return "\n".join([*parts, *_lines(points, at, picture), "</svg>"]) + "\n"


def _lines(points: dict[str, list[tuple[int, float]]], at: Any, picture: Picture) -> list[str]:
    parts = []
    colours = {title: colour for _, title, colour, _ in picture.lines}
    order = sorted(points, key=lambda title: -points[title][-1][1])
    for place, title in enumerate(order):
        line, colour = points[title], colours[title]
        path = " ".join(f"{'L' if i else 'M'}{x:.1f} {y:.1f}" for i, (x, y) in enumerate(at(*point) for point in line))
        parts.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in (at(*point) for point in line)
        ]
        level = TOP + 20 + place * 24
        side = WIDTH - RIGHT + 24
        parts.append(f'<path d="M{side} {level - 4}h18" stroke="{colour}" stroke-width="3"/>')
        parts.append(f'<text x="{side + 26}" y="{level}">{escape(title)}: {_round(line[-1][1])} ms</text>')
    return parts


def _round(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"
