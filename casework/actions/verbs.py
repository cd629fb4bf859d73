"""The verbs of a hearing that are the same whatever the procedure; a procedure takes them over by name:

    serve = partial(verbs.serve, BREACH)

Which state each begins in and who may, its `Procedure` says. What tells, decides and ends differs by law and is written there with `step`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casework.actions import hearing
from casework.actions.step import step
from casework.models import Case
from casework.rules.attachments import AttachedFile
from casework.rules.procedures import Procedure
from companies.models import CompanyAccount
from credit_platform.accounts.models import User


def serve(
    procedure: Procedure,
    case: Case,
    *,
    how: str,
    on: date,
    proof: Sequence[AttachedFile],
    by: User,
    version: str | None = None,
) -> Case:
    """The notice reached the subject, with the proof as files; its days to respond run from the day after."""
    with step(procedure, case, "serve", by=by, on=on, version=version) as at:
        hearing.serve(at, how=how, proof=proof)
    return at.case


def hear(
    procedure: Procedure,
    case: Case,
    *,
    statement: str = "",
    waived: bool = False,
    on: date,
    by: User,
    attachments: Sequence[AttachedFile] = (),
    version: str | None = None,
) -> Case:
    """The subject's statement or its written waiver, taken in at the desk."""
    with step(procedure, case, "hear", by=by, on=on, version=version) as at:
        hearing.hear(at, statement=statement, waived=waived, attachments=attachments)
    return at.case


def respond(
    procedure: Procedure, case: Case, *, statement: str, by: CompanyAccount, attachments: Sequence[AttachedFile] = ()
) -> Case:
    """The company that the case is about answers online, once, until its last day."""
    with step(procedure, case, "respond", by=by) as at:
        hearing.respond(at, statement=statement, attachments=attachments)
    return at.case


def determine(
    procedure: Procedure,
    case: Case,
    *,
    reasons: str,
    considered: str = "",
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """A second person finds that it is so, with reasons, and with how the statement was considered. Refused while the subject may still respond."""
    with step(procedure, case, "determine", by=by, on=on, version=version) as at:
        hearing.determine(at, reasons=reasons, considered=considered)
    return at.case


def close(
    procedure: Procedure,
    verb: str,
    words: str,
    case: Case,
    *,
    reason: str,
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """The case ends by `verb` without a decision; `words` asks for the reason, and it is Refused without one. Nothing of it weighs on anybody."""
    with step(procedure, case, verb, by=by, on=on, version=version) as at:
        hearing.close(at, reason=reason, words=words)
    return at.case
