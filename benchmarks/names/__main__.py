"""`python -m benchmarks.names`: recall and wrong siblings of the house's rules, rapidfuzz and nomenklatura on the same pairs, in one run."""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import followthemoney
import nomenklatura
import opencc
import rapidfuzz
from nomenklatura.matching import LogicV2, RegressionV1

from benchmarks.names.pairs import Pair, all_pairs
from records.identifiers import likeness
from records.identifiers.likeness import Alike, Held

Accepts = Callable[[Pair], bool]
THRESHOLDS = {"rapidfuzz": (95, 90, 85), "nomenklatura": (0.95, 0.8, 0.7)}


def main() -> None:
    """Measure and print the table; `--json FILE` keeps it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, default=None)
    given = parser.parse_args()
    pairs = all_pairs(opencc.OpenCC("s2t").convert)
    rows = [measured(name, accepts, pairs) for name, accepts in matchers()]
    head = {
        "pairs": len(pairs),
        "same": sum(each.same for each in pairs),
        "rapidfuzz": rapidfuzz.__version__,
        "nomenklatura": nomenklatura.__version__,
    }
    print(json.dumps(head, ensure_ascii=False))
    show(rows, list(dict.fromkeys(each.kind for each in pairs)))
    if given.json:
        given.json.write_text(json.dumps({"head": head, "rows": rows}, ensure_ascii=False, indent=1) + "\n")


def matchers() -> Iterable[tuple[str, Accepts]]:
    """Every way to say yes to a pair: the name half of “number and name”, what a person is shown first, and the others at their thresholds."""
    yield "house: agrees (beside a number)", lambda pair: _ours(pair).agrees
    yield (
        "house: agrees or near (shown as possible)",
        lambda pair: _ours(pair).agrees or _ours(pair).alike is Alike.NEAR,
    )
    for name in ("ratio", "token_sort_ratio", "token_set_ratio", "WRatio"):
        scorer = getattr(rapidfuzz.fuzz, name)
        for least in THRESHOLDS["rapidfuzz"]:
            yield f"rapidfuzz {name} ≥ {least}", _fuzzy(scorer, least)
    for algorithm in (LogicV2, RegressionV1):
        for score in THRESHOLDS["nomenklatura"]:
            yield f"nomenklatura {algorithm.NAME} ≥ {score}", _typed(algorithm, score)


def _ours(pair: Pair) -> likeness.Likeness:
    return likeness.compare(pair.listed, [Held(pair.held), *(Held(each, is_current=False) for each in pair.former)])


def _fuzzy(scorer: Callable[[str, str], float], least: float) -> Accepts:
    return lambda pair: max(scorer(pair.listed, each) for each in (pair.held, *pair.former)) >= least


def _typed(algorithm: Any, least: float) -> Accepts:
    config = algorithm.default_config()

    def accepts(pair: Pair) -> bool:
        # What it works out of an entity it keeps by the entity's id.
        query, result = _company(f"listed {id(pair)}", pair.listed), _company(f"held {id(pair)}", pair.held)
        for each in pair.former:
            result.add("previousName", each)
        return float(algorithm.compare(query, result, config).score) >= least

    return accepts


def _company(key: str, name: str) -> Any:
    entity = followthemoney.model.make_entity("Company")
    entity.id = key
    entity.add("name", name)
    entity.add("country", "cn")
    return entity


def measured(name: str, accepts: Accepts, pairs: list[Pair]) -> dict[str, Any]:
    """Recall over pairs of one subject, wrong siblings over pairs of two, both by kind too; pairs a second."""
    hits: dict[str, list[bool]] = defaultdict(list)
    begun = time.perf_counter()
    for pair in pairs:
        hits[pair.kind].append(accepts(pair))
    spent = time.perf_counter() - begun
    same = {each.kind for each in pairs if each.same}
    found = [hit for kind, each in hits.items() if kind in same for hit in each]
    wrong = [hit for kind, each in hits.items() if kind not in same for hit in each]
    return {
        "matcher": name,
        "recall": _share(found),
        "wrong": _share(wrong),
        "pairs_a_second": round(len(pairs) / spent),
        "kinds": {kind: _share(each) for kind, each in hits.items()},
    }


def _share(hits: list[bool]) -> float:
    return round(100 * sum(hits) / len(hits), 1)


def show(rows: list[dict[str, Any]], kinds: list[str]) -> None:
    """The table of all, then by kind."""
    print(f"{'matcher':45} {'recall %':>9} {'wrong siblings %':>17} {'pairs/s':>9}")
    for row in rows:
        print(f"{row['matcher']:45} {row['recall']:9} {row['wrong']:17} {row['pairs_a_second']:9}")
    for row in rows:
        print(row["matcher"], "·", " ".join(f"{kind} {row['kinds'][kind]}" for kind in kinds))


if __name__ == "__main__":
    main()
