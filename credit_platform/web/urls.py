"""The desk's home, the living style page and the visitor's preferences."""

from django.urls import path

from credit_platform.web import views

app_name = "web"

urlpatterns = [
    path("desk/", views.desk_home, name="desk"),
    path("desk/style/", views.style_page, name="style"),
    path("desk/style/public/", views.public_style_page, name="style-public"),
    path("desk/style/print/", views.print_style_page, name="style-print"),
    path("preferences/large-type/", views.large_type, name="large-type"),
]
