"""Sentences about runs that build programs."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recommender.programs.models import BuildRun
from recommender.programs.run_selectors import Failed, Progress

ERRORS = {
    "worker_lost": gettext_lazy("Workers were lost over it several times: look for one that runs out of memory."),
    "unknown_code": gettext_lazy("A goal names something that the release does not have."),
    "ValidationError": gettext_lazy("What is stored of the learner is damaged: send the learner's document again."),
}
"""What went wrong, by code."""

STATES = {
    BuildRun.State.RUNNING: gettext_lazy("Programs are being built."),
    BuildRun.State.DONE: gettext_lazy("Everybody's program is up to date."),
    BuildRun.State.CANCELLED: gettext_lazy("The run was cancelled. What was built until then is kept."),
    BuildRun.State.OUTDATED: gettext_lazy(
        "Another release or model became current, or another run took over. What was built until then is kept: start a "
        "new run for the rest."
    ),
}


def error_sentence(code: str) -> str:
    """Return what a code of a failure means."""
    unknown = _("An error that nobody expected (%(code)s): the workers' log has the details.") % {"code": code}
    return str(ERRORS.get(code, unknown))


def state_sentence(progress: Progress) -> str:
    """Return how it is with a run."""
    return str(STATES[BuildRun.State(progress.run.state)])


def who_failed(failed: Failed) -> str:
    """Return of whom a failure speaks."""
    return failed.learner or _("Learners %(first)s to %(last)s") % {"first": failed.first, "last": failed.last}


def failure_line(failed: Failed) -> str:
    """Return a failure as one line: who, which code, what it means."""
    return f"{who_failed(failed)}: {failed.code}: {error_sentence(failed.code)} {failed.detail}".rstrip()
