"""Schemes, fields and the table of tiers: another rule is another row, from its day on."""

from __future__ import annotations

from django.contrib import admin

from credit_platform.accounts.admin_site import PlatformAdmin
from supervision.grading.models import GradeScheme, SupervisionField, TierRule


@admin.register(SupervisionField)
class SupervisionFieldAdmin(PlatformAdmin):
    list_display = ("code", "name", "floor", "valid_from", "valid_until", "basis")
    search_fields = ("code", "name")


@admin.register(GradeScheme)
class GradeSchemeAdmin(PlatformAdmin):
    """A scale that changes is a row of its own; grades speak of the one under which they were found."""

    list_display = ("code", "name", "owner", "source", "in_words", "rank", "valid_from", "valid_until")
    list_filter = ("source",)
    search_fields = ("code", "name", "owner")

    @admin.display(description="等级（由好到差）")
    def in_words(self, scheme: GradeScheme) -> str:
        return scheme.in_words


@admin.register(TierRule)
class TierRuleAdmin(PlatformAdmin):
    list_display = ("scheme", "grade", "field", "tier", "valid_from", "valid_until", "basis")
    list_filter = ("tier", "scheme", "field")
    list_select_related = ("scheme", "field")
