"""`python -m benchmarks load|shape|run|all|drop --subjects N`."""

from __future__ import annotations

import argparse
import json
import sys

from benchmarks import environment


def main() -> int:
    """Parse, point at the database of the size, do."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("verb", choices=("load", "shape", "run", "all", "drop"))
    parser.add_argument("--subjects", default="town", help=f"a number, or one of {', '.join(environment.SIZES)}")
    parser.add_argument("--only", default="", help="parts to run, separated by commas")
    parser.add_argument("--fresh", action="store_true", help="build the city anew even when it is there")
    given = parser.parse_args()
    subjects = environment.size_of(given.subjects)
    if given.verb == "drop":
        environment.execute(f"DROP DATABASE IF EXISTS {environment.database_of(subjects)} WITH (FORCE)")
        return 0
    from benchmarks import cities

    if given.verb == "load" or given.fresh:
        cities.build(subjects)
    else:
        cities.use(subjects, build=given.verb == "all")
    if given.verb in ("load", "shape"):
        return cities.show()
    from benchmarks import running

    results = running.run(subjects, [word for word in given.only.split(",") if word])
    print(json.dumps(results, ensure_ascii=False)[:200])
    return 0


if __name__ == "__main__":
    sys.exit(main())
