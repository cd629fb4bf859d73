"""Tables of exchange: partners and channels, the outbox, comparisons, what came in."""

from exchange.models.inbound import Arrival, Nonce
from exchange.models.messages import Message, MessageQuerySet, Parcel, ParcelQuerySet, Receipt
from exchange.models.partners import Channel, Mapping, Partner
from exchange.models.reconciliations import Difference, Reconciliation

__all__ = [
    "Arrival",
    "Channel",
    "Difference",
    "Mapping",
    "Message",
    "MessageQuerySet",
    "Nonce",
    "Parcel",
    "ParcelQuerySet",
    "Partner",
    "Receipt",
    "Reconciliation",
]
