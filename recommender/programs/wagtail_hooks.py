"""What this app adds to Wagtail's admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from recommender.programs import run_views


class _RunsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(run_views.VIEW)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    """Add the pages of runs."""
    return [
        path("programs/", run_views.index, name="programs_runs"),
        path("programs/<int:pk>/", run_views.run, name="programs_run"),
    ]


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    """Add the list of runs to the reports."""
    return _RunsItem(_("Building programs"), reverse("programs_runs"), name="programs", icon_name="tasks", order=910)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """Let groups be given the right to see runs and to start them."""
    return Permission.objects.filter(content_type__app_label="programs", content_type__model="buildrun")
