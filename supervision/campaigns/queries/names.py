"""By what a target could be recognised in a text: names, former names, codes, heads."""

from __future__ import annotations

from supervision.campaigns.models import CampaignCase, Target


def names_of(campaign: CampaignCase) -> set[str]:
    """Present and former names, codes and heads of all targets of a campaign, also of lists that were sent back."""
    targets = Target.objects.filter(target_list__campaign=campaign)
    pairs = targets.values_list(
        "subject__name", "subject__code", "subject__legal_representative", "subject__names__name"
    )
    return {each for row in pairs.iterator() for each in row if each}
