"""Settings for production: nothing works that the environment has not said."""

from django.core.exceptions import ImproperlyConfigured

from cms.settings.base import *
from cms.settings.environment import env

DEBUG = False
if env.secret_key is None:
    raise ImproperlyConfigured("Set SECRET_KEY to a long random string.")
if not env.allowed_hosts:
    raise ImproperlyConfigured('Set ALLOWED_HOSTS to a JSON list of host names, e.g. ["hoc.example.vn"].')
if "base_url" not in env.model_fields_set:
    raise ImproperlyConfigured("Set BASE_URL to the address of the service, e.g. https://hoc.example.vn.")
SECRET_KEY = env.secret_key.get_secret_value()
ALLOWED_HOSTS = env.allowed_hosts
CSRF_TRUSTED_ORIGINS = env.csrf_trusted_origins
MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")  # right after the security headers

# An address with http:// is for a trial on one machine: there, browsers could not follow a redirect to https.
HTTPS = env.base_url.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health$"]  # load balancers ask without TLS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SILENCED_SYSTEM_CHECKS = [
    "security.W019",  # Wagtail shows previews in frames of the same site
    "security.W021",  # the preload list is for whole domains: a decision of whoever owns this one
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
