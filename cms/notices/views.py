"""The list of a person's notices."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.notices import actions, wording
from cms.notices.models import Notice
from cms.notices.selectors import count_unread, list_notices

PAGE = 50


class NoticesView(WagtailAdminTemplateMixin, TemplateView):
    """Notices, newest first; ``?unread=1`` keeps those that were not read."""

    template_name = "notices/list.html"
    page_title = _("Notices")
    header_icon = "mail"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        user = self.request.user
        unread = self.request.GET.get("unread") == "1"
        page = Paginator(list_notices(user, unread=unread), PAGE).get_page(self.request.GET.get("p"))
        rows = [(notice, wording.title_of(notice), wording.sentence_of(notice)) for notice in page.object_list]
        return context | {"page": page, "rows": rows, "unread": unread, "count": count_unread(user)}


@require_POST
def open_notice(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Mark a notice as read and go to what it is about."""
    notice = get_object_or_404(Notice, pk=pk, recipient=request.user)
    actions.mark_read(request.user, at=timezone.now(), pk=pk)
    safe = url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    return redirect(notice.url if notice.url and safe else "notices")


@require_POST
def read_all(request: HttpRequest) -> HttpResponseRedirect:
    """Mark every notice as read."""
    count = actions.mark_read(request.user, at=timezone.now())
    shown = ngettext("%(count)s notice is marked as read.", "%(count)s notices are marked as read.", count)
    messages.success(request, shown % {"count": count} if count else gettext("There was nothing unread."))
    return redirect("notices")
