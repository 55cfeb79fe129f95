"""Settings for a developer's machine and for the demo: embedded defaults, no broker, no secrets to set."""

import secrets
import sys

from cms.settings.base import *
from cms.settings.environment import ROOT, env


def _local_secret() -> str:
    """Return the secret of this checkout, made at the first call and kept under ``var/``."""
    file = ROOT / "var" / "secret-key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


# Only where pages are served: while it is on, Django keeps the text of thousands of statements, and those of an import
# hold the whole document several times over.
DEBUG = "runserver" in sys.argv
SECRET_KEY = env.secret_key.get_secret_value() if env.secret_key else _local_secret()
ALLOWED_HOSTS = env.allowed_hosts or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = env.csrf_trusted_origins
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# A terminal shows what people asked for: not each small job of the editor, and nothing twice (Django has a handler of
# its own where DEBUG is on).
LOGGING["loggers"] |= {
    "django": {"handlers": [], "level": "INFO"},
    "django.utils.autoreload": {"level": "WARNING"},
    "celery.app.trace": {"level": "WARNING"},
    "django_tasks": {"level": "WARNING"},
    "wagtail": {"level": "WARNING"},
}
