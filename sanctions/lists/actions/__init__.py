"""The verbs of lists: rows of the table of lists, entries that begin, entries that end."""

from sanctions.lists.actions.ending import Ending, attach_ban, end, end_many, end_past_term
from sanctions.lists.actions.entering import Listed, enter
from sanctions.lists.actions.reinstating import reinstate
from sanctions.lists.actions.table import FIXED, put_in_force, repeal, save_list

__all__ = [
    "FIXED",
    "Ending",
    "Listed",
    "attach_ban",
    "end",
    "end_many",
    "end_past_term",
    "enter",
    "put_in_force",
    "reinstate",
    "repeal",
    "save_list",
]
