"""Addresses of exchange."""

from django.urls import URLPattern, URLResolver, path

from exchange import api
from exchange.pages import arrivals, channels, comparisons, messages

app_name = "exchange"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/exchange/", channels.overview, name="overview"),
    path("api/v1/exchange/inbox/", api.InboxView.as_view(), name="inbox"),
    path("desk/exchange/arrivals/", arrivals.arrivals, name="arrivals"),
    path("desk/exchange/arrivals/<int:pk>/", arrivals.arrival, name="arrival"),
    path("desk/exchange/board/", comparisons.board, name="board"),
    path("desk/exchange/parcels/", messages.parcels, name="parcels"),
    path("desk/exchange/messages/", messages.outbox, name="messages"),
    path("desk/exchange/messages/mend/", messages.mend, name="mend"),
    path("desk/exchange/messages/<int:pk>/", messages.message, name="message"),
    path("desk/exchange/comparisons/<int:pk>/", comparisons.comparison, name="comparison"),
    path("desk/exchange/comparisons/<int:pk>/renew/", comparisons.renew, name="renew"),
    path("desk/exchange/channels/<int:pk>/", channels.channel, name="channel"),
    path("desk/exchange/channels/<int:pk>/<slug:verb>/", channels.step, name="step"),
]
