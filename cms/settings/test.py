"""Settings for the test suite. Which database is said by ``DATABASE_URL``; see ``tests/conftest.py``."""

from cms.settings.base import *

# A fresh database takes the place of the last test's: a server that kept its connection would go on with the old one.
DATABASES["default"]["CONN_MAX_AGE"] = 0

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105 - it guards nothing
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 5}  # a killed worker's jobs come back while a test can wait
