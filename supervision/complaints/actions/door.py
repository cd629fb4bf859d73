"""The door to which the importer brings the rows of 12315 (`records.doors`): complaints go on into the ledger, reports of violations do not."""

from __future__ import annotations

from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from records.imports.ledger.apply import Outcome, Target
from supervision.complaints.actions.intake import Intake
from supervision.complaints.models import Complaint, ViolationReport


class ComplaintDoor:
    """The door of the kind `complaint`."""

    takes_pushes = True

    def enter(self, target: Target, *, by: Actor) -> Outcome:
        """Part the staged rows, take people out of the texts of complaints, and bring these into the ledger."""
        return Intake(target, by).go()

    def take_back(self, batch_id: int, *, by: Actor) -> int:
        """What the batch brought beside the ledger and no later one has sent again; what a later one has sent stays."""
        own = {"first_batch": batch_id, "last_batch": batch_id}
        reports, _ = ViolationReport.objects.filter(**own).delete()
        complaints, _ = Complaint.objects.unidentified().filter(**own).delete()
        if reports or complaints:
            detail = {"batch": batch_id, "reports": reports, "complaints": complaints}
            audit.record("complaints.undo", by=by, detail=detail)
        return reports + complaints
