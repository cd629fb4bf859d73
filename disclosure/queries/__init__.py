"""Answers about disclosures: what is public, what is due, how timely, and why."""

from disclosure.queries.deadlines import explain_deadline, withdrawal_due
from disclosure.queries.evaluation import Evaluation, Evaluator, evaluate_disclosure
from disclosure.queries.public import Line, by_public_id, lines, live_figures, public_disclosures, sheet
from disclosure.queries.timeliness import Timeliness, timeliness

__all__ = [
    "Evaluation",
    "Evaluator",
    "Line",
    "Timeliness",
    "by_public_id",
    "evaluate_disclosure",
    "explain_deadline",
    "lines",
    "live_figures",
    "public_disclosures",
    "sheet",
    "timeliness",
    "withdrawal_due",
]
