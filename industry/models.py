"""The tables of all rooms: agencies with what they were authorised to, associations with their members."""

from industry.agencies.models import Agency, AgencyGrant, StrikeCase
from industry.associations.models import Association, Member, MemberRecord

__all__ = ["Agency", "AgencyGrant", "Association", "Member", "MemberRecord", "StrikeCase"]
