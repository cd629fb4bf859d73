"""The measures of joint action that are being carried out against an entry."""

from __future__ import annotations

from repair.models import RepairCase
from sanctions.joint.models import JointItem


def measures_of(own: RepairCase) -> list[JointItem]:
    """The lines of an entry that are being carried out, which may be lifted one by one; none for what is no entry."""
    if own.entry_id is None:
        return []
    rows = JointItem.objects.taken().filter(entry_id=own.entry_id)
    return list(rows.select_related("measure__measure", "task__case__department").order_by("measure__position", "pk"))
