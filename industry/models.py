"""The tables of all rooms: agencies with what they were authorised to, associations with their members, pilots with what was measured."""

from industry.agencies.models import Agency, AgencyGrant, StrikeCase
from industry.associations.models import Association, Member, MemberRecord
from industry.pilots.models import Indicator, Measurement, PilotCase

__all__ = [
    "Agency",
    "AgencyGrant",
    "Association",
    "Indicator",
    "Measurement",
    "Member",
    "MemberRecord",
    "PilotCase",
    "StrikeCase",
]
