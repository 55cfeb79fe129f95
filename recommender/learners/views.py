"""The admin's pages of waivers: who was let off what, by whom and why; letting off, and taking back."""

from http import HTTPStatus
from uuid import uuid4

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from curriculum_graph.errors import CurriculumError, NotFound
from recommender.learners.actions import put_waiver, revoke_waiver
from recommender.learners.forms import WaiverForm
from recommender.learners.vocabularies import NoRelease
from recommender.learners.waivers import count_waivers, get_waiver, last_day, list_waivers, waiver_holds
from recommender.learners.wording import describe

SHOWN = 50
VIEW, ADD, CHANGE = "learners.view_waiver", "learners.add_waiver", "learners.change_waiver"


def _crumbs(*more: str) -> list[dict[str, str]]:
    """Return the way to a page, of which the last part is the page itself."""
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("learners_waivers"), "label": _("Waivers")},
        *({"url": "", "label": label} for label in more),
    ]
    return [*crumbs[:-1], {**crumbs[-1], "url": ""}]


@require_http_methods(["GET", "POST"])
@permission_required(VIEW, raise_exception=True)
def waivers(request: HttpRequest) -> HttpResponse:
    """List waivers, newest first: all, or those of one learner.

    The pseudonym that is looked for is posted: in the address it would be written into logs.
    """
    learner = request.POST.get("learner", "").strip()
    pages = Paginator(range(count_waivers(learner)), SHOWN)
    page = pages.get_page(request.GET.get("p"))
    start = (page.number - 1) * SHOWN
    today = timezone.localdate()
    context = {
        "header_title": _("Waivers"),
        "breadcrumbs_items": _crumbs(),
        "header_icon": "check",
        "learner": learner,
        "page": page,
        "waivers": [
            {"record": record, "holds": waiver_holds(record, today), "until": last_day(record)}
            for record in list_waivers(learner, start=start, limit=SHOWN)
        ],
        "may_add": request.user.has_perm(ADD),
        "may_revoke": request.user.has_perm(CHANGE),
    }
    return TemplateResponse(request, "learners/waivers.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(ADD, raise_exception=True)
def waive(request: HttpRequest) -> HttpResponse:
    """Let a learner off something."""
    now = timezone.now()
    form = WaiverForm(request.POST or None, today=timezone.localdate(now))
    try:
        if form.is_valid() and form.waiver is not None:
            put_waiver(form.learner_id, uuid4().hex, form.waiver, author=request.user.get_username(), at=now)
            messages.success(request, _("The waiver holds from now on. The program follows when it is opened."))
            return redirect("learners_waivers")
    except NoRelease as error:
        messages.error(request, describe(error))
    context = {
        "header_title": _("Waive something"),
        "breadcrumbs_items": _crumbs(_("Waive something")),
        "header_icon": "check",
        "form": form,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return TemplateResponse(request, "learners/waive.html", context, status=status)


@require_POST
@permission_required(CHANGE, raise_exception=True)
def revoke(request: HttpRequest) -> HttpResponse:
    """Take a waiver back."""
    try:
        record = get_waiver(int(request.POST.get("waiver", "0")))
        if record.key is None:
            raise NotFound(kind="waiver", code=str(record.id))
        revoke_waiver(record.learner, record.key, author=request.user.get_username(), at=timezone.now())
    except (CurriculumError, ValueError):
        messages.error(request, _("This waiver does not hold any more, or is not one that can be taken back here."))
    else:
        messages.success(request, _("The waiver was taken back."))
    return redirect("learners_waivers")
