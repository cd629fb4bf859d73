"""The platform's settings as they are in production, without the limits of rate, and one bare address to compare with."""

from credit_platform.settings import *  # noqa: F403
from credit_platform.settings import LOGGING, REST_FRAMEWORK

ROOT_URLCONF = "benchmarks.urls"
REST_FRAMEWORK = REST_FRAMEWORK | {"DEFAULT_THROTTLE_CLASSES": []}
LOGGING = LOGGING | {"root": {"handlers": ["console"], "level": "WARNING"}}
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
