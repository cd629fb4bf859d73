"""The unified government login: OpenID Connect, authorization code with PKCE, by Authlib.

The issuer's addresses and keys are read from its discovery document and kept for an hour. An ID token is good when it is signed with
RS256 or ES256 by a key of the issuer, names this issuer, this client and the nonce of this log-in, and has not run out.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from django.conf import settings
from django.core.cache import cache
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from credit_platform.errors import DomainError, Refused

logger = logging.getLogger(__name__)

ALGORITHMS = ["RS256", "ES256"]
KEPT_SECONDS = 3600
ASK_KEYS_AGAIN_SECONDS = 60
WAIT_SECONDS = 5
LEEWAY_SECONDS = 60
LOCAL = ("127.0.0.1", "localhost", "::1")
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class ProviderAway(DomainError):
    """The unified login cannot be reached or answers nonsense (HTTP 503). Nobody is logged in."""

    status = 503


@dataclass(frozen=True, slots=True)
class Begun:
    """A log-in on its way: where the browser goes, and what must come back."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """For whom the unified login answers."""

    code: str
    name: str
    person: str
    outside_id: str


def switched_on() -> bool:
    """Whether companies log in through a unified login."""
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT_ID)


def begin(redirect_uri: str, *, again: bool = False) -> Begun:
    """The address of the provider's log-in page; `again` asks it to have the person log in anew. Raises ProviderAway."""
    about = _discovered()
    nonce, verifier = generate_token(32), generate_token(64)
    more = {"prompt": "login", "max_age": "0"} if again else {}
    url, state = _session(redirect_uri).create_authorization_url(
        about["authorization_endpoint"], state=generate_token(32), nonce=nonce, code_verifier=verifier, **more
    )
    return Begun(url, state, nonce, verifier)


def finish(redirect_uri: str, code: str, *, nonce: str, verifier: str) -> Claimed:
    """Exchange the code and check the ID token. Raises ProviderAway, or Refused when the token is not good."""
    about = _discovered()
    session = _session(redirect_uri)
    try:
        token = session.fetch_token(
            about["token_endpoint"],
            code=code,
            code_verifier=verifier,
            grant_type="authorization_code",
            timeout=WAIT_SECONDS,
        )
    except AuthlibBaseError as error:
        logger.warning("unified login refused the code: %s", error.error)
        raise _bad() from error
    except (requests.RequestException, ValueError) as error:
        raise _away(error) from error
    finally:
        session.close()
    claims = _checked(str(token.get("id_token") or ""), about, nonce, str(token.get("access_token") or ""))
    given = {ours: str(claims.get(theirs) or "").strip() for ours, theirs in settings.OIDC_CLAIMS.items()}
    if not given["outside_id"] or not given["person"]:
        raise _bad()
    return Claimed(**given)


def _session(redirect_uri: str) -> Any:
    return OAuth2Session(
        settings.OIDC_CLIENT_ID,
        settings.OIDC_CLIENT_SECRET or None,
        token_endpoint_auth_method="client_secret_basic" if settings.OIDC_CLIENT_SECRET else "none",
        scope=settings.OIDC_SCOPE,
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
    )


def _checked(id_token: str, about: dict[str, Any], nonce: str, access_token: str) -> CodeIDToken:
    """The claims of a good ID token (OpenID Connect Core 3.1.3.7)."""
    try:
        try:
            token = jwt.decode(id_token, _keys(about), algorithms=ALGORITHMS)
        except JoseError:
            # The issuer may have changed its keys since they were read; strangers cannot make us ask without end.
            if not cache.add(f"oidc:again:{settings.OIDC_ISSUER}", 1, ASK_KEYS_AGAIN_SECONDS):
                raise
            token = jwt.decode(id_token, _keys(about, fresh=True), algorithms=ALGORITHMS)
        claims = CodeIDToken(
            token.claims,
            token.header,
            options={
                "iss": {"essential": True, "value": settings.OIDC_ISSUER},
                "aud": {"essential": True, "value": settings.OIDC_CLIENT_ID},
            },
            params={"nonce": nonce, "client_id": settings.OIDC_CLIENT_ID, "access_token": access_token},
        )
        claims.validate(leeway=LEEWAY_SECONDS)
    except (JoseError, AuthlibBaseError, ValueError, TypeError) as error:
        logger.warning("unified login: ID token refused: %s", type(error).__name__)
        raise _bad() from error
    return claims


def _discovered() -> dict[str, Any]:
    """What the issuer says of itself; its own name in it must be the configured one (OpenID Connect Discovery 4.3)."""
    key = f"oidc:about:{settings.OIDC_ISSUER}"
    about: dict[str, Any] | None = cache.get(key)
    if about is None:
        about = _asked(f"{settings.OIDC_ISSUER}/.well-known/openid-configuration")
        if str(about.get("issuer", "")).rstrip("/") != settings.OIDC_ISSUER:
            raise _away("the issuer has another name")
        if not all(_is_safe(about.get(name)) for name in NEEDED):
            raise _away("an address is missing or not safe")
        cache.set(key, about, KEPT_SECONDS)
    return about


def _keys(about: dict[str, Any], *, fresh: bool = False) -> KeySet:
    key = f"oidc:keys:{settings.OIDC_ISSUER}"
    found: Any = None if fresh else cache.get(key)
    if found is None:
        found = _asked(about["jwks_uri"])
        cache.set(key, found, KEPT_SECONDS)
    return KeySet.import_key_set(found)


def _asked(url: str) -> dict[str, Any]:
    if not _is_safe(url):
        raise _away("the address is not safe")
    try:
        answer = requests.get(url, timeout=WAIT_SECONDS, allow_redirects=False)
        answer.raise_for_status()
        found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise _away(error) from error
    if not isinstance(found, dict):
        raise _away("the answer is no object")
    return found


def _is_safe(url: object) -> bool:
    """https, or this machine itself."""
    parts = urlsplit(url if isinstance(url, str) else "")
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL)


def _away(why: object) -> ProviderAway:
    logger.error("unified login is away: %s", type(why).__name__ if isinstance(why, Exception) else why)
    return ProviderAway(
        "oidc.away", f"{settings.OIDC_LABEL}暂时无法使用，没有登录。", mend="请稍后再试，或者用登录名和密码登录。"
    )


def _bad() -> Refused:
    return Refused(
        "oidc.refused", f"{settings.OIDC_LABEL}的答复没有通过校验，没有登录。", mend="请返回登录页面重新登录。"
    )
