"""API clients at the door: the key, the scope, the rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from credit_platform.accounts.models import ApiClient
from credit_platform.audit.middleware import client_network
from credit_platform.web import rates

# Its views ask for the classes of this module as they are loaded.
if TYPE_CHECKING:
    from rest_framework.views import APIView

HEADER = "X-Api-Key"


class ApiKeyAuthentication(BaseAuthentication):
    """The key of a client in the header X-Api-Key. `request.user` is then the ApiClient, which is an Actor."""

    def authenticate(self, request: Request) -> tuple[ApiClient, None] | None:
        key = request.headers.get(HEADER, "").strip()
        if not key:
            return None
        client = ApiClient.objects.with_key(key, timezone.now())
        if client is None:
            raise exceptions.AuthenticationFailed
        return client, None

    def authenticate_header(self, request: Request) -> str:
        return HEADER


class IsClient(BasePermission):
    """Only a client with a usable key; what it may do is asked of the policy by the action."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.user, ApiClient)


class CountedRate(SimpleRateThrottle):
    """Counted together with all other processes, and at once: the framework's own list in the cache lets more through than may."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        key = self.get_cache_key(request, view)
        limit, seconds = getattr(self, "num_requests", None) or 1, getattr(self, "duration", None) or 60
        self.waits = rates.wait(key, limit=limit, seconds=seconds) if key else 0
        return not self.waits

    def wait(self) -> float:
        return self.waits


class ClientRate(CountedRate):
    """As many requests a minute as the client was granted."""

    scope = "client"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        if not isinstance(request.user, ApiClient):
            return None
        self.num_requests, self.duration = request.user.rate_per_minute, 60
        return f"api-rate:{request.user.pk}"


class PublicRate(CountedRate):
    """Requests a minute from one address on the public read interfaces."""

    scope = "public"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        if isinstance(request.user, ApiClient):
            return None
        return f"api-rate:public:{client_network(request)}"


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself
    """How the key is told in the schema."""

    target_class = "credit_platform.accounts.api.ApiKeyAuthentication"
    name = "ApiKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": HEADER}
