"""The trail: entries, their chain, old versions of rows; the checkpoints of the chain and the keys that signed them."""

from credit_platform.audit.models.checkpoints import Checkpoint, SigningKey
from credit_platform.audit.models.rereading import Alteration, Rereading
from credit_platform.audit.models.trail import (
    AuditEntry,
    AuditEntryQuerySet,
    AuditHistory,
    AuditHistoryQuerySet,
    AuditPending,
    AuditSeal,
    Kind,
)

__all__ = [
    "Alteration",
    "AuditEntry",
    "AuditEntryQuerySet",
    "AuditHistory",
    "AuditHistoryQuerySet",
    "AuditPending",
    "AuditSeal",
    "Checkpoint",
    "Kind",
    "Rereading",
    "SigningKey",
]
