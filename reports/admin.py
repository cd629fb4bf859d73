"""Layouts, fields of proofs and purposes of reports."""

from __future__ import annotations

from django.contrib import admin

from credit_platform.accounts.admin_site import PlatformAdmin
from reports.models import ProofField, ReportIssuer, ReportLayout, ReportPurpose


@admin.register(ReportLayout)
class ReportLayoutAdmin(PlatformAdmin):
    list_display = ("code", "name", "valid_from", "valid_until", "months", "kept_months")
    search_fields = ("code", "name")


@admin.register(ProofField)
class ProofFieldAdmin(PlatformAdmin):
    list_display = ("code", "name", "valid_from", "valid_until")
    filter_horizontal = ("departments",)


@admin.register(ReportPurpose)
class ReportPurposeAdmin(PlatformAdmin):
    list_display = ("code", "name", "sentence", "of_departments", "is_active")
    list_filter = ("is_active",)


@admin.register(ReportIssuer)
class ReportIssuerAdmin(PlatformAdmin):
    list_display = ("code", "region", "name", "fingerprint", "valid_from", "valid_until")
    list_filter = ("region",)
