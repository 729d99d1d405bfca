"""Settings, all from the environment. `docs/reference/settings.md` lists the variables."""

from __future__ import annotations

import os
from pathlib import Path

import pghistory
from csp.constants import NONE, SELF
from django.urls import reverse_lazy
from psycopg.conninfo import conninfo_to_dict

from pillars.config import secrets

ROOT = Path(__file__).resolve().parents[3]
BUILD = ROOT / "build"

DEBUG = False
HTTPS = os.environ.get("PILLARS_HTTPS", "on") == "on"
SECRET_KEY = secrets.secret_key()
ALLOWED_HOSTS = os.environ.get("PILLARS_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [
    f"{'https' if HTTPS else 'http'}://{host}" for host in ALLOWED_HOSTS if host != "testserver"
]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "pillars.ui",
    "pillars.people.organisations",
    "pillars.people.register",
    "pillars.consistency.paperwork",
    "pillars.progress.indicators",
    "pillars.home",
    # Last, so that its post-migrate step sees every table.
    "pillars.foundation",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pillars.foundation.middleware.ScopeMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "pillars.config.urls"
WSGI_APPLICATION = "pillars.config.wsgi.application"

_CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "pillars.config.navigation.navigation",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "pillars.ui.environment.environment",
            "context_processors": _CONTEXT,
        },
    },
    {
        # allauth's own e-mail texts and the pages nobody is shown.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT},
    },
]

DATABASES = {
    "default": {
        "ENGINE": "pillars.config.database",
        "NAME": conninfo_to_dict(os.environ.get("DATABASE_URL", "")).get("dbname", "pillars"),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}
# In the same database, so that attempts to sign in are counted across all web processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "foundation_cache",
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PILLARS_SCOPE = "pillars.people.organisations.queries.scope_of_request"
PGHISTORY_CREATED_AT_FUNCTION = "STATEMENT_TIMESTAMP()"  # tells two acts of one request apart
# History is read by school and time or by its subject; more indexes would slow every import.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)

# --- who signs in, and how
AUTH_USER_MODEL = "organisations.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "pillars.people.organisations.adapter.AccountAdapter"
_FORMS = "pillars.people.organisations.forms.accounts"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.SignIn",
    "reset_password": f"{_FORMS}.ForgottenPassword",
    "reset_password_from_key": f"{_FORMS}.NewPassword",
    "change_password": f"{_FORMS}.ChangedPassword",
    "set_password": f"{_FORMS}.FirstPassword",
    "reauthenticate": f"{_FORMS}.PasswordAgain",
}
MFA_FORMS = {
    "authenticate": f"{_FORMS}.CodeToSignIn",
    "reauthenticate": f"{_FORMS}.CodeAgain",
    "activate_totp": f"{_FORMS}.CodeToTurnOn",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation's link is the proof of the address
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
# Behind a proxy everybody seems to come from it; limits must count who really asks.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("PILLARS_PROXIES", "1" if HTTPS else "0"))
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Three Pillars"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off

SESSION_COOKIE_AGE = int(os.environ.get("PILLARS_IDLE_MINUTES", "60")) * 60
SESSION_SAVE_EVERY_REQUEST = True  # each click starts the idle clock anew
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = False  # the reverse proxy does it; see deploy/
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- files
STATIC_URL = "/static/"
STATIC_ROOT = BUILD / "static"  # where pillars.ui.build puts it: nothing to collect
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a selection of many pupils
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000

# --- words and days
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# --- mail: to a server where one is named, else to the log
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if "PILLARS_SMTP_HOST" in os.environ
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = os.environ.get("PILLARS_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("PILLARS_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("PILLARS_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PILLARS_SMTP_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587
DEFAULT_FROM_EMAIL = os.environ.get("PILLARS_MAIL_FROM", "three-pillars@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # What a task is called, each time a process starts, is of no interest.
    "loggers": {
        "procrastinate.blueprints": {"level": "WARNING"},
        "procrastinate.periodic": {"level": "WARNING"},
    },
}
