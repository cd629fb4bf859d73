"""Admin pages of departments (system administrator), staff and API clients (security administrator)."""

from credit_platform.accounts.admin.clients import ApiClientAdmin
from credit_platform.accounts.admin.departments import DepartmentAdmin, DepartmentSuccessionAdmin
from credit_platform.accounts.admin.proposals import AccountProposalAdmin
from credit_platform.accounts.admin.staff import UserAdmin

__all__ = ["AccountProposalAdmin", "ApiClientAdmin", "DepartmentAdmin", "DepartmentSuccessionAdmin", "UserAdmin"]
