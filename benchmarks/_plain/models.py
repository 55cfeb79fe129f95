"""One kind of page and one kind of snippet, with about the fields that a course and a module have."""

from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, Page, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

TEXTS: Any = [("text", blocks.TextBlock()), ("heading", blocks.CharBlock())]


class PlainPage(Page):
    """A page among thousands of siblings."""

    code = models.CharField(max_length=64)
    summary = models.TextField(blank=True)
    minutes = models.PositiveIntegerField(default=30)
    body = StreamField(TEXTS, blank=True)
    content_panels = [*Page.content_panels, *map(FieldPanel, ("code", "summary", "minutes", "body"))]


class PlainSnippet(  # type: ignore[misc]  # Wagtail ships no types
    index.Indexed, PreviewableMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, models.Model
):
    """A snippet that is drafted, reviewed and published."""

    code = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=255)
    body = StreamField(TEXTS, blank=True)
    search_fields = [index.AutocompleteField("title")]
    panels = [*map(FieldPanel, ("code", "title", "body")), PublishingPanel()]

    def __str__(self) -> str:
        return self.title
