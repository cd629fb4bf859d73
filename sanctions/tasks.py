"""What the clock sets going. The truth is in the database: every sweep asks what is due, and may run twice."""

from __future__ import annotations

from celery import shared_task

from sanctions.filed.actions import lapsing
from sanctions.joint.actions import lifting, pushing
from sanctions.lists import actions


@shared_task(name="sanctions.push_joint_actions")
def push_joint_actions() -> int:
    """Push what entries on lists began, and what a killed process left."""
    return pushing.push_pending()


@shared_task(name="sanctions.ask_to_lift")
def ask_to_lift() -> int:
    """Ask departments to lift measures that are past their own term."""
    return lifting.ask_past_term()


@shared_task(name="sanctions.end_past_term")
def end_past_term() -> int:
    """Take off their lists the entries whose last day has passed."""
    return actions.end_past_term()


@shared_task(name="sanctions.reopen_filed")
def reopen_filed() -> int:
    """Open the rows of published lists again whose decision no longer holds."""
    return lapsing.reopen_changed()
