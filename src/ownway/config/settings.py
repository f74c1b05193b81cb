"""Settings of the web pages and the jobs, read from the environment here and nowhere else."""

import hashlib
import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url

ROOT = Path(__file__).resolve().parents[3]


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


DEMO = _flag("OWNWAY_DEMO")
TESTING = _flag("OWNWAY_TESTING")
DEBUG = False

# The demo's sign-ins must outlive a restart; a real council names its own key.
SECRET_KEY = os.environ.get("OWNWAY_SECRET_KEY") or (
    hashlib.sha256(b"the invented council of Alderbrook").hexdigest()
    if DEMO or TESTING
    else secrets.token_hex(32)
)
ALLOWED_HOSTS = os.environ.get("OWNWAY_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
# What a link in an e-mail starts with.
PUBLIC_ADDRESS = os.environ.get("OWNWAY_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("OWNWAY_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "django_htmx",
    "csp",
    "ownway.design",
    "ownway.foundation.council",
    "ownway.foundation.people",
    "ownway.foundation.record",
    "ownway.foundation.letters",
    "ownway.foundation.forms",
    "ownway.foundation.plan",
    "ownway.community.directory",
    "ownway.community.money_check",
    "ownway.community.quality",
    "ownway.community.information",
    "ownway.journey.contact",
    "ownway.journey.prevention",
    "ownway.journey.reablement",
    "ownway.journey.assessment",
    "ownway.journey.carers",
    "ownway.journey.allocation",
    "ownway.journey.charging",
    "ownway.journey.planning",
    "ownway.journey.arranging",
    "ownway.journey.budgets",
    "ownway.stewardship.performance",
    "ownway.stewardship.programme",
    "ownway.pages",
    "ownway.jobs",
    "ownway.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "ownway.foundation.council.http.RefuseNul",
    "ownway.foundation.council.http.AskOnce",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ownway.pages.http.KeepWhatWasTyped",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "ownway.jobs.http.AnswerEvents",
    "ownway.pages.http.ServerTiming",
]

ROOT_URLCONF = "ownway.config.urls"
WSGI_APPLICATION = "ownway.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "NAME": "ownway",
        "BACKEND": "ownway.design.jinja.Templates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "ownway.design.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "ownway.pages.context.house",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(os.environ.get("DATABASE_URL") or "postgresql:///ownway")
}
DATABASES["default"].setdefault("OPTIONS", {})
# Preset, for otherwise each row's trigger raises and catches an error, which grows quadratically.
# Disks have no arm to move any more: told so, the planner uses an index where it is quicker.
DATABASES["default"]["OPTIONS"]["options"] = "-c pgtrigger.ignore={} -c random_page_cost=1.1"
# A process knows its own connections by this name among those of others.
DATABASES["default"]["OPTIONS"]["application_name"] = f"ownway-{os.getpid()}"
if not TESTING:
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 6}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "council.SignIn"
AUTHENTICATION_BACKENDS = ["ownway.pages.signing_in.WhoIsThis"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
    if TESTING
    else "django.contrib.auth.hashers.PBKDF2PasswordHasher"
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/start/"
ACCOUNT_ADAPTER = "ownway.pages.signing_in.SigningIn"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Nobody is told whether an address is known here, not by a page and not by an e-mail.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False if TESTING else {"login_failed": "10/5m/key,40/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True

SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_TLS = _flag("OWNWAY_TLS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_TLS
# TLS ends at a proxy in front, which must set this header and strip it from what it is sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_TLS else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_TLS else 0
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "ownway.pages.views.problems.form_too_old"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
BUILT = ROOT / "build" / "static"
# Tests serve what was built as it is, by the finders; nothing is collected or hashed first.
STATIC_ROOT = None if TESTING else ROOT / "build" / "collected"
STATICFILES_DIRS = [BUILT] if BUILT.exists() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "ownway.design.static.HashedFiles"
    },
}
WHITENOISE_USE_FINDERS = TESTING
WHITENOISE_AUTOREFRESH = False

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache"
        if TESTING
        else "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "ownway_cache",
    }
}

EMAIL_BACKEND = os.environ.get(
    "OWNWAY_EMAIL_BACKEND",
    "django.core.mail.backends.dummy.EmailBackend"
    if DEMO
    else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_HOST = os.environ.get("OWNWAY_EMAIL_HOST", "localhost")
# There is no text message service yet: texts wait and become a task; the demo only shows them.
TEXTS_GO = "shown" if DEMO or TESTING else "nowhere"
DEFAULT_FROM_EMAIL = os.environ.get("OWNWAY_EMAIL_FROM", "care@alderbrook.example")

# Open feeds from elsewhere: how much of one is taken, and how long it may take to come.
FEED_MOST_BYTES = int(os.environ.get("OWNWAY_FEED_MOST_MB", "2000")) * 1_000_000
FEED_MOST_ITEMS = int(os.environ.get("OWNWAY_FEED_MOST_ITEMS", "2000000"))
FEED_ANSWER_BYTES = int(os.environ.get("OWNWAY_FEED_ANSWER_MB", "2000")) * 1_000_000
FEED_ANSWER_SECONDS = int(os.environ.get("OWNWAY_FEED_ANSWER_SECONDS", "600"))
# Addresses of one's own network are never asked; only tests may open one, for a server of theirs.
FEED_MAY_ASK: list[str] = []

PROCRASTINATE_ON_APP_READY = None
PGHISTORY_APPEND_ONLY = True
PGHISTORY_CREATED_AT_FUNCTION = "CLOCK_TIMESTAMP()"

SERVER_TIMING = DEMO or TESTING

# No personal data in logs: addresses and errors only, never what was typed.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"refusals": {"()": "ownway.config.logs.RefusalsOnOneLine"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["refusals"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
