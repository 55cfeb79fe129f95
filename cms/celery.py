"""The Celery application: the composition root of the workers."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

app = Celery("curriculum")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {  # `celery -A cms.celery beat`, or `worker --beat` where there is one worker alone
    "publish what is scheduled": {"task": "cms.reviewing.tasks.publish_scheduled", "schedule": 60.0},
    "remind reviewers": {"task": "cms.reviewing.tasks.remind_reviewers", "schedule": 3600.0},
    "check what changed": {"task": "cms.catalogue.tasks.check_content", "schedule": 3600.0, "args": [True]},
    "check everything": {"task": "cms.catalogue.tasks.check_content", "schedule": 86_400.0},
    "ask addresses": {"task": "cms.catalogue.tasks.ask_addresses", "schedule": 3600.0},
    "send e-mails that are due": {"task": "cms.notices.tasks.send_mails", "schedule": 300.0},
}
