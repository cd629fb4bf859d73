"""Addresses of companies' accounts."""

from django.urls import URLPattern, URLResolver, path

from companies.views import desk, entry, own, window

app_name = "companies"

urlpatterns: list[URLPattern | URLResolver] = [
    path("my/", own.home_page, name="home"),
    path("my/password/", own.password, name="password"),
    path("my/close/", own.close, name="close"),
    path("my/register/", entry.register, name="register"),
    path("my/receipt/<str:token>/", entry.receipt, name="receipt"),
    path("my/login/", entry.login, name="login"),
    path("my/logout/", entry.logout, name="logout"),
    path("my/oidc/start/", entry.oidc_start, name="oidc-start"),
    path("my/oidc/callback/", entry.oidc_callback, name="oidc-callback"),
    path("window/companies/", window.find, name="window"),
    path("window/companies/<str:receipt>/", window.account, name="window-account"),
    path("desk/companies/", desk.account_list, name="desk"),
    path("desk/companies/<int:pk>/", desk.account, name="desk-account"),
    path("desk/companies/<int:pk>/<slug:verb>/", desk.act, name="desk-act"),
]
