"""Layouts and purposes as rows, the reports that were issued, the links to them."""

from reports.models.issued import Report, ReportCertificate, ReportQuerySet
from reports.models.layouts import ProofField, ReportLayout, ReportPurpose
from reports.models.shares import ReportShare, ShareOpening

__all__ = [
    "ProofField",
    "Report",
    "ReportCertificate",
    "ReportLayout",
    "ReportPurpose",
    "ReportQuerySet",
    "ReportShare",
    "ShareOpening",
]
