"""The file of a report is handed out; each time is on record."""

from __future__ import annotations

from django.utils import timezone

from credit_platform import vault
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Forbidden, Refused
from lookups.models import Query
from reports.models import Report
from reports.rules.channels import Channel


def file_of(report: Report) -> bytes:
    """The file of a report. Refused when it was disposed of."""
    if not report.path:
        raise Refused(
            "report.disposed", f"报告文件已于{report.disposed_on:%Y-%m-%d}按保存期限销毁。", mend="请重新出具一份报告。"
        )
    return vault.read(report.path)


def look(report: Report, *, by: Actor) -> bytes:
    """The file, for who may see the report; the look is written down first.

    A report on a natural person goes to the clerk before whom the visitor stands and to nobody else: Forbidden when somebody else asked, or the
    half hour of its query is over. One that a department uses with the subject's consent is opened there (`reports.uses`). Refused when the file
    was disposed of.
    """
    if report.channel == Channel.CONSENT and isinstance(by, User):
        raise Forbidden("report.consent", "该报告经主体同意使用。", mend="请在“报告使用”中打开，每次打开都有登记。")
    if not may_look(report, by):
        raise Forbidden(
            "report.person.closed",
            "个人报告只在查询后三十分钟内由经办人打印，不另行提供。",
            mend="请为来访人重新登记查询。",
        )
    with acting(by):
        audit.record("reports.look", report, by=by, reason=report.matter)
    return file_of(report)


def may_look(report: Report, by: Actor) -> bool:
    """Whether `look` hands the file to somebody: that of a person while its query is open to them, one of a consent to the subject alone, any other
    always."""
    if report.query_id is None:
        return report.channel != Channel.CONSENT or not isinstance(by, User)
    return isinstance(by, User) and Query.objects.open_to(by, timezone.now()).filter(pk=report.query_id).exists()
