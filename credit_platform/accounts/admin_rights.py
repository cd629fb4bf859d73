"""What Django's admin shows to whom, answered by the policy: every model of the admin hangs on one permission.

The apps above add their models with `declare` in AppConfig.ready(); a model that nobody declared is open to nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from credit_platform.accounts import policy

if TYPE_CHECKING:
    from credit_platform.accounts.models import User

ADMIN_MODELS: dict[str, str] = {
    "accounts.department": "departments.manage",
    "accounts.departmentsuccession": "departments.manage",
    "accounts.user": "accounts.manage",
    "accounts.accountproposal": "accounts.confirm",
    "accounts.apiclient": "apiclients.manage",
}


def declare(models: Mapping[str, str]) -> None:
    """Open models of an app above: {"records.catalogueitem": "catalogue.manage"} (labels in lower case)."""
    ADMIN_MODELS.update({label.lower(): permission for label, permission in models.items()})


def has_perm(user: User, perm: str) -> bool:
    """Whether the policy lets the user at "accounts.change_user"; the verb is refined by the admin class itself."""
    app_label, _, codename = perm.partition(".")
    _verb, _, model = codename.rpartition("_")
    permission = ADMIN_MODELS.get(f"{app_label}.{model}")
    return permission is not None and policy.allows(user, permission)


def has_module_perms(user: User, app_label: str) -> bool:
    """Whether any model of the app is open to the user."""
    return any(
        policy.allows(user, permission)
        for label, permission in ADMIN_MODELS.items()
        if label.startswith(f"{app_label}.")
    )
