"""A report on a natural person is made at the window, for the person itself or for who holds its written authorisation."""

from __future__ import annotations

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.errors import Forbidden, refuse
from lookups.actions import answered
from lookups.models import Query
from lookups.queries.visits import open_query
from reports.actions.issuing import Asked, Issued, layout_of, made
from reports.models import ReportPurpose
from reports.queries.persons import asking_of, person_content, person_sheet
from reports.rules.channels import Channel, Kind
from reports.rules.persons import against, receiver_of


def issue_for_person(query: Query, purpose: ReportPurpose, *, by: User, site: str) -> Issued:
    """Make the personal report that a registered query opens: its fields by the query's purpose, its name whole for the person alone.

    The row of the register stands before anything is read (`lookups.ask`), and its number of results is written down before the paper is made.
    Who: the clerk who asked (`reports.issue_person`), within the half hour of the query; Forbidden else. Refused when the query is not the
    person's own or under its authorisation, and as in `issue`. Source: 个人信息保护法 art. 45; 哈政办规〔2020〕12号 no. 33.
    """
    policy.require(by, "reports.issue_person")
    row = open_query(query.number, by)
    if row is None or row.subject is None:
        raise Forbidden(
            "report.person.query", "这次查询不是您办理的，或者已超过可打印的时间。", mend="请为来访人重新登记查询。"
        )
    asking = asking_of(row)
    asked = Asked(
        purpose=purpose,
        channel=Channel.WINDOW,
        matter=row.matter or "窗口查询",
        case_number=row.case_number or row.number,
        query=row,
        receiver=receiver_of(asking),
    )
    refuse([*against(asking), *asked.findings(by)])
    return made_of_query(row, asked, by=by, site=site)


def made_of_query(query: Query, asked: Asked, *, by: User, site: str) -> Issued:
    """The report of a query whose right was asked already: the number of results is written down, then the paper is made."""
    layout, sheet = layout_of(Kind.PERSON), person_sheet(query, timezone.localdate())
    answered(query, sheet.results)
    return made(sheet.subject, layout, person_content(query, sheet, layout.layout), asked, by, site)
