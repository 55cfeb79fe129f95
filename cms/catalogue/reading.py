"""Content for those who read it without writing: one thing at a time, its history, and what choosers offer."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.models import InspectView as GenericInspectView
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView
from wagtail.snippets.views.snippets import HistoryView, InspectView

from cms.catalogue.models import CoursePage
from cms.taxonomy.api import CodesField, LocalisedTextField, RecordsField, get_titles, localised
from cms.taxonomy.editing import TranslatedChooserViewSet

MEET = {"add", "change", "delete", "view"}
"""Any of these rights lets somebody meet a thing in a listing or a chooser."""


class _ReadableMixin:
    """Mixin of views of one thing: texts in the reader's language, codes by title, bodies as learners meet them."""

    object: Any

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = getattr(self.object, field_name)
        if isinstance(field, LocalisedTextField):
            return localised(value)
        if isinstance(field, RecordsField):
            return ", ".join(" ".join(str(part) for part in record.values()) for record in value) or "–"
        if isinstance(field, CodesField):
            return _titled(field, value)
        if field_name == "body":
            return type(self.object).shown(self.object, get_language() or "vi")["body"]
        return super().get_field_display_value(field_name, field)  # type: ignore[misc]  # a mixin of views


def _titled(field: CodesField, codes: list[str]) -> str:
    kind = getattr(field, "kind", None)
    titles = get_titles(kind, set(codes)) if kind in {"region", "audience", "industry", "language"} else {}
    return ", ".join(titles.get(code, code) for code in codes) or "–"


class ContentInspectView(_ReadableMixin, InspectView):
    """A module, variant or test item."""


class CourseReadView(_ReadableMixin, GenericInspectView):
    """The newest draft of a course, with the bodies of its modules."""

    model = CoursePage
    template_name = "catalogue/course.html"
    page_title = _("Read")
    header_icon = "doc-full"
    index_url_name = "courses:index"
    fields = [
        "code", "title_text", "summary", "owner_code", "minutes", "mode", "audiences", "regions", "industries",
        "languages", "accessibility", "teaches",
    ]  # fmt: skip

    def get_object(self, queryset: Any = None) -> CoursePage:
        course: CoursePage = super().get_object(queryset)
        draft: CoursePage = course.get_latest_revision_as_object()
        return draft

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Lead those who may write the course to its editor."""
        if not self.object.permissions_for_user(self.request.user).can_edit():
            return []
        return [Button(_("Edit"), url=reverse("wagtailadmin_pages:edit", args=[self.object.pk]), icon_name="edit")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        shown = CoursePage.shown(self.object, get_language() or "vi")
        return context | {"modules": shown["modules"]}


class ContentHistoryView(HistoryView):
    """Who did what with a thing, also for those who only read it."""

    any_permission_required = [*HistoryView.any_permission_required, "view"]


class _PermittedMixin:
    """Mixin of choosers: offers what the user may meet."""

    model_class: Any
    request: HttpRequest

    def get_object_list(self) -> Any:
        policy = policy_registry.get_by_type(self.model_class)
        return policy.instances_user_has_any_permission_for(self.request.user, MEET)


class _PermittedChooseView(_PermittedMixin, ChooseView):
    pass


class _PermittedChooseResultsView(_PermittedMixin, ChooseResultsView):
    pass


class PermittedChooserViewSet(TranslatedChooserViewSet):
    """A chooser of things that the user may meet."""

    choose_view_class = _PermittedChooseView
    choose_results_view_class = _PermittedChooseResultsView
