"""The unified login against a real provider on loopback: what is good gets in, everything else is told in Chinese and stays out."""

from __future__ import annotations

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from companies.models import CompanyAccount
from companies.tests.factories import ActiveFactory, SuspendedFactory
from companies.tests.provider import unsigned
from credit_platform.audit.models import AuditEntry
from records.tests.factories import SubjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(provider):
    subject = SubjectFactory()
    provider.claims = {"uscc": subject.code, "company_name": subject.name, "name": "王某某"}
    return subject


def go(client, provider, **changed):
    """Start, log in at the provider, and come back."""
    started = client.get("/my/oidc/start/?next=/my/password/")
    assert started.status_code == 302, started.content.decode()
    query = {name: values[0] for name, values in parse_qs(urlsplit(started.url).query).items()}
    assert query["code_challenge_method"] == "S256"
    back = urlsplit(provider.authorize(query | changed.pop("asked", {})))
    given = {name: values[0] for name, values in parse_qs(back.query).items()} | changed
    return client.get("/my/oidc/callback/", given)


def test_a_new_person_of_a_known_company_is_let_in_at_once(client, provider, firm):
    answer = go(client, provider)
    assert (answer.status_code, answer.url) == (302, "/my/password/")
    account = CompanyAccount.objects.get()
    assert (account.state, account.subject, account.handler, account.outside_id) == (
        "active",
        firm,
        "王某某",
        "person-1",
    )
    assert not account.has_password
    assert client.get("/my/").status_code == 200
    client.post("/my/logout/")
    go(client, provider)
    assert CompanyAccount.objects.count() == 1
    assert client.get("/my/").status_code == 200


def test_es256_is_as_good_and_keys_are_kept(client, provider, firm):
    provider.algorithm, provider.sign_with = "ES256", provider.ec
    go(client, provider)
    client.post("/my/logout/")
    go(client, provider)
    assert provider.asked.count("/keys") == 1
    assert client.get("/my/").status_code == 200


SPOILED = {
    "nonce": lambda claims: claims | {"nonce": "another"},
    "no nonce": lambda claims: {name: value for name, value in claims.items() if name != "nonce"},
    "issuer": lambda claims: claims | {"iss": "https://elsewhere.example"},
    "audience": lambda claims: claims | {"aud": "another-client"},
    "other party": lambda claims: claims | {"aud": ["credit-harbin", "x"], "azp": "x"},
    "expired": lambda claims: claims | {"exp": int(time.time()) - 3600},
    "no end": lambda claims: {name: value for name, value in claims.items() if name != "exp"},
    "no person": lambda claims: claims | {"name": ""},
    "unknown code": lambda claims: claims | {"uscc": "91230102MA1B00017U"},
    "no code": lambda claims: claims | {"uscc": ""},
    "other name": lambda claims: claims | {"company_name": "别的公司"},
}


def stays_out(client, answer, status):
    assert answer.status_code == status
    text = answer.content.decode()
    assert 'role="alert"' in text
    assert "Traceback" not in text
    assert client.get("/my/").status_code == 302
    assert CompanyAccount.objects.count() == 0
    assert AuditEntry.objects.filter(verb="companies.login_failed").exists()


@pytest.mark.parametrize("mistake", SPOILED)
def test_a_token_that_says_something_else_lets_nobody_in(client, provider, firm, mistake):
    provider.change = SPOILED[mistake]
    stays_out(client, go(client, provider), 422)


@pytest.mark.parametrize("how", ["unsigned", "stranger", "nothing", "hs256"])
def test_a_token_that_the_issuer_did_not_sign_lets_nobody_in(client, provider, firm, how):
    from joserfc import jwt
    from joserfc.jwk import OctKey

    if how == "stranger":
        provider.sign_with = provider.stranger
    elif how == "hs256":
        provider.raw = lambda claims: jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(b"example-secret" * 4))
    else:
        provider.raw = unsigned if how == "unsigned" else lambda claims: ""
    stays_out(client, go(client, provider), 422)


def test_a_wrong_state_and_a_used_answer_let_nobody_in(client, provider, firm):
    stays_out(client, go(client, provider, state="another"), 422)
    stays_out(client, client.get("/my/oidc/callback/", {"code": "x", "state": "y"}), 422)
    stays_out(client, client.get("/my/oidc/callback/"), 422)


def test_a_code_without_its_verifier_is_refused_by_the_provider(client, provider, firm):
    stays_out(client, go(client, provider, asked={"code_challenge": "of-somebody-else"}), 422)


def test_a_refusal_at_the_provider_is_told(client, provider, firm):
    stays_out(client, go(client, provider, error="access_denied", code=""), 422)


def test_a_provider_that_is_away_is_told_and_not_a_500(client, provider, firm, settings):
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    answer = client.get("/my/oidc/start/")
    assert answer.status_code == 503
    assert "暂时无法使用" in answer.content.decode()
    assert client.get("/my/login/").status_code == 200


def test_a_provider_that_goes_away_in_the_middle_lets_nobody_in(client, provider, firm, monkeypatch):
    import requests
    from authlib.integrations.requests_client import OAuth2Session

    def away(*args, **kwargs):
        raise requests.ConnectionError

    monkeypatch.setattr(OAuth2Session, "request", away)
    stays_out(client, go(client, provider), 503)


def test_another_issuers_description_is_not_believed(client, provider, firm):
    provider.told_issuer = "https://elsewhere.example"
    assert client.get("/my/oidc/start/").status_code == 503


def test_an_address_without_tls_is_not_asked(client, provider, settings):
    settings.OIDC_ISSUER = "http://login.example"
    assert client.get("/my/oidc/start/").status_code == 503


def test_a_suspended_account_stays_out(client, provider, firm):
    SuspendedFactory(subject=firm, outside_id="person-1")
    answer = go(client, provider)
    assert answer.status_code == 422
    assert "已停用" in answer.content.decode()


def test_switched_off_there_is_no_such_address(client, settings):
    settings.OIDC_ISSUER = ""
    assert client.get("/my/oidc/start/").status_code == 404
    assert client.get("/my/oidc/callback/").status_code == 404
    assert "统一认证" not in client.get("/my/login/").content.decode()


def test_it_never_leads_to_another_site(client, provider, firm):
    client.get("/my/oidc/start/?next=https://elsewhere.example/my/")
    assert client.session["oidc"]["next"] == reverse("companies:home")


def test_a_local_account_and_an_outside_one_stand_beside_each_other(client, provider, firm):
    ActiveFactory(subject=firm)
    go(client, provider)
    assert CompanyAccount.objects.filter(subject=firm).count() == 2
