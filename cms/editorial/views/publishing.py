"""Pages that lead to a publication or back from one: look, publish, watch, roll back."""

from typing import Any

import structlog
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from kombu.exceptions import OperationalError
from wagtail.admin import messages

from cms.editorial import actions, selectors
from cms.editorial.changes import changes_document
from cms.editorial.forms import NoteForm
from cms.editorial.models import PublishRun
from cms.editorial.permissions import may_publish
from cms.editorial.tasks import perform_run
from cms.editorial.views.releases import ReleasePage
from cms.editorial.wording import sections
from curriculum_graph.releases.api import NotFound, ReleaseInfo, differing_releases, set_current

log = structlog.get_logger(__name__)


class PublishView(ReleasePage):
    """Where a publication starts: look at what would change."""

    test = staticmethod(may_publish)
    template_name = "editorial/publish.html"
    page_title = pgettext_lazy("release", "Publish")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            active=selectors.find_active_run(timezone.now()),
            runs=selectors.list_recent_runs(),
            in_request=settings.CELERY_TASK_ALWAYS_EAGER,
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Start the look at what is live."""
        return _carry_out(actions.start_check(actor=request.user.get_username(), at=timezone.now()))


class RunView(ReleasePage):
    """One run: its progress while it goes on, then what it found, and the button that publishes it."""

    test = staticmethod(may_publish)
    template_name = "editorial/run.html"

    def get_page_title(self) -> str:
        return gettext("Check before publishing") if self.run.kind == PublishRun.Kind.CHECK else gettext("Publication")

    @cached_property
    def run(self) -> PublishRun:
        """The run that this page is about."""
        try:
            return selectors.get_run(self.kwargs["pk"])
        except NotFound as error:
            raise Http404 from error

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "part" in request.GET:  # asked for again and again by the page while the run goes on
            return render(request, "editorial/run_progress.html", self.progress())
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Publish what this check showed."""
        form = NoteForm(request.POST)
        if self.run.kind != PublishRun.Kind.CHECK or self.run.state != PublishRun.State.DONE:
            raise Http404
        if not form.is_valid():
            return self.show(form=form)
        return _carry_out(
            actions.start_publication(
                seen=self.run, note=form.cleaned_data["note"], actor=request.user.get_username(), at=timezone.now()
            )
        )

    def progress(self) -> dict[str, Any]:
        """Return what the part that is renewed shows."""
        return {"run": self.run, "interrupted": selectors.is_interrupted(self.run, timezone.now())}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", NoteForm())
        current = self.current.id if self.current else ""
        return super().get_context_data(
            **self.progress(),
            outdated=self.run.kind == PublishRun.Kind.CHECK and self.run.parent != current,
            unchanged=self.run.content == current,
            sections=sections(self.run.changes or {}),
            **kwargs,
        )


class RollBackView(ReleasePage):
    """Make an earlier (or later) release current: shows what that changes beside the button."""

    test = staticmethod(may_publish)
    template_name = "editorial/roll_back.html"

    def get_page_title(self) -> str:
        return gettext("Make release %(id)s current") % {"id": self.target.short}

    @cached_property
    def target(self) -> ReleaseInfo:
        """The release that is to be current."""
        return self.release(self.kwargs["release_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", NoteForm())
        changes = changes_document(*differing_releases(self.current.id, self.target.id)) if self.current else {}
        return super().get_context_data(target=self.target, sections=sections(changes), **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Move the pointer, and offer the way back."""
        form = NoteForm(request.POST)
        if not form.is_valid():
            return self.show(form=form)
        before = self.current
        set_current(
            self.target.id, actor=request.user.get_username(), note=form.cleaned_data["note"], at=timezone.now()
        )
        undo = [messages.button(reverse("editorial_roll_back", args=[before.id]), gettext("Undo"))] if before else []
        messages.success(request, gettext("Release %(id)s is current.") % {"id": self.target.short}, buttons=undo)
        return redirect("editorial_releases")


def _carry_out(run: PublishRun) -> HttpResponse:
    """Hand a run to a worker (without a broker: carry it out here and now) and show it."""
    try:
        perform_run.delay(run.pk)
    except OperationalError:
        log.exception("queue_unreachable", run=run.pk)
        actions.give_up(run, "queue_unreachable")
    return redirect("editorial_run", pk=run.pk)
