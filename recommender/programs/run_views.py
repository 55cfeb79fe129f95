"""The admin's pages of runs that build programs: start one, watch it, cancel it, try again what failed."""

from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from kombu.exceptions import OperationalError
from wagtail.admin import messages

from curriculum_graph.errors import NotFound
from recommender.learners.api import NoRelease
from recommender.programs.actions import cancel_run, resume_run, retry_failed, start_run
from recommender.programs.run_selectors import (
    Progress,
    find_unfinished_run,
    get_progress,
    list_failed,
    list_recent_progress,
)
from recommender.programs.run_wording import error_sentence, state_sentence, who_failed
from recommender.programs.tasks import send_chunks
from recommender.programs.wording import describe
from recommender.programs.worlds import get_world

log = structlog.get_logger(__name__)
VIEW, START = "programs.view_buildrun", "programs.start_buildrun"


@require_http_methods(["GET", "POST"])
@permission_required(VIEW, raise_exception=True)
def index(request: HttpRequest) -> HttpResponse:
    """List the latest runs; start one."""
    if request.method == "POST":
        return _start(request)
    context = {
        **_frame(_("Building programs")),
        "runs": list_recent_progress(),
        "active": find_unfinished_run(),
        "may_start": request.user.has_perm(START),
        "in_request": settings.CELERY_TASK_ALWAYS_EAGER,
    }
    return TemplateResponse(request, "programs/runs.html", context)


def _start(request: HttpRequest) -> HttpResponse:
    _may_start(request)
    now = timezone.now()
    try:
        world = get_world(timezone.localdate(now))
    except NoRelease as error:
        messages.error(request, describe(error))
        return redirect("programs_runs")
    run = start_run(world, objective=None, actor=request.user.get_username(), at=now)
    if run.sent_at == now:
        _send(request, run.pk)
    return redirect("programs_run", pk=run.pk)


@require_http_methods(["GET", "POST"])
@permission_required(VIEW, raise_exception=True)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one run; cancel it, hand out again what it has left, or try again what failed."""
    try:
        progress = get_progress(pk)
    except NotFound as error:
        raise Http404 from error
    if request.method == "POST":
        _may_start(request)
        _act(request, pk, request.POST.get("action", ""))
        return redirect("programs_run", pk=pk)
    now = timezone.now()
    context = {"progress": progress, "is_silent": progress.is_silent(now)}
    if "part" in request.GET:  # asked for again and again by the page while the run goes on
        return render(request, "programs/_run_progress.html", context)
    failures = [(who_failed(failed), error_sentence(failed.code), failed.detail) for failed in list_failed(pk)]
    context |= {
        **_frame(_("Run %(run)s") % {"run": pk}, below=True),
        "sentence": state_sentence(progress),
        "failures": failures,
        "actions": _actions(progress, is_silent=progress.is_silent(now)),
        "may_start": request.user.has_perm(START),
    }
    return TemplateResponse(request, "programs/run.html", context)


def _actions(progress: Progress, *, is_silent: bool) -> list[tuple[str, str]]:
    """Return what may be done with a run, and what the button says."""
    if progress.is_finished:
        return [("retry", _("Try again what failed"))] if progress.failed and progress.run.state == "done" else []
    resume = [("resume", _("Hand out again what is left"))] if is_silent else []
    return [*resume, ("cancel", _("Cancel the run"))]


def _act(request: HttpRequest, pk: int, action: str) -> None:
    now = timezone.now()
    if action == "cancel":
        cancel_run(pk, at=now)
        return
    again: dict[str, Callable[..., None]] = {"resume": resume_run, "retry": retry_failed}
    if action in again:
        again[action](pk, at=now)
        _send(request, pk)


def _send(request: HttpRequest, pk: int) -> None:
    try:
        send_chunks(pk)
    except OperationalError:
        log.exception("queue_unreachable", run=pk)
        messages.error(request, _("The job queue cannot be reached. When it is back, hand out again what is left."))


def _may_start(request: HttpRequest) -> None:
    if not request.user.has_perm(START):
        raise PermissionDenied


def _frame(title: str, *, below: bool = False) -> dict[str, Any]:
    """Return what the admin's frame shows."""
    runs = {"url": reverse("programs_runs"), "label": _("Building programs")}
    here = {"url": "", "label": title}
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    return {
        "header_title": title,
        "breadcrumbs_items": [home, runs, here] if below else [home, here],
        "header_icon": "tasks",
    }
