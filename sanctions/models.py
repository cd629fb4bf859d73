"""Tables of sanctions, room by room."""

from sanctions.bans.models import Ban
from sanctions.corrections.models import CorrectionCase
from sanctions.designations.models import DesignationCase
from sanctions.filed.models import FiledPublication, FiledRow, Judgement
from sanctions.joint.models import JointAction, JointItem, JointTarget, JointTask, Lifting
from sanctions.lists.models import CreditList, ListEntry
from sanctions.measures.models import MatterField, Measure, MeasureEntry, MeasureList
from sanctions.national.models import (
    NationalDelivery,
    NationalDeliveryLine,
    NationalEvent,
    NationalFeedback,
    NationalFeedbackLine,
    NationalReceipt,
)
from sanctions.removals.models import RemovalCase

__all__ = [
    "Ban",
    "CorrectionCase",
    "CreditList",
    "DesignationCase",
    "FiledPublication",
    "FiledRow",
    "JointAction",
    "JointItem",
    "JointTarget",
    "JointTask",
    "Judgement",
    "Lifting",
    "ListEntry",
    "MatterField",
    "Measure",
    "MeasureEntry",
    "MeasureList",
    "NationalDelivery",
    "NationalDeliveryLine",
    "NationalEvent",
    "NationalFeedback",
    "NationalFeedbackLine",
    "NationalReceipt",
    "RemovalCase",
]
