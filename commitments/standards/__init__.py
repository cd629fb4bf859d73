"""What commitments tell the ledger of their records: code tables, cross-field rules and data standards, registered in AppConfig.ready()."""

from commitments.standards.checks import MATTERS
from commitments.standards.declared import ALL_COMMITMENTS
from commitments.standards.tables import ALL

__all__ = ["ALL", "ALL_COMMITMENTS", "MATTERS"]
