"""How the province behaves: honestly, or badly in one of the ways in which real partners do."""

from __future__ import annotations

from enum import StrEnum


class Behaviour(StrEnum):
    """One way to behave."""

    HONEST = "honest"
    SLOW = "slow"
    DUPLICATE = "duplicate"
    DISORDERLY = "disorderly"
    REJECTING = "rejecting"
    SILENT = "silent"
    WRONG_CHECKSUM = "wrong-checksum"
    FORGETFUL = "forgetful"


MEANINGS: dict[Behaviour, str] = {
    Behaviour.HONEST: "every row is applied and answered at once",
    Behaviour.SLOW: "parcels are taken with 202, receipts come when asked for",
    Behaviour.DUPLICATE: "every receipt comes twice",
    Behaviour.DISORDERLY: "receipts come in another order than the rows",
    Behaviour.REJECTING: "three rows of every 500 are rejected",
    Behaviour.SILENT: "every second parcel is applied, and the connection closed without a word",
    Behaviour.WRONG_CHECKSUM: "every third answer carries a digest that is not its own",
    Behaviour.FORGETFUL: "every second parcel is thrown away, and the connection closed without a word",
}
REJECTED_OF, REJECTED = 500, 3
