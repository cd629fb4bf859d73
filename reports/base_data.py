"""What an installation begins with: the national layouts and the purposes of reports."""

from __future__ import annotations

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from reports.layouts import LAYOUTS, PURPOSES
from reports.models import ReportLayout, ReportPurpose


def load() -> list[str]:
    """Enter the rows that are not there; what an administrator changed since stays. What was loaded, for the shell."""
    with acting(SYSTEM):
        layouts = [ReportLayout.objects.get_or_create(code=row["code"], defaults=row)[1] for row in LAYOUTS]
        purposes = [
            ReportPurpose.objects.get_or_create(
                code=code, defaults={"name": name, "sentence": sentence, "of_departments": of_departments}
            )[1]
            for code, name, sentence, of_departments in PURPOSES
        ]
    made = sum(layouts) + sum(purposes)
    return [f"报告版式和用途 {made} 项"] if made else []
