"""/desk/audit/…"""

from django.urls import path

from credit_platform.audit import views

app_name = "audit"

urlpatterns = [
    path("", views.entries, name="entries"),
    path("<int:number>/", views.entry, name="entry"),
    path("chain/", views.chain, name="chain"),
    path("chain/verify/", views.verify, name="verify"),
    path("rereading/", views.rereadings, name="rereading"),
    path("stray/", views.stray, name="stray"),
]
