"""Settings for production: nothing works that the environment has not said."""

from django.core.exceptions import ImproperlyConfigured

from cms.settings.base import *
from cms.settings.environment import env

DEBUG = False
if env.secret_key is None:
    raise ImproperlyConfigured("Set SECRET_KEY to a long random string.")
if not env.allowed_hosts:
    raise ImproperlyConfigured('Set ALLOWED_HOSTS to a JSON list of host names, e.g. ["hoc.example.vn"].')
SECRET_KEY = env.secret_key.get_secret_value()
ALLOWED_HOSTS = env.allowed_hosts
CSRF_TRUSTED_ORIGINS = env.csrf_trusted_origins
MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")  # right after the security headers
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
