"""The verbs of plans, tasks, and of who was drawn."""

from supervision.inspections.plans.actions.committing import SAMPLING, commit
from supervision.inspections.plans.actions.drafting import cancel, draft, edit
from supervision.inspections.plans.actions.following import (
    begin,
    enlarge,
    finish,
    replace_inspector,
    skip,
    skip_visited,
)
from supervision.inspections.plans.actions.freezing import freeze
from supervision.inspections.plans.actions.planning import approve, close, publish, save_plan, send_back
from supervision.inspections.plans.actions.redrawing import redraw
from supervision.inspections.plans.actions.rows import save_cap, save_share

__all__ = [
    "SAMPLING",
    "approve",
    "begin",
    "cancel",
    "close",
    "commit",
    "draft",
    "edit",
    "enlarge",
    "finish",
    "freeze",
    "publish",
    "redraw",
    "replace_inspector",
    "save_cap",
    "save_plan",
    "save_share",
    "send_back",
    "skip",
    "skip_visited",
]
