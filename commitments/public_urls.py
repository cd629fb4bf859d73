"""Addresses of the public pages of commitments."""

from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import require_safe

from commitments.breaches import public as breaches
from commitments.letters.public import letters, verify
from commitments.lists.public import pages as matters
from commitments.statistics.pages import public_statistics
from disclosure.public.caching import public_page

app_name = "commitments-public"

urlpatterns: list[URLPattern | URLResolver] = [
    path("commitments/", public_page(letters.letter_list), name="letters"),
    path("commitments/breaches/", public_page(breaches.breach_list), name="breaches"),
    path("commitments/rss.xml", public_page(require_safe(letters.LetterFeed())), name="feed"),
    path("commitments/statistics/", public_page(public_statistics), name="statistics"),
    path("commitments/matters/", public_page(matters.matter_list), name="matters"),
    path("commitments/matters/compare/", public_page(matters.compare), name="matters-compare"),
    path("commitments/matters/<str:code>/", public_page(matters.matter_page), name="matter"),
    path("commitments/verify/", verify.verify, name="verify"),
    path("commitments/verify/pdf/", verify.verify_pdf, name="verify-pdf"),
    path("commitments/<slug:public_id>/pdf/", verify.public_pdf, name="letter-pdf"),
]
