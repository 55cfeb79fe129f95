"""What is drafted, reviewed and published has in common, before it has any fields of its own."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.http import HttpRequest
from django.utils.translation import override
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from curriculum_graph.matching import Entry


class Searched(index.Indexed):
    """Something that the search finds.

    The app sets ``search_entries`` when it is ready, because it asks more than models know.
    """

    search_entries: ClassVar[Callable[[Any], list[Entry]]]
    search_fields = [index.AutocompleteField("code")]


class Previewed(PreviewableMixin):
    """Something that is looked at as a learner would meet it.

    ``shown`` gives what its template shows; the app sets it when it is ready, because it asks more than models know.
    """

    shown: ClassVar[Callable[[Any, str], dict[str, Any]]]

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """The languages in which texts are previewed."""
        return [(code, str(name)) for code, name in settings.LANGUAGES]

    @property
    def default_preview_mode(self) -> str:
        """Vietnamese."""
        return str(settings.LANGUAGES[0][0])

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        language = mode_name or self.default_preview_mode
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return context | {"object": self, "language": language} | type(self).shown(self, language)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        with override(mode_name or self.default_preview_mode):
            return super().serve_preview(request, mode_name).render()


class Authored(Searched, Previewed, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    """A snippet that is drafted, reviewed, locked, previewed and published. The row is the live content."""

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )
    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )

    class Meta:
        abstract = True

    @property
    def approved_schedule(self) -> bool:
        """Whether its publication is scheduled; listings annotate the answer, as Wagtail's do for pages."""
        known: bool | None = getattr(self, "_approved_schedule", None)
        return bool(super().approved_schedule) if known is None else known
