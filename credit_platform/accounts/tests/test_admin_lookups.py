"""No list of the admin tells a column that it does not show, not even by the number of its rows."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib import admin
from django.db import models
from django.test import RequestFactory
from django.urls import reverse

from credit_platform.accounts.admin_rights import ADMIN_MODELS
from credit_platform.accounts.admin_site import PlatformAdmin
from credit_platform.accounts.models import User
from credit_platform.accounts.tests import factories

pytestmark = pytest.mark.django_db

ALL = sorted(admin.site._registry.items(), key=lambda each: each[0]._meta.label)
PAGES = [(model, page) for model, page in ALL if model._meta.label_lower in ADMIN_MODELS]
SECRET = ("password", "hash", "cipher", "phone", "secret", "session", "digest")
VERBS = ("", "__exact", "__startswith", "__regex", "__contains", "__gt", "__in", "__iexact", "__length__gt", "__isnull")


def address(model, form=""):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    return reverse(f"{name}_export", args=[form]) if form else reverse(f"{name}_changelist")


def test_every_page_of_the_admin_is_the_platforms_own():
    assert PAGES
    assert all(isinstance(page, PlatformAdmin) for _, page in PAGES)
    # Django's groups stay registered; they hang on no permission, so nobody opens them.
    assert [model._meta.label for model, _ in ALL if model._meta.label_lower not in ADMIN_MODELS] == ["auth.Group"]


@pytest.mark.parametrize(("model", "page"), PAGES, ids=lambda each: getattr(each, "__name__", ""))
def test_no_column_beside_the_filters_can_be_asked(model, page):
    request = RequestFactory().get("/")
    filtered = {
        each if isinstance(each, str) else each[0] for each in page.list_filter if isinstance(each, str | tuple)
    }
    own = {getattr(each, "parameter_name", "") for each in page.list_filter}  # taken out by the filter's class
    for field in model._meta.concrete_fields:
        for name in {field.name, field.attname} - filtered - {page.date_hierarchy}:
            for verb in VERBS:
                assert name + verb in own or not page.lookup_allowed(name + verb, "x", request), name + verb
            if isinstance(field, models.ForeignKey):
                assert not page.lookup_allowed(f"{name}__password__startswith", "x", request)
        for name in {field.name, field.attname} & filtered:
            assert not any(
                page.lookup_allowed(name + verb, "x", request) for verb in ("__startswith", "__regex", "__gt")
            )


def test_no_filter_is_about_something_secret():
    for _, page in PAGES:
        assert not [each for each in page.list_filter if any(word in str(each) for word in SECRET)]


@pytest.mark.parametrize("asked", ["password__startswith=p", "password=x", "used_passwords__encoded__startswith=p"])
@pytest.mark.parametrize("form", ["", "csv", "xlsx"])
def test_a_password_is_not_read_letter_by_letter(client, sarah_security_admin, asked, form):
    client.force_login(sarah_security_admin)
    assert client.get(f"{address(User, form)}?{asked}").status_code == 400


def test_a_key_is_not_read_letter_by_letter(client, sarah_security_admin):
    factories.ApiClientFactory()
    client.force_login(sarah_security_admin)
    assert client.get("/admin/accounts/apiclient/?key_hash__startswith=a").status_code == 400


@pytest.mark.parametrize(("model", "page"), PAGES, ids=lambda each: getattr(each, "__name__", ""))
def test_every_link_of_a_filter_still_works(client, model, page, simon_system_admin, sarah_security_admin):
    for person in (simon_system_admin, sarah_security_admin):
        client.force_login(person)
        listing = client.get(address(model))
        if listing.status_code != 200:
            continue
        shown = listing.context["cl"]
        for spec in shown.filter_specs:
            for choice in spec.choices(shown):
                asked = urlsplit(choice["query_string"]).query
                assert parse_qs(asked) is not None
                assert client.get(f"{address(model)}?{asked}").status_code == 200, asked
