"""The only writers of accounts, departments and API clients. Every one asks the policy and leaves an audit entry."""

from credit_platform.accounts.actions.clients import (
    issue_api_client,
    pause_api_client,
    resume_api_client,
    revoke_api_client,
)
from credit_platform.accounts.actions.departments import (
    add_department,
    close_department,
    succeed_department,
    update_department,
)
from credit_platform.accounts.actions.passwords import change_own_password, reset_password
from credit_platform.accounts.actions.staff import (
    create_user,
    lock_user,
    move_user,
    rename_user,
    set_roles,
    unlock_user,
)

__all__ = [
    "add_department",
    "change_own_password",
    "close_department",
    "create_user",
    "issue_api_client",
    "lock_user",
    "move_user",
    "pause_api_client",
    "rename_user",
    "reset_password",
    "resume_api_client",
    "revoke_api_client",
    "set_roles",
    "succeed_department",
    "unlock_user",
    "update_department",
]
