"""Tables of exchange: partners and channels, the outbox, comparisons."""

from exchange.models.messages import Message, MessageQuerySet, Parcel, ParcelQuerySet, Receipt
from exchange.models.partners import Channel, Mapping, Partner
from exchange.models.reconciliations import Difference, Reconciliation

__all__ = [
    "Channel",
    "Difference",
    "Mapping",
    "Message",
    "MessageQuerySet",
    "Parcel",
    "ParcelQuerySet",
    "Partner",
    "Receipt",
    "Reconciliation",
]
