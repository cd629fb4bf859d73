"""`python -m benchmarks load|shape|run|all|growth|picture|drop --subjects N`: see docs/performance.md."""

from __future__ import annotations

import argparse
import sys

from benchmarks import environment

VERBS = {
    "load": "build the city anew and print its shape",
    "shape": "print the shape of the city",
    "run": "measure on the city that is there",
    "all": "build the city when it is missing, then measure everything",
    "growth": "search and pages at 10,000 to 10,000,000 records, drawn as a picture",
    "picture": "draw the picture again from the results that are there",
    "drop": "remove the city's database",
}


def main() -> int:
    """Parse, point at the database of the size, do."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("verb", choices=VERBS, help="; ".join(f"{verb}: {what}" for verb, what in VERBS.items()))
    parser.add_argument("--subjects", default="town", help=f"a number, or one of {', '.join(environment.SIZES)}")
    parser.add_argument("--only", default="", help="parts to measure, separated by commas")
    parser.add_argument("--build", action="store_true", help="build the city when it is missing")
    given = parser.parse_args()
    subjects = environment.size_of(given.subjects)
    if given.verb == "drop":
        environment.execute(f"DROP DATABASE IF EXISTS {environment.database_of(subjects)} WITH (FORCE)")
        return 0
    if given.verb in ("growth", "picture"):
        from benchmarks import growth

        picture = growth.PICTURES[given.only] if given.only else growth.PAGES
        sizes = [size for size in picture.sizes if size <= subjects]
        (growth.run if given.verb == "growth" else growth.draw)(sizes, picture)
        return 0
    return _measure(given, subjects)


def _measure(given: argparse.Namespace, subjects: int) -> int:
    from benchmarks import cities

    if given.verb == "load":
        cities.build(subjects)
    else:
        cities.use(subjects, build=given.build or given.verb == "all")
    if given.verb in ("load", "shape"):
        return cities.show()
    from benchmarks import running

    broken = running.run(subjects, [word for word in given.only.split(",") if word])
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
