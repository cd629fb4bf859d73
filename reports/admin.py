"""Layouts and purposes of reports, and the certificates that signed them (to be read)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest

from credit_platform.accounts.admin_site import PlatformAdmin
from reports.models import ProofField, ReportCertificate, ReportLayout, ReportPurpose


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
    list_display = ("code", "name", "sentence", "is_active")
    list_filter = ("is_active",)


@admin.register(ReportCertificate)
class ReportCertificateAdmin(PlatformAdmin):
    list_display = ("subject", "since", "fingerprint")
    readonly_fields: ClassVar = ("subject", "since", "fingerprint", "pem")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
