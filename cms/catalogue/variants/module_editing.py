"""The editor of a module: says where the module is used, and what publishing a change of it does."""

from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.snippets.action_menu import PublishMenuItem
from wagtail.snippets.views.snippets import EditView

from cms.catalogue.bases import list_outdated
from cms.catalogue.models import Module
from cms.catalogue.selectors import list_courses_with_module
from cms.catalogue.variants.addresses import variants_button, variants_url


class UsedInSidePanel(BaseSidePanel):
    """The courses that list the module and its variants, with the way to their screen."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Toggle where it is used")
        icon_name = "link"
        has_counter = False

    name = "used-in"
    title = gettext_lazy("Used in")
    template_name = "catalogue/variants/used_in.html"
    order = 250

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        return context | {
            "courses": list(list_courses_with_module(self.object.code)),
            "variant_count": self.object.variants.count(),
            "outdated_count": list_outdated([self.object.pk]).count(),
            "variants_url": variants_url(self.object),
        }


class ModuleEditView(EditView):
    """The editor, with the way to the variants."""

    def get_side_panels(self) -> MediaContainer:
        return MediaContainer([*super().get_side_panels(), UsedInSidePanel(self.object, self.request)])

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return [*super().header_more_buttons, variants_button(self.object)]


class SharedPublishMenuItem(PublishMenuItem):
    """The button that publishes a module, saying how many courses change with it."""

    template_name = "catalogue/variants/publish.html"

    def __init__(self, courses: int, order: int | None) -> None:
        super().__init__(order)
        self.label = ngettext("Publish to %(count)d course", "Publish to %(count)d courses", courses) % {
            "count": courses
        }


def name_what_publishing_changes(items: list[Any], context: Any) -> None:
    """Let the button that publishes a shared module say how many courses it changes."""
    module = context.get("instance")
    if not isinstance(module, Module) or (module.go_live_at and module.go_live_at > timezone.now()):
        return  # what is scheduled says so itself
    courses = list_courses_with_module(module.code).count()
    for place, item in enumerate(items):
        if courses and type(item) is PublishMenuItem:
            items[place] = SharedPublishMenuItem(courses, item.order)
