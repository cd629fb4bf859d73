"""The verbs of education: courses are written and checked, people enrol and are tested, certificates are issued and revoked."""

from education.actions.courses import (
    add_lesson,
    add_question,
    change_lesson,
    draft,
    draft_anew,
    publish,
    remove_question,
    retire,
    return_,
    revise,
    submit,
)
from education.actions.enrolling import close_pack, enrol, learner_of, make_pack
from education.actions.revoking import challenge, revoke, uphold
from education.actions.testing import begin, hand_in

__all__ = [
    "add_lesson",
    "add_question",
    "begin",
    "challenge",
    "change_lesson",
    "close_pack",
    "draft",
    "draft_anew",
    "enrol",
    "hand_in",
    "learner_of",
    "make_pack",
    "publish",
    "remove_question",
    "retire",
    "return_",
    "revise",
    "revoke",
    "submit",
    "uphold",
]
