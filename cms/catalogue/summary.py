"""What an author's first screen says of the catalogue."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.site_summary import SummaryItem

from cms.catalogue.models import CoursePage, Module


class CatalogueSummaryItem(SummaryItem):
    """How many courses and modules there are, each a way to their list; courses for those who may open it."""

    template_name = "catalogue/summary.html"

    def is_shown(self) -> bool:
        return bool(self.request.user.has_perm("catalogue.view_module"))

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        reads_courses = user_has_any_page_permission(self.request.user)
        return {"courses": CoursePage.objects.count() if reads_courses else None, "modules": Module.objects.count()}
