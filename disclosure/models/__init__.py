"""Tables of disclosure: what the public may see, from when until when; periods as data; the change feed; statistics."""

from disclosure.models.bulk import BulkJob
from disclosure.models.changes import DisclosureChange
from disclosure.models.disclosures import Disclosure, DisclosureQuerySet
from disclosure.models.faces import Face
from disclosure.models.lowerings import Lowering, LoweringQuerySet
from disclosure.models.moved_ends import MovedEnd
from disclosure.models.objections import AuthorityObjection
from disclosure.models.periods import FineThreshold, PeriodRule, RuleSet, SimpleProcedureLimit
from disclosure.models.reminders import Reminder
from disclosure.models.tallies import TimelinessTally

__all__ = [
    "BulkJob",
    "Disclosure",
    "DisclosureChange",
    "DisclosureQuerySet",
    "Face",
    "FineThreshold",
    "Lowering",
    "LoweringQuerySet",
    "MovedEnd",
    "AuthorityObjection",
    "PeriodRule",
    "Reminder",
    "RuleSet",
    "SimpleProcedureLimit",
    "TimelinessTally",
]
