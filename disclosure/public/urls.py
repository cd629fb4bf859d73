"""Addresses of the public site and of the public read interface."""

from django.urls import path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny

from disclosure.public import api, feeds, sitemaps
from disclosure.public.caching import public_page
from disclosure.public.shared import shared_page
from disclosure.public.views import checkpoints, details, guides, home, lists, statistics, verifying

app_name = "public"
kind_list = shared_page(lists.kind_list)
pages = [
    path("", shared_page(home.home), name="home"),
    path("search/", shared_page(home.search_page), name="search"),
    path("subjects/<str:code>/", shared_page(details.subject_page), name="subject"),
    path("disclosure/permits/", kind_list, {"kind": "permit"}, name="permits"),
    path("disclosure/penalties/", kind_list, {"kind": "penalty"}, name="penalties"),
    path("disclosure/acts/", require_safe(RedirectView.as_view(pattern_name="public:acts")), {"act": "enforcement"}),
    path("disclosure/acts/<slug:act>/", shared_page(lists.act_list), name="acts"),
    path("disclosure/rss/<slug:kind>.xml", public_page(require_safe(feeds.KindFeed())), name="feed"),
    path("disclosure/<slug:public_id>/", shared_page(details.disclosure_page), name="disclosure"),
    path("statistics/", public_page(statistics.timeliness_page), name="statistics"),
    path("open-data/", public_page(guides.open_data), name="open-data"),
    path("open-data/checkpoints/", public_page(checkpoints.checkpoint_list), name="checkpoints"),
    path("open-data/checkpoints/verify.py", public_page(checkpoints.program), name="checkpoint-program"),
    path("open-data/checkpoints/<str:day>/", public_page(checkpoints.checkpoint), name="checkpoint"),
    path(".well-known/jwks.json", public_page(checkpoints.key_set), name="keys"),
    path("reports/verify/", verifying.verify, name="verify"),
    path("reports/verify/program/", public_page(verifying.program), name="receipt-program"),
    path("about/", public_page(guides.about), name="about"),
    path("help/", public_page(guides.help_page), name="help"),
    path("repair/periods/", public_page(guides.repair_guide), name="repair"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", public_page(sitemaps.index), name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", public_page(sitemaps.part), name="sitemap-file"),
]
interface = [
    path("api/v1/subjects/<str:code>/", api.SubjectView.as_view(), name="api-subject"),
    path("api/v1/disclosures/", api.DisclosureListView.as_view(), name="api-disclosures"),
    path("api/v1/disclosures/<slug:public_id>/", api.DisclosureDetailView.as_view(), name="api-disclosure"),
    path("api/v1/changes/", api.ChangesView.as_view(), name="api-changes"),
    path("api/schema/", SpectacularAPIView.as_view(permission_classes=[AllowAny]), name="api-schema"),
    path("api/docs/", public_page(guides.api_docs), name="api-docs"),
]
urlpatterns = pages + interface
