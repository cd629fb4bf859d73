"""django.contrib.admin with our site; a file of its own because an app's `apps` names one configuration."""

from django.contrib.admin.apps import AdminConfig


class CreditAdminConfig(AdminConfig):
    default_site = "credit_platform.accounts.admin_site.CreditAdminSite"
