"""The verbs of companies' accounts: the only writers of their state."""

from companies.actions.access import (
    change_password,
    log_in,
    log_out,
    open_by_outside_login,
    prove,
    require_signing,
    reset_password,
)
from companies.actions.applying import apply, confirm, lapse, refuse
from companies.actions.suspending import close, resume, suspend

__all__ = [
    "apply",
    "change_password",
    "close",
    "confirm",
    "lapse",
    "log_in",
    "log_out",
    "open_by_outside_login",
    "prove",
    "refuse",
    "require_signing",
    "reset_password",
    "resume",
    "suspend",
]
