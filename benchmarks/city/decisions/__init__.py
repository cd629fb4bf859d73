"""Eight years of reports: which authority reports on which day, what it decided, and what became of it."""

from benchmarks.city.decisions.columns import NULL
from benchmarks.city.decisions.past import YEARS, Decisions

__all__ = ["NULL", "YEARS", "Decisions"]
