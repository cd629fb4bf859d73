"""Every address of the platform. Each app brings its own; this page only gathers them."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from credit_platform import health
from credit_platform.metrics.views import metrics

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("accounts/", include("credit_platform.accounts.urls")),
    path("desk/audit/", include("credit_platform.audit.urls")),
    path("", include("credit_platform.web.urls")),
    path("", include("records.urls")),
    path("", include("disclosure.urls")),
    path("", include("companies.urls")),
    path("", include("casework.urls")),
    path("", include("deliveries.urls")),
    path("", include("patrols.urls")),
    path("", include("patrols.alarm_urls")),
    path("", include("commitments.urls")),
    path("", include("commitments.breaches.urls")),
    path("", include("declarations.urls")),
    path("", include("education.urls")),
    path("", include("education.trainings.urls")),
    path("", include("sanctions.urls")),
    path("", include("sanctions.joint.urls")),
    path("", include("sanctions.national.urls")),
    path("", include("sanctions.lists.urls")),
    path("", include("checks.urls")),
    path("", include("sanctions.designations.urls")),
    path("", include("sanctions.removals.urls")),
    path("", include("sanctions.bans.urls")),
    path("", include("repair.urls")),
    path("", include("reinspections.urls")),
    path("", include("objections.urls")),
    path("", include("reports.urls")),
    path("", include("lookups.urls")),
    path("", include("exchange.urls")),
    path("", include("supervision.campaigns.urls")),
    path("", include("supervision.complaints.urls")),
    path("", include("supervision.inspections.urls")),
    path("", include("supervision.alerts.urls")),
    path("", include("supervision.alerts.alert_urls")),
    path("", include("supervision.alerts.check_urls")),
    path("", include("supervision.inspections.visits.urls")),
    path("", include("sanctions.filed.urls")),
    path("", include("sanctions.corrections.urls")),
    path("", include("supervision.grading.urls")),
    path("", include("assessment.urls")),
    path("", include("industry.agencies.urls")),
    path("", include("industry.agencies.strike_urls")),
    path("", include("industry.associations.urls")),
    path("", include("industry.pilots.urls")),
    path("admin/", admin.site.urls),
    path("", include("commitments.public_urls")),
    path("", include("sanctions.lists.public.urls")),
    path("", include("supervision.complaints.public_urls")),
    path("", include("disclosure.public.urls")),
]

handler400 = "credit_platform.web.errors.bad_request"
handler403 = "credit_platform.web.errors.permission_denied"
handler404 = "credit_platform.web.errors.not_found"
handler500 = "credit_platform.web.errors.server_error"
