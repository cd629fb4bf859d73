"""The verbs of published lists: a publication is registered and confirmed, a row is judged by two, what the source left out is released."""

from sanctions.filed.actions.judging import confirm, decline, propose
from sanctions.filed.actions.leaving import keep, release
from sanctions.filed.actions.publications import (
    close_publication,
    confirm_publication,
    drop_publication,
    register_publication,
)

__all__ = [
    "close_publication",
    "confirm",
    "confirm_publication",
    "decline",
    "drop_publication",
    "keep",
    "propose",
    "register_publication",
    "release",
]
