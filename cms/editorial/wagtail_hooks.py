"""What the editorial screens add to the admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.catalogue.api import may_read_findings
from cms.editorial import urls
from cms.editorial.auditing.recording import ACTIONS
from cms.editorial.auditing.selectors import READ_LOG, may_read_log
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


class FindingsMenuItem(MenuItem):
    """The entry "Checks of the content" among the reports, for those who may read modules."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_read_findings(request.user)


@hooks.register("register_reports_menu_item")
def register_findings_report() -> MenuItem:
    """Put the report on what checks found among the reports."""
    return FindingsMenuItem(
        _("Checks of the content"), reverse_lazy("editorial_findings"), name="checks", icon_name="glasses", order=890
    )


class AuditMenuItem(MenuItem):
    """The entry "Audit log" of the reports, for those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_read_log(request.user)


@hooks.register("register_reports_menu_item")
def register_audit_menu_item() -> MenuItem:
    """Put "Audit log" among the reports."""
    return AuditMenuItem(_("Audit log"), reverse_lazy("editorial_audit"), name="audit", icon_name="history", order=50)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Name what the log says of releases and of people's rights."""
    for action, label in ACTIONS.items():
        actions.register_action(action, label, label)


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission, Any]:
    """Let the permissions of releases and of the log be given to groups in the admin."""
    codenames = [name.split(".")[1] for name in (VIEW, PUBLISH, READ_LOG)]
    apps = ("releases", "wagtailcore")
    return Permission.objects.filter(content_type__app_label__in=apps, codename__in=codenames)
