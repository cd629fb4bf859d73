"""What a company's home page shows of lists: what it was told and may answer, and where it stands."""

from __future__ import annotations

from datetime import date

from companies.home import Section
from companies.models import CompanyAccount
from sanctions.designations.pages import MINE


def sections(account: CompanyAccount, on: date) -> list[Section]:
    """Open cases of listing, those that may be answered with their last day."""
    return [Section("近期事项", MINE.home_rows(account, on, title="列入名单告知"), due=True, order=15)]
