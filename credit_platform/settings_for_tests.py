"""Settings of the tests: the real servers, work done at once, cheap passwords, a cache of their own."""

from __future__ import annotations

import os
import zlib

from credit_platform import addresses
from credit_platform.settings import *  # noqa: F403
from credit_platform.settings import (
    _REDIS_URL,
    BASE_DIR,
    CACHES,
    DATABASES,
    INSTALLED_APPS,
    LOGGING,
    STORAGES,
    VAR_DIR,
)

DEBUG = False
# A procedure and a list of the tests alone: what a new one needs, and that the kits name none of theirs.
INSTALLED_APPS += ["casework.tests.toy", "credit_platform.editions.tests.toy"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = BASE_DIR / "static"

# Tests that run side by side have a database (pytest-django adds the worker's name), a cache and a folder each.
TESTS_DATABASE: str = DATABASES["default"]["TEST"]["NAME"]
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
_TEST_NAME = "_".join(filter(None, (TESTS_DATABASE, _WORKER)))
_SHELF = zlib.crc32(TESTS_DATABASE.encode()) + int(_WORKER.removeprefix("gw") or 0)
_CACHE_OF_TESTS = addresses.cache(_REDIS_URL, 2 + _SHELF % 13)
CACHES["default"] |= {"LOCATION": _CACHE_OF_TESTS, "KEY_PREFIX": _TEST_NAME}
DATABASES["default"]["OPTIONS"] |= {"options": "-c synchronous_commit=off"}
DATABASES["default"]["CONN_MAX_AGE"] = 0
MEDIA_ROOT = VAR_DIR / "media-of-tests" / _TEST_NAME
# What lies in var/ was noted down of another database.
CHECKPOINT_KEY = "dGVzdHMgb25seSwgMzIgYnl0ZXMgb2YgYSBzZWVkISE="
REPORT_SEAL_FILE = VAR_DIR / "report-seal-of-tests.pem"
RECEIPT_KEY = "YW5vdGhlciBzZWVkIG9mIDMyIGJ5dGVzLCByY3B0ISE="
CHECKPOINT_DIR = VAR_DIR / "checkpoints-of-tests" / _TEST_NAME
BACKUP_DIR = VAR_DIR / "backups-of-tests" / _TEST_NAME
EXCHANGE_FOLDER = VAR_DIR / "exchange-of-tests" / _TEST_NAME
EXCHANGE_DATABASES = {}
LOGGING["root"]["level"] = "WARNING"

# Every test sees the calendar of its own transaction; in production a process asks every two seconds.
WORKDAYS_RECHECK_SECONDS = 0
CHECKS_RECHECK_SECONDS = 0
