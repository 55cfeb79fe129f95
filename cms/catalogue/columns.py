"""Columns that cost little: a listing of fifty rows has hundreds of cells, and Wagtail's are a template each."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import PageTitleColumn

from cms.searching.editing import MarkedPageTitleColumn

SECONDS_A_DAY = 86_400


class TextColumn(Column):
    """A text or a number in its cell, nothing else."""

    def render_cell_html(self, instance: Any, parent_context: Any) -> str:
        value = self.get_value(instance)
        shown = self.empty_value_display if value in (None, "") else str(value)
        return format_html('<td class="{}">{}</td>', self.classname or "", shown)


class AgeColumn(TextColumn):
    """How many days ago somebody last changed the row; the day itself on pointing at it."""

    def render_cell_html(self, instance: Any, parent_context: Any) -> str:
        at = self.get_value(instance)
        if at is None:
            return format_html("<td>{}</td>", "–")
        days = max(0, int((timezone.now() - at).total_seconds() // SECONDS_A_DAY))
        words = ngettext("%(count)s day ago", "%(count)s days ago", days) % {"count": days} if days else _("today")
        day = timezone.localtime(at).strftime("%d/%m/%Y %H:%M")
        return format_html('<td><time datetime="{}" title="{}">{}</time></td>', at.isoformat(), day, words)


class _LeanTitleColumn(PageTitleColumn):
    """The title of a course without a menu of its own in every row: the editor has one."""

    def render_cell_html(self, instance: Any, parent_context: Any) -> str:
        may_edit = instance.permissions_for_user(parent_context["request"].user).can_edit()
        address = "wagtailadmin_pages:edit" if may_edit else "catalogue_course"
        return format_html(
            '<td class="{}" data-listing-page-title><div class="title-wrapper"><a href="{}" title="{}">'
            '<span id="page_{}_title">{}</span></a>{}</div>{}</td>',
            self.classname,
            reverse(address, args=[instance.pk]),
            _("Edit this course") if may_edit else _("Read this course"),
            instance.pk,
            instance.get_admin_display_title(),
            format_html(' <span class="w-status w-status--label">{}</span>', _("Locked")) if instance.locked else "",
            _history(instance) if may_edit else "",
        )


class CourseTitleColumn(MarkedPageTitleColumn, _LeanTitleColumn):
    """The title, which leads to the editor, or to the course itself for those who only read; and its history."""


def _history(instance: Any) -> str:
    url = reverse("wagtailadmin_pages:history", args=[instance.pk])
    return format_html('<ul class="actions"><li><a href="{}">{}</a></li></ul>', url, _("History"))
