import pytest
from django.core.cache import cache

from companies.tests import provider as providers


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def provider(settings):
    """The unified login, switched on."""
    with providers.running() as made:
        settings.OIDC_ISSUER = made.issuer
        settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = providers.CLIENT, providers.SECRET
        settings.OIDC_LABEL = "政务服务统一认证"
        yield made
