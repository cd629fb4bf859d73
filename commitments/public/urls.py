"""Addresses of the public pages of commitments."""

from django.urls import URLPattern, URLResolver, path

from commitments.public import declarations, verify

app_name = "commitments-public"

urlpatterns: list[URLPattern | URLResolver] = [
    path("commitments/verify/", verify.verify, name="verify"),
    path("commitments/verify/pdf/", verify.verify_pdf, name="verify-pdf"),
    path("commitments/<slug:public_id>/pdf/", verify.public_pdf, name="letter-pdf"),
    path("declarations/<slug:public_id>/report/", declarations.report_untrue, name="report"),
]
