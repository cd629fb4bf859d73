"""Who may open what: one line for every address of the platform, in the words of the roles.

The objects belong to the market bureau, so that its clerk and reviewer are "own" and those of the housing bureau are "other".
"""

from __future__ import annotations

from tests.role_table.admin import ADMIN_PAGES, MODELS, NOT_ADDED
from tests.role_table.assessment import ASSESSMENT
from tests.role_table.community import EDUCATION, INDUSTRY, TRAININGS
from tests.role_table.promises import COMMITMENTS, COMPANIES
from tests.role_table.records import DISCLOSURE, KERNEL, PUBLIC, RECORDS
from tests.role_table.redress import DELIVERIES, EXCHANGE, LOOKUPS, OBJECTIONS, PATROLS, REINSPECTIONS, REPAIRS, REPORTS
from tests.role_table.sanctions import CHECKS, LISTS, SANCTIONS
from tests.role_table.supervision import ALERTS, CAMPAIGNS, GRADING, INSPECTIONS, VISITS
from tests.role_table.words import ADMINS, ANONYMOUS, NOBODY, ROLES, Page

PAGES = (
    ALERTS
    + ASSESSMENT
    + CAMPAIGNS
    + DELIVERIES
    + EDUCATION
    + TRAININGS
    + INDUSTRY
    + EXCHANGE
    + GRADING
    + LOOKUPS
    + PATROLS
    + REINSPECTIONS
    + CHECKS
    + INSPECTIONS
    + VISITS
    + KERNEL
    + RECORDS
    + DISCLOSURE
    + COMMITMENTS
    + SANCTIONS
    + COMPANIES
    + REPAIRS
    + OBJECTIONS
    + REPORTS
    + PUBLIC
    + LISTS
)
__all__ = ["ADMINS", "ADMIN_PAGES", "ANONYMOUS", "MODELS", "NOBODY", "NOT_ADDED", "PAGES", "Page", "ROLES"]
