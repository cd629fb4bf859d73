"""The verbs of the ledger: the only writers of subjects, records, merges and the catalogue."""

from records.actions.changes import edit, revoke
from records.actions.drafts import discard_draft, save_draft
from records.actions.entry import check_row, enter
from records.actions.looks import find_person, look_profile, see_person_number
from records.actions.merges import decide_merge, decline_merge, propose_merge, reverse_merge
from records.actions.subjects import add_identifier, rename, set_head

__all__ = [
    "add_identifier",
    "check_row",
    "decide_merge",
    "decline_merge",
    "discard_draft",
    "edit",
    "enter",
    "find_person",
    "look_profile",
    "propose_merge",
    "rename",
    "reverse_merge",
    "revoke",
    "save_draft",
    "see_person_number",
    "set_head",
]
