"""What this app adds to Wagtail's admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from recommender.training import views


class _VersionsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(views.VIEW)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    """Add the page of model versions."""
    return [
        path("models/", views.index, name="training_versions"),
        path("models/choose/", views.choose, name="training_choose"),
    ]


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    """Add the page to the reports."""
    return _VersionsItem(_("Model versions"), reverse("training_versions"), name="models", icon_name="order", order=900)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """Let groups be given the right to see and to choose."""
    return Permission.objects.filter(content_type__app_label="training", content_type__model="modelversion")
