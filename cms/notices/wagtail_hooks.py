"""What notices add to the admin: an entry of the menu with how many are unread, a panel, a list."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from cms.notices import views, wording
from cms.notices.selectors import count_unread, list_notices

ON_HOME = 5


class NoticesMenuItem(MenuItem):
    """The entry "Notices", with how many are unread."""

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        count = count_unread(request.user)
        if count:
            component.label = format_html("{} ({})", self.label, count)
        return component


class NoticesPanel(Component):
    """The newest unread notices, on the first screen; nothing when all is read."""

    name = "notices"
    template_name = "notices/panel.html"
    order = 90

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        request = (parent_context or {})["request"]
        count = count_unread(request.user)
        newest = list_notices(request.user, unread=True)[:ON_HOME] if count else []
        rows = [(notice, wording.title_of(notice), wording.sentence_of(notice)) for notice in newest]
        heading = ngettext("%(count)s unread notice", "%(count)s unread notices", count) % {"count": count}
        return {"rows": rows, "heading": heading, "csrf_token": (parent_context or {}).get("csrf_token")}


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    """Put the list below the admin's address."""
    return [
        path("notices/", views.NoticesView.as_view(), name="notices"),
        path("notices/read/", views.read_all, name="notices_read_all"),
        path("notices/<int:pk>/", views.open_notice, name="notice"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """Put "Notices" into the main menu."""
    return NoticesMenuItem(_("Notices"), reverse_lazy("notices"), name="notices", icon_name="mail", order=90)


@hooks.register("construct_homepage_panels")
def home_panel(_request: HttpRequest, panels: list[Any]) -> None:
    """Put the newest notices on the first screen."""
    panels.append(NoticesPanel())
