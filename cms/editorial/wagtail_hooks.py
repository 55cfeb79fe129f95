"""What the editorial screens add to the admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.editorial import urls
from cms.editorial.permissions import PUBLISH, VIEW, may_read
from cms.editorial.views.gaps import READ


class ReleasesMenuItem(MenuItem):
    """The entry "Releases" of the main menu, for those who may read them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request.user)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Put the screens below the admin's address."""
    return urls.urlpatterns


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Put "Releases" into the main menu."""
    return ReleasesMenuItem(
        _("Releases"), reverse_lazy("editorial_releases"), name="releases", icon_name="history", order=350
    )


class GapsMenuItem(MenuItem):
    """The entry "Gaps in variants" among the reports, for those who may read modules."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(READ))


@hooks.register("register_reports_menu_item")
def register_gaps_report() -> MenuItem:
    """Put the report on gaps among the reports."""
    return GapsMenuItem(
        _("Gaps in variants"), reverse_lazy("editorial_gaps"), name="variant-gaps", icon_name="table", order=900
    )


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission, Any]:
    """Let the permissions of releases be given to groups in the admin."""
    codenames = [name.split(".")[1] for name in (VIEW, PUBLISH)]
    return Permission.objects.filter(content_type__app_label="releases", codename__in=codenames)
