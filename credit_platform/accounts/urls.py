"""/accounts/…"""

from django.urls import path

from credit_platform.accounts import views
from credit_platform.accounts.views import activation, factor

app_name = "accounts"

urlpatterns = [
    path("login/", views.StaffLogin.as_view(), name="login"),
    path("logout/", views.StaffLogout.as_view(), name="logout"),
    path("stay/", views.stay, name="stay"),
    path("activate/", activation.activate, name="activate"),
    path("second-factor/", factor.second_factor, name="second-factor"),
    path("password/", views.password, name="password"),
]
