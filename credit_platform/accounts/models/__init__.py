"""Tables of the departments, the staff and the API clients."""

from credit_platform.accounts.models.clients import ApiClient, ApiClientQuerySet
from credit_platform.accounts.models.departments import (
    Department,
    DepartmentQuerySet,
    DepartmentSuccession,
    Level,
)
from credit_platform.accounts.models.factors import RecoveryCode, SecondFactor, SecondFactorQuerySet
from credit_platform.accounts.models.proposals import AccountProposal, AccountProposalQuerySet
from credit_platform.accounts.models.staff import Role, UsedPassword, User, UserManager, UserQuerySet
from credit_platform.accounts.models.tries import Door, Tries, TriesQuerySet

__all__ = [
    "AccountProposal",
    "AccountProposalQuerySet",
    "ApiClient",
    "ApiClientQuerySet",
    "Department",
    "DepartmentQuerySet",
    "DepartmentSuccession",
    "Door",
    "Level",
    "RecoveryCode",
    "Role",
    "SecondFactor",
    "SecondFactorQuerySet",
    "Tries",
    "TriesQuerySet",
    "UsedPassword",
    "User",
    "UserManager",
    "UserQuerySet",
]
