"""Settings. Everything that differs between machines comes from the environment (`deploy/env.example` lists it all)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from credit_platform import addresses, embedded, keys
from credit_platform.api_settings import SPECTACULAR_SETTINGS as SPECTACULAR_SETTINGS
from credit_platform.api_settings import rest_framework
from credit_platform.app_settings import INSTALLED_APPS as INSTALLED_APPS
from credit_platform.app_settings import MIDDLEWARE as MIDDLEWARE
from credit_platform.log_settings import LOGGING as LOGGING
from credit_platform.timetable import TIMETABLE

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var")


def _flag(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def _words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


DEBUG = _flag("DEBUG")
BEHIND_HTTPS = _flag("BEHIND_HTTPS")

# Servers: given, or the embedded ones, which are found or started here so that every command works by itself.
try:
    _DATABASE_URL = os.environ.get("DATABASE_URL") or embedded.ensure_postgres(VAR_DIR)
    _REDIS_URL = os.environ.get("REDIS_URL") or embedded.ensure_valkey(VAR_DIR)
    DATABASES: dict[str, dict[str, Any]] = {"default": addresses.database(_DATABASE_URL)}
    if os.environ.get("DATABASE_REPLICA_URL"):
        DATABASES["replica"] = addresses.database(os.environ["DATABASE_REPLICA_URL"])
    CELERY_BROKER_URL = addresses.broker(_REDIS_URL)
    CACHE_URL = os.environ.get("CACHE_URL") or addresses.cache(_REDIS_URL, 1)
    _KEYS = keys.of_platform(os.environ, VAR_DIR, may_make=DEBUG or not os.environ.get("DATABASE_URL"))
    _FIELD_KEYS = keys.field_keys(_KEYS)
except (embedded.ServerError, addresses.BadAddress, keys.MissingKey) as error:
    raise ImproperlyConfigured(str(error)) from error

for _database in DATABASES.values():
    _database["ENGINE"] = "credit_platform.web.postgresql"
DATABASES["default"] |= {
    "CONN_MAX_AGE": 300,
    "CONN_HEALTH_CHECKS": True,
    "TEST": {"NAME": os.environ.get("TEST_DATABASE_NAME") or "test_credit"},
}
DATABASES["default"]["OPTIONS"].setdefault("connect_timeout", "5")
# A server that vanished without a word (power, network) is noticed within a minute, not after hours.
for _name, _value in {
    "keepalives_idle": "20",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",
}.items():
    DATABASES["default"]["OPTIONS"].setdefault(_name, _value)
# The public site's reads, when a replica is given (credit_platform.web.replica).
if "replica" in DATABASES:
    DATABASES["replica"] |= {"CONN_MAX_AGE": 300, "CONN_HEALTH_CHECKS": True, "TEST": {"MIRROR": "default"}}
    DATABASES["replica"]["OPTIONS"].setdefault("connect_timeout", "2")
    DATABASE_ROUTERS = ["credit_platform.web.replica.PublicReads"]
REPLICA_NAMESPACES = ("public",)
# A withdrawal takes effect at once (行政处罚法 art. 48): a replica that is further behind is not used.
REPLICA_MAX_LAG_SECONDS = float(os.environ.get("REPLICA_MAX_LAG_SECONDS") or 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SECRET_KEY = _KEYS["SECRET_KEY"]
SECRET_KEY_FALLBACKS = _words("SECRET_KEY_FALLBACKS")
FIELD_KEYS = _FIELD_KEYS  # (number, key), the current one first: credit_platform.sealing
ALLOWED_HOSTS = _words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = _words("CSRF_TRUSTED_ORIGINS")

ROOT_URLCONF = "credit_platform.urls"
WSGI_APPLICATION = "credit_platform.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

FORM_RENDERER = "credit_platform.web.form_renderer.KitRenderer"

# Language and time: one city, one language, one clock.
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"  # collected by `manage.py prepare`
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
        # Public, unlike uploads: the web server in front reads them as another user.
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}
MEDIA_ROOT = VAR_DIR / "media"  # private: no address serves it; views hand files out one by one after asking the policy
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# Foreign files are read in processes of their own (credit_platform.confined): what each may use, and how many a serving process may have.
FILE_READER_MEMORY_MB = int(os.environ.get("FILE_READER_MEMORY_MB") or 400)
FILE_READER_SECONDS = int(
    os.environ.get("FILE_READER_SECONDS") or 8
)  # of the processor, while somebody waits for a page
FILE_READER_TASK_SECONDS = int(os.environ.get("FILE_READER_TASK_SECONDS") or 120)  # in the background
FILE_READERS_AT_ONCE = int(os.environ.get("FILE_READERS_AT_ONCE") or 2)
FILTERS_EMPTY_CHOICE_LABEL = "全部"  # django-filter: what a drop-down of a list says while nothing is chosen

# Cache and background work
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "credit_platform.cache.ForgivingRedisCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "credit",
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = TIMETABLE
CELERY_TASK_ALWAYS_EAGER = False
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
# What a dead worker process leaves is found by the sweeps; queueing its message anew would let a task that kills it loop for ever.
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# A process that does not come up is killed; on a loaded machine a good one takes more than the four seconds that Celery gives it.
CELERY_WORKER_PROC_ALIVE_TIMEOUT = 30
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # for ever: after an outage of any length workers come back by themselves
# Longer than the longest task (a large import); a task of a killed worker comes back after it.
# A broker that accepts and never answers is one that is away: the timeout is well above the second for which a worker's own question waits.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "socket_connect_timeout": 3, "socket_timeout": 5}
# A page never waits for the broker: what could not be queued is found by the next sweep.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1}

# Accounts and sessions
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "credit_platform.accounts.validators.PasswordRules"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "credit_platform.accounts.validators.NotUsedBefore"},
]
PASSWORD_MAX_AGE_DAYS = 90
# Administrators, auditors and the credit office pass a second factor; behind HTTPS, that is in deployment, unless it is switched off.
REQUIRE_SECOND_FACTOR = _flag("REQUIRE_SECOND_FACTOR") if os.environ.get("REQUIRE_SECOND_FACTOR") else BEHIND_HTTPS
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/accounts/login/"
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # so that a lost Redis signs nobody out
SESSION_COOKIE_NAME = "credit_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = BEHIND_HTTPS
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_SECONDS = 30 * 60  # signed out after this much silence; kept by accounts
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "credit_platform.web.errors.csrf_failure"
CSRF_COOKIE_SECURE = BEHIND_HTTPS

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "credit_platform.accounts.lockout.username_of"
AXES_LOCKOUT_CALLABLE = "credit_platform.accounts.views.locked_out"
AXES_ENABLE_ADMIN = False  # looked at through the accounts, which know whom they may be shown to
AXES_VERBOSE = False
# Behind the proxy all connections come from it: the address is the one that the audit notes too.
AXES_CLIENT_IP_CALLABLE = "credit_platform.audit.middleware.client_network"
AXES_HANDLER = "credit_platform.accounts.lockout.DoorKeeper"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or every further try would keep the owner out for longer
AXES_SENSITIVE_PARAMETERS = ["username", "password"]

# A publication of more items than this is held for some minutes, in which it can be stopped; so many are submitted in the request itself.
BULK_HOLD_ABOVE = int(os.environ.get("BULK_HOLD_ABOVE") or 5)
BULK_HOLD_MINUTES = int(os.environ.get("BULK_HOLD_MINUTES") or 10)
BULK_AT_ONCE = 10
# Who reviews what companies declare of themselves when nobody sent their registration: code of a department.
DECLARATION_DEPARTMENT = os.environ.get("DECLARATION_DEPARTMENT") or "scjgj"

# Hours after a reset of its password during which a company's account cannot sign online (companies/README.md).
SIGNING_PAUSE_HOURS = int(os.environ.get("SIGNING_PAUSE_HOURS") or 24)

# Companies log in through the unified government login when an issuer is given (companies/oidc.py).
OIDC_ISSUER = os.environ.get("OIDC_ISSUER", "").rstrip("/")
OIDC_CLIENT_ID = os.environ.get("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = os.environ.get("OIDC_CLIENT_SECRET", "")
OIDC_LABEL = os.environ.get("OIDC_LABEL") or "政务服务统一认证"
OIDC_SCOPE = os.environ.get("OIDC_SCOPE") or "openid profile"
OIDC_CLAIMS = {
    "code": os.environ.get("OIDC_CLAIM_CODE") or "uscc",
    "name": os.environ.get("OIDC_CLAIM_COMPANY") or "company_name",
    "person": os.environ.get("OIDC_CLAIM_PERSON") or "name",
    "outside_id": os.environ.get("OIDC_CLAIM_SUB") or "sub",
}

# Browser security
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = BEHIND_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 31536000 if BEHIND_HTTPS else 0
if BEHIND_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Operation: who may read `/metrics` (empty: this machine and its private network), and where backups lie.
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
BACKUP_DIR = Path(os.environ.get("BACKUP_DIR") or VAR_DIR / "backups")

# Exchange: the folder that partners of the file way reach; how long a service may take; our own certificate with its key in one file (mTLS) and the
# authorities whose certificates partners may have (empty: none, and the system's); front databases, "code=postgresql://…" with blanks between.
EXCHANGE_FOLDER = Path(os.environ.get("EXCHANGE_FOLDER") or VAR_DIR / "exchange")
EXCHANGE_ANSWER_SECONDS = int(os.environ.get("EXCHANGE_ANSWER_SECONDS") or 30)
EXCHANGE_CERTIFICATE = os.environ.get("EXCHANGE_CERTIFICATE", "")
EXCHANGE_AUTHORITIES = os.environ.get("EXCHANGE_AUTHORITIES", "")
EXCHANGE_DATABASES = dict(pair.split("=", 1) for pair in os.environ.get("EXCHANGE_DATABASES", "").split())

# Audit chain: "sha256", or "sm3" where commercial cryptography is required; every link names its own.
AUDIT_HASH = os.environ.get("AUDIT_HASH") or "sha256"
# Its daily checkpoint: who speaks, the key that signs (32 bytes, urlsafe base64, or the file that holds them), and where copies are kept.
CHECKPOINT_ORIGIN = os.environ.get("CHECKPOINT_ORIGIN", "")
CHECKPOINT_KEY = os.environ.get("CHECKPOINT_KEY", "")
CHECKPOINT_KEY_FILE = Path(os.environ.get("CHECKPOINT_KEY_FILE") or VAR_DIR / "checkpoint.key")
# The key of receipts, given in the same way. Old keys stay published.
RECEIPT_KEY = os.environ.get("RECEIPT_KEY", "")
RECEIPT_KEY_FILE = Path(os.environ.get("RECEIPT_KEY_FILE") or VAR_DIR / "receipt.key")
# The seal of credit reports: one PEM file with the private key and its certificate; made once when nobody gives one.
REPORT_SEAL_FILE = Path(os.environ.get("REPORT_SEAL_FILE") or VAR_DIR / "report-seal.pem")
CHECKPOINT_DIR = Path(os.environ.get("CHECKPOINT_DIR") or VAR_DIR / "checkpoints")

# Commitments: whether the clock draws letters for the random re-check at the beginning of a month, or the departments do it themselves.
COMMITMENTS_MONTHLY_DRAW = _flag("COMMITMENTS_MONTHLY_DRAW")
# Checks: for how many seconds a process keeps matters, versions and the age of lists in mind.
CHECKS_RECHECK_SECONDS = 3.0
# What systems ask hundreds of times a second goes past everything that is for people (credit_platform.web.narrow).
NARROW_PATHS = frozenset({"/api/v1/checks/", "/api/v1/checks/batch/"})
# After so many days without a new file a list that comes in as files is told as late, in every answer that is read from it.
CHECKS_LIST_DAYS = int(os.environ.get("CHECKS_LIST_DAYS") or 31)
# Whose pages may show the embedded check in a frame, e.g. https://zwfw.example.gov.cn; nobody's when it is not said.
CHECKS_FRAME_ANCESTORS = _words("CHECKS_FRAME_ANCESTORS") or [NONE]

REST_FRAMEWORK = rest_framework(proxies=1 if BEHIND_HTTPS else 0)

# Ways by which subjects are told of something beside their own page: dotted paths, e.g. casework.actions.notices.Console.
CASEWORK_CHANNELS = _words("CASEWORK_CHANNELS")
# What patrols read, with all caches before it (https://…); empty: the application itself.
PATROL_ADDRESS = os.environ.get("PATROL_ADDRESS", "")
