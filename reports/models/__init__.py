"""Layouts and purposes as rows, the reports that were issued, the links to them."""

from reports.models.issued import Report, ReportCertificate, ReportQuerySet
from reports.models.layouts import ProofField, ReportLayout, ReportPurpose
from reports.models.shares import ReportShare, ShareOpening

# Last: it stands on the tables above.
from reports.region.models import ForeignReport, ReportIssuer  # isort: skip
from reports.uses.models import ReportUse, UseOpening  # isort: skip

__all__ = [
    "ForeignReport",
    "ProofField",
    "Report",
    "ReportCertificate",
    "ReportIssuer",
    "ReportLayout",
    "ReportPurpose",
    "ReportQuerySet",
    "ReportShare",
    "ReportUse",
    "ShareOpening",
    "UseOpening",
]
