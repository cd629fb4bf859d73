"""/accounts/…"""

from django.urls import path

from credit_platform.accounts import views

app_name = "accounts"

urlpatterns = [
    path("login/", views.StaffLogin.as_view(), name="login"),
    path("logout/", views.StaffLogout.as_view(), name="logout"),
    path("stay/", views.stay, name="stay"),
    path("password/", views.password, name="password"),
]
