#!/usr/bin/env python3
"""`make mutants`: do the tests notice a small mistake in a rule? Every mutant of the declared modules is tried against the tests that must kill it.

`mutants.toml` says which tests answer for which module, `mutants_equivalent.toml` which mutants change nothing that anybody could see, and
why. It fails when more than one in twenty survives beside these, and when the list of equivalents is no longer true.
ARGS= names modules or folders, SAMPLE= tries so many mutants of each (SEED= repeats a sample), MUTANT_WORKERS= says how many side by side.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import environment  # noqa: E402

if __name__ == "__main__":
    environment.use("requirements-dev.txt")

import mutants_tried  # noqa: E402
from mutants_made import Mutant, mutants_of  # noqa: E402
from mutants_tried import End, Module, NothingTried  # noqa: E402

sys.path.insert(0, str(environment.ROOT))
from credit_platform import embedded  # noqa: E402

VAR = Path(os.environ.get("VAR_DIR") or environment.ROOT / "var")
SCRIPTS = environment.ROOT / "scripts"
MOST = 0.05
"""Of all mutants at most this share may survive without being listed."""

Change = tuple[str, str, str]


@dataclass
class Result:
    """What became of the mutants of a module."""

    module: Module
    tried: int = 0
    killed: int = 0
    equivalent: list[Mutant] = field(default_factory=list)
    survived: list[Mutant] = field(default_factory=list)
    untrue: list[str] = field(default_factory=list)


def declared(words: Iterable[str] = ()) -> list[Module]:
    """The modules of the declaration, or those whose path begins with one of the words."""
    rows = tomllib.loads((SCRIPTS / "mutants.toml").read_text(encoding="utf-8"))["module"]
    wanted = tuple(word.removesuffix("/") for word in words)
    return [
        Module(
            environment.ROOT / row["path"], tuple(row["tests"]), tuple(row.get("parts", ())), row.get("database", False)
        )
        for row in rows
        if not wanted or row["path"].startswith(wanted)
    ]


def equivalents() -> Counter[Change]:
    """What the list says: path, line as it is, line as the mutant has it → how many mutants look like that."""
    rows = tomllib.loads((SCRIPTS / "mutants_equivalent.toml").read_text(encoding="utf-8")).get("mutant", [])
    return Counter((row["path"], row["line"], row["becomes"]) for row in rows for _ in range(row.get("times", 1)))


def change_of(mutant: Mutant) -> Change:
    """How a mutant is named in the list: by what it changes, so that other lines may come and go."""
    return (str(mutant.path.relative_to(environment.ROOT)), *mutant.change)


def main() -> int:
    modules = declared(sys.argv[1:])
    if not modules:
        sys.exit("没有匹配的模块，见 scripts/mutants.toml。")
    results = _of_kind(modules, database=False)
    if any(module.database for module in modules):
        with embedded.in_use(VAR):
            results += _of_kind(modules, database=True)
    return _report(results, whole=not sys.argv[1:])


def _of_kind(modules: list[Module], *, database: bool) -> list[Result]:
    """One process for each kind: what is loaded for the one would stand in the way of the other."""
    chosen = [module for module in modules if module.database is database]
    if not chosen:
        return []
    if database:
        _make_database()
    mutants_tried.load_libraries(database=database)
    return [_tried(module) for module in chosen]


def _make_database() -> None:
    """The database of the tests, once for the run."""
    one = "credit_platform/audit/tests/test_history.py"
    command = [str(environment.PYTHON), "-m", "pytest", "-q", "--create-db", "--reuse-db", one]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    os.environ["MUTANTS_DATABASE"] = "made"


def _tried(module: Module) -> Result:
    name = str(module.path.relative_to(environment.ROOT))
    try:
        seconds = mutants_tried.seconds_of(module)
    except NothingTried as nothing:
        sys.exit(f"未变异时测试即未通过：{nothing}")
    known, result = equivalents(), Result(module)
    mutants = _sample(mutants_of(module.path, module.parts))
    workers = int(os.environ.get("MUTANT_WORKERS") or os.cpu_count() or 1)
    for mutant, end in mutants_tried.tried(module, mutants, seconds=seconds, workers=workers):
        result.tried += 1
        listed = known[change_of(mutant)] > 0
        if end is End.KILLED:
            result.killed += 1
            if listed:
                result.untrue.append(f"{name}:{mutant.line} 列为等价，实际可被测出：{mutant.change[1]}")
        elif listed:
            result.equivalent.append(mutant)
        else:
            result.survived.append(mutant)
    print(
        f"{name}\t{result.tried}\t杀死 {result.killed}\t等价 {len(result.equivalent)}\t存活 {len(result.survived)}",
        flush=True,
    )
    for mutant in sorted(result.survived, key=lambda each: each.line):
        print(f"    {name}:{mutant.line}\n      - {mutant.change[0]}\n      + {mutant.change[1]}", flush=True)
    return result


def _sample(mutants: list[Mutant]) -> list[Mutant]:
    most = int(os.environ.get("SAMPLE") or 0)
    if not most or len(mutants) <= most:
        return mutants
    return random.Random(os.environ.get("SEED") or "0").sample(mutants, most)  # noqa: S311  a choice, no secret


def _report(results: list[Result], *, whole: bool) -> int:
    tried, survived = sum(each.tried for each in results), sum(len(each.survived) for each in results)
    same = sum(len(each.equivalent) for each in results)
    untrue = [line for each in results for line in each.untrue]
    if whole and not os.environ.get("SAMPLE"):
        seen = {change_of(mutant) for each in results for mutant in each.equivalent}
        untrue += [
            f"列为等价，但已无此变异：{path} {becomes}"
            for path, _, becomes in equivalents()
            if (path, _, becomes) not in seen
        ]
    print(
        f"变异 {tried}，杀死 {tried - survived - same}，等价 {same}，存活 {survived}（{survived / max(tried, 1):.1%}，至多 {MOST:.0%}）"
    )
    for line in untrue:
        print(line, file=sys.stderr)
    return 1 if untrue or survived > MOST * tried else 0


if __name__ == "__main__":
    sys.exit(main())
