"""The tables of objections."""

from objections.models.contests import Contest
from objections.models.corrections import Correction
from objections.models.objections import ITEM, Objection
from objections.models.objectors import Objector
from objections.models.suppression import SuppressionRule

__all__ = ["ITEM", "Contest", "Correction", "Objection", "Objector", "SuppressionRule"]
