"""The kinds of information on the public site, in the order of its menus, and where their lists stand."""

from __future__ import annotations

from disclosure.rules.kinds import KIND_LABELS, kind_label

__all__ = [
    "ACTS",
    "BREACH",
    "COMMITMENT",
    "KINDS",
    "LISTED",
    "REGISTRATION",
    "SAID",
    "VOLUNTARY",
    "kind_label",
    "list_address",
]

REGISTRATION = "registration"
COMMITMENT = "commitment"
BREACH = "commitment-breach"
VOLUNTARY = "voluntary"
"""What a subject declares of itself, shown apart."""
KINDS: dict[str, str] = {kind: label for kind, label in KIND_LABELS.items() if not kind.startswith(VOLUNTARY)}
SAID: dict[str, str] = {kind: label for kind, label in KINDS.items() if kind != REGISTRATION}
"""Kinds among the entries of a subject's page; registration data stand beside them."""
LISTED: dict[str, str] = {kind: label for kind, label in SAID.items() if not kind.startswith(COMMITMENT)}
"""Kinds with a list here and a deadline of seven working days; the list of commitments belongs to their own app."""
ACTS: dict[str, str] = {kind.removeprefix("act-"): label for kind, label in KINDS.items() if kind.startswith("act-")}
"""`/disclosure/acts/<kind>/`: the eight acts beside permit and penalty (哈政办规〔2020〕12号, task 14)."""

_ADDRESSES = {"permit": "/disclosure/permits/", "penalty": "/disclosure/penalties/"} | {
    f"act-{act}": f"/disclosure/acts/{act}/" for act in ACTS
}
_ADDRESSES |= {COMMITMENT: "/commitments/", BREACH: "/commitments/breaches/"}


def list_address(kind: str) -> str:
    """The address of the list of a kind; "" when it has none."""
    return _ADDRESSES.get(kind, "")
