"""The Celery application: the composition root of the workers."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

app = Celery("curriculum")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
