"""Which decisions a reviewer's scope holds."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from wagtail.models import TaskState


def within_scope(states: QuerySet[TaskState], user: Any) -> QuerySet[TaskState]:
    """Keep what a reviewer's scope holds; one without a scope reviews everything."""
    from cms.catalogue.api import list_variants_in_review_scope

    variants = list_variants_in_review_scope(user)
    if variants is None:
        return states
    content_type = ContentType.objects.get_for_model(variants.model)
    ids = variants.annotate(as_text=Cast("pk", CharField())).values("as_text")
    return states.filter(workflow_state__content_type=content_type, workflow_state__object_id__in=ids)
