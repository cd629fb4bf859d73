"""Addresses of campaigns: the desk's and the public's."""

from django.urls import URLPattern, URLResolver, path

from disclosure.public.caching import public_page
from supervision.campaigns.pages import campaigns, examples, public, targets

app_name = "campaign"
AT = "desk/campaigns/<int:pk>"
urlpatterns: list[URLPattern | URLResolver] = [
    path("campaigns/", public_page(public.campaigns), name="public-list"),
    path("campaigns/<int:pk>/", public_page(public.campaign), name="public"),
    path("desk/campaigns/new/", campaigns.new, name="new"),
    path(f"{AT}/targets/", targets.targets, name="targets"),
    path(f"{AT}/targets/<int:target>/", targets.enter, name="target"),
    path(f"{AT}/handlings/<int:handling>/take-back/", targets.take_back, name="take-back"),
    path(f"{AT}/examples/new/", examples.write, name="example-new"),
    path(f"{AT}/examples/<int:example>/publish/", examples.publish, name="example-publish"),
    path(f"{AT}/examples/<int:example>/withdraw/", examples.withdraw, name="example-withdraw"),
    *campaigns.PAGES.urls(),
]
