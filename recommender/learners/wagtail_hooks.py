"""What this app adds to Wagtail's admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from recommender.learners import views


class _WaiversItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(views.VIEW)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    """Add the pages of waivers."""
    return [
        path("waivers/", views.waivers, name="learners_waivers"),
        path("waivers/add/", views.waive, name="learners_waive"),
        path("waivers/revoke/", views.revoke, name="learners_revoke"),
    ]


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    """Add the pages to the reports."""
    return _WaiversItem(_("Waivers"), reverse("learners_waivers"), name="waivers", icon_name="check", order=910)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """Let groups be given the right to see, to waive and to take back."""
    return Permission.objects.filter(content_type__app_label="learners", content_type__model="waiver")
