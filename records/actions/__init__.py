"""The verbs of the ledger: the only writers of subjects, records, merges and the catalogue."""

from records.actions.catalogue import (
    add_exemption,
    issue,
    new_version,
    new_version_from,
    remove_entry,
    repeal,
    save_entry,
)
from records.actions.changes import edit, revoke
from records.actions.drafts import discard_draft, expire_drafts, save_draft
from records.actions.entry import check_row, enter
from records.actions.looks import find_person, look_profile, see_person_number
from records.actions.merges import MergeDocument, decide_merge, decline_merge, propose_merge, reverse_merge
from records.actions.subjects import add_identifier, rename, set_head

__all__ = [
    "MergeDocument",
    "add_exemption",
    "add_identifier",
    "check_row",
    "decide_merge",
    "decline_merge",
    "discard_draft",
    "edit",
    "enter",
    "expire_drafts",
    "find_person",
    "issue",
    "look_profile",
    "new_version",
    "new_version_from",
    "propose_merge",
    "remove_entry",
    "rename",
    "repeal",
    "reverse_merge",
    "revoke",
    "save_draft",
    "save_entry",
    "see_person_number",
    "set_head",
]
