"""Words for codes, in templates."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from cms.editorial import problems
from cms.editorial.models import PublishRun
from cms.editorial.progress import STAGES

register = template.Library()


@register.filter
def sentence(row: dict[str, Any]) -> str:
    """Return the sentence of a problem."""
    return problems.sentence(row)


@register.filter
def stage(name: str) -> str:
    """Return what a stage of a run is called."""
    return str(STAGES.get(name, name))


@register.filter
def failure(run: PublishRun) -> str:
    """Return what went wrong with a run, and what to do."""
    match run.error:
        case "content_changed":
            return _("What is live has changed since you looked. Nothing was published. Look again, then publish.")
        case "parent_moved":
            return _("Somebody else published in the meantime. Nothing was published. Look again, then publish.")
        case "queue_unreachable":
            return _("The job queue cannot be reached, so nothing was started. Tell the operators, then start again.")
    return _(
        "Something went wrong that is not your doing (%(error)s). Nothing was published. Start again; if it happens "
        "again, tell the operators the number of this run: %(run)s."
    ) % {"error": run.error, "run": run.pk}
