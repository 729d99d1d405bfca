"""The product's settings, with what only tests need."""

import os

os.environ.setdefault("PILLARS_DATABASE_ROLE", "owner")  # tests migrate; scopes drop to web
os.environ.setdefault("PILLARS_DATABASE_DURABLE", "no")
os.environ.setdefault("PILLARS_HTTPS", "off")

from pillars.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, for invented people
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_RATE_LIMITS = False
