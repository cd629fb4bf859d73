"""Declarations, one factory per state reached through the true actions where a record is needed; all invented."""

from __future__ import annotations

from companies.tests.factories import ActiveFactory
from declarations import actions
from declarations.models import Declaration
from declarations.rules import State

GIVEN = {
    "kind": "licence",
    "title": "通过质量管理体系认证",
    "body": "本单位于今年三月通过质量管理体系认证，证书编号示例001。",
    "happened_on": None,
    "valid_until": None,
}


def in_state(state: State, reviewer, account=None, **changed) -> Declaration:
    """A declaration of the reviewer's department in a state."""
    account = account or ActiveFactory()
    row = actions.save(GIVEN | changed, by=account)
    if state is State.DRAFT:
        return row
    row = actions.submit(row, by=account)
    if state is State.RETURNED:
        return actions.return_(row, by=reviewer, version=str(row.version), note="请补充证书编号")
    if state in (State.SHOWN, State.STRUCK):
        row = actions.accept(row, by=reviewer, version=str(row.version))
    if state is State.STRUCK:
        return actions.strike(row, by=reviewer, version=str(row.version), reason="经查证书无效")
    if state is State.WITHDRAWN:
        return actions.withdraw(row, by=account)
    return row
