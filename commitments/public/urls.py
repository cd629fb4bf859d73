"""Addresses of the public pages of commitments."""

from django.urls import URLPattern, URLResolver, path

from commitments.public import declarations, matters, verify
from disclosure.public.caching import public_page

app_name = "commitments-public"

urlpatterns: list[URLPattern | URLResolver] = [
    path("commitments/matters/", public_page(matters.matter_list), name="matters"),
    path("commitments/matters/compare/", public_page(matters.compare), name="matters-compare"),
    path("commitments/matters/<str:code>/", public_page(matters.matter_page), name="matter"),
    path("commitments/verify/", verify.verify, name="verify"),
    path("commitments/verify/pdf/", verify.verify_pdf, name="verify-pdf"),
    path("commitments/<slug:public_id>/pdf/", verify.public_pdf, name="letter-pdf"),
    path("declarations/<slug:public_id>/report/", declarations.report_untrue, name="report"),
]
