"""Pages that read: the list of releases, one release, the difference between two."""

from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from cms.editorial.changes import changes_document
from cms.editorial.permissions import Gate, may_publish
from cms.editorial.problems import problem_rows
from cms.editorial.wording import count_rows, sections
from curriculum_graph.releases.api import (
    NotFound,
    ReleaseInfo,
    count_releases,
    differing_releases,
    find_current_release,
    get_release,
    list_moves,
    list_releases,
    list_warnings,
)

PAGE_SIZE = 25
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")}
RELEASES = {"url": reverse_lazy("editorial_releases"), "label": _("Releases")}


class ReleasePage(Gate, WagtailAdminTemplateMixin, View):
    """A page of the admin below "Releases"."""

    header_icon = "history"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page."""
        return self.show()

    def show(self, **context: Any) -> HttpResponse:
        """Return the page, with ``context`` beside its own."""
        response: HttpResponse = self.render_to_response(self.get_context_data(**context))
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [HOME, RELEASES, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seen_by_all = {"current": self.current, "may_publish": may_publish(self.request.user)}
        context: dict[str, Any] = super().get_context_data(**seen_by_all, **kwargs)
        return context

    @cached_property
    def current(self) -> ReleaseInfo | None:
        """The release that learners meet."""
        return find_current_release()

    def release(self, name: str) -> ReleaseInfo:
        """Return a release by id or by ``current`` and its like, or answer 404."""
        try:
            return get_release(name)
        except NotFound as error:
            raise Http404 from error


class _AllReleases:
    """The releases as a paginator wants them: counted and sliced, never loaded whole."""

    def __len__(self) -> int:
        return count_releases()

    def __getitem__(self, rows: slice) -> list[ReleaseInfo]:
        return list_releases(rows.start, rows.stop - rows.start)


class _Paginator(WagtailPaginator):
    @property
    def items_count_label(self) -> str:
        return ngettext("%(count)s release", "%(count)s releases", self.count) % {"count": self.count}


class ReleaseListView(ReleasePage):
    """All releases, newest first, the current one marked."""

    template_name = "editorial/releases.html"
    page_title = _("Releases")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [HOME, {"url": "", "label": self.page_title}]

    def get_header_buttons(self) -> list[HeaderButton]:
        if not may_publish(self.request.user):
            return []
        return [HeaderButton(pgettext("release", "Publish"), url=reverse("editorial_publish"), icon_name="upload")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page: Page[ReleaseInfo] = _Paginator(_AllReleases(), PAGE_SIZE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            page=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            may_compare=page.paginator.count > 1,
            **kwargs,
        )


class ReleaseView(ReleasePage):
    """One release: what it holds, its warnings, and when it was current."""

    template_name = "editorial/release.html"

    def get_page_title(self) -> str:
        return gettext("Release %(id)s") % {"id": self.shown.short}

    @cached_property
    def shown(self) -> ReleaseInfo:
        """The release that this page is about."""
        return self.release(self.kwargs["release_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            release=self.shown,
            counts=count_rows(self.shown.counts),
            problems=problem_rows(list_warnings(self.shown.id), None),
            moves=list_moves(self.shown.id, limit=PAGE_SIZE),
            **kwargs,
        )


class CompareView(ReleasePage):
    """What is different in release ``b`` from release ``a``; both in the address."""

    template_name = "editorial/compare.html"
    page_title = _("Compare releases")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        b = self.release(self.request.GET.get("b", "current"))
        a = self.release(self.request.GET.get("a", b.parent or b.id))
        return super().get_context_data(
            a=a,
            b=b,
            sections=sections(changes_document(*differing_releases(a.id, b.id))),
            choices=list_releases(0, 100),
            **kwargs,
        )
