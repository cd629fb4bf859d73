"""Addresses of the public site and of the public read interface."""

from django.urls import path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.permissions import AllowAny

from disclosure.public import api, feeds
from disclosure.public.views import details, guides, home, lists, statistics

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search_page, name="search"),
    path("subjects/<str:code>/", details.subject_page, name="subject"),
    path("disclosure/permits/", lists.kind_list, {"kind": "permit"}, name="permits"),
    path("disclosure/penalties/", lists.kind_list, {"kind": "penalty"}, name="penalties"),
    path("disclosure/acts/", RedirectView.as_view(pattern_name="public:acts"), {"act": "enforcement"}),
    path("disclosure/acts/<slug:act>/", lists.act_list, name="acts"),
    path("disclosure/rss/<slug:kind>.xml", feeds.KindFeed(), name="feed"),
    path("disclosure/<slug:public_id>/", details.disclosure_page, name="disclosure"),
    path("statistics/", statistics.timeliness_page, name="statistics"),
    path("open-data/", guides.open_data, name="open-data"),
    path("about/", guides.about, name="about"),
    path("help/", guides.help_page, name="help"),
    path("repair/", guides.repair_guide, name="repair"),
    path("objections/", guides.objection_guide, name="objections"),
    path("api/v1/subjects/<str:code>/", api.SubjectView.as_view(), name="api-subject"),
    path("api/v1/disclosures/", api.DisclosureListView.as_view(), name="api-disclosures"),
    path("api/v1/disclosures/<slug:public_id>/", api.DisclosureDetailView.as_view(), name="api-disclosure"),
    path("api/v1/changes/", api.ChangesView.as_view(), name="api-changes"),
    path("api/schema/", SpectacularAPIView.as_view(permission_classes=[AllowAny]), name="api-schema"),
    path(
        "api/docs/",
        SpectacularSwaggerView.as_view(url_name="public:api-schema", permission_classes=[AllowAny]),
        name="api-docs",
    ),
]
