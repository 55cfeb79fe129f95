"""Settings shared by every environment."""

from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from cms.settings.environment import ROOT, env
from cms.settings.logging import logging_config
from cms.settings.places import database, require_folder

BASE_DIR = ROOT

INSTALLED_APPS = [
    "cms.national",
    "cms.editorial",
    "cms.catalogue",
    "cms.taxonomy",
    "cms.searching",
    "cms.reviewing",
    "cms.notices",
    "exports.delivery",
    "recommender.programs",
    "recommender.training",
    "recommender.learners",
    "curriculum_graph.releases",
    "ninja",
    "wagtail.contrib.settings",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cms.headers.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.editorial.auditing.reasons.ReasonMiddleware",
]
ROOT_URLCONF = "cms.urls"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "cms" / "templates"],
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
WSGI_APPLICATION = "cms.wsgi.application"
ASGI_APPLICATION = "cms.asgi.application"

# Connections are kept between requests, and tried before they are used again: making one costs as much as a page.
DATABASES: dict[str, Any] = {"default": database(env.database_url)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # One writer at a time, readers undisturbed; a write transaction takes its lock at the start, so that it waits
    # instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = env.language_code
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [ROOT / "cms" / "locale", ROOT / "cms" / "vietnamese" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
NUMBER_GROUPING = 3  # which Django's Vietnamese formats leave out
FORMAT_MODULE_PATH = "cms.formats"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.static_root
STATICFILES_DIRS = [ROOT / "cms" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = require_folder("MEDIA_ROOT", env.media_root)
DATA_ROOT = require_folder("DATA_ROOT", env.data_root)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

if env.cache_url:
    CACHES: dict[str, Any] = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.cache_url}
    }

WAGTAIL_SITE_NAME = "Bình dân học vụ số"
WAGTAILADMIN_USER_LOGIN_FORM = "cms.forms.SignInForm"
WAGTAILADMIN_BASE_URL = env.base_url
WAGTAIL_I18N_ENABLED = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.reviewing.approving.make_live"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.searching.backend"}}
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# "localtime" is what some systems call their own zone: no browser knows it, and the page of accounts fails on it.
WAGTAIL_USER_TIME_ZONES = sorted(available_timezones() - {"localtime"})
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
MAX_UPLOAD_BYTES = env.max_upload_megabytes * 1024 * 1024

# Without a mail server people read their notices in the admin alone.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if env.email_host else 'dummy'}.EmailBackend"
EMAIL_HOST = env.email_host or "localhost"
EMAIL_PORT = env.email_port
EMAIL_HOST_USER = env.email_user
EMAIL_HOST_PASSWORD = env.email_password.get_secret_value() if env.email_password else ""
EMAIL_USE_TLS = env.email_use_tls
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.email_from

# Without a broker a job runs in the process that asked for it, on the same code path.
CELERY_BROKER_URL = env.celery_broker_url or "memory://localhost/"
CELERY_TASK_ALWAYS_EAGER = env.celery_broker_url is None
CELERY_TASK_EAGER_PROPAGATES = False
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_HTTPONLY = True

LOGGING = logging_config(env.log_level)
LOGGING_CONFIG = "logging.config.dictConfig"
