"""The admin's page of model versions: what each was measured at, and which is served."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from recommender.engine.storing import ModelUnreadable
from recommender.training.actions import promote, retire, roll_back
from recommender.training.selectors import count_versions, find_current_version, list_versions
from recommender.training.values import NoSuchVersion, VersionInfo
from recommender.training.wording import MODELS, REASONS, SPLITS, sentence

SHOWN = 50
VIEW, PROMOTE = "training.view_modelversion", "training.promote_modelversion"
COMPARED = ("popularity", "hybrid", "neighbours", "content", "blend")


@require_GET
@permission_required(VIEW, raise_exception=True)
def index(request: HttpRequest) -> HttpResponse:
    """List the newest versions with their metrics against popularity."""
    versions = list_versions(limit=SHOWN)
    context = {
        "header_title": _("Model versions"),
        "breadcrumbs_items": [{"url": reverse("wagtailadmin_home"), "label": _("Home")},
                              {"url": "", "label": _("Model versions")}],
        "header_icon": "order",
        "versions": [{"version": version, "reason": REASONS[version.reason], "splits": _splits(version)}
                     for version in versions],
        "current": find_current_version(),
        "count": count_versions(),
        "may_promote": request.user.has_perm(PROMOTE),
    }  # fmt: skip
    return TemplateResponse(request, "training/versions.html", context)


def _splits(version: VersionInfo) -> list[dict[str, Any]]:
    """Return what the tables of a version show."""
    return [
        {
            "title": SPLITS[name],
            "choices": split["choices"],
            "without_history": split["without_history"],
            "rows": [_row(model, split["models"][model]) for model in COMPARED],
        }
        for name, split in version.report.get("splits", {}).items()
    ]


def _row(model: str, metrics: dict[str, Any]) -> dict[str, Any]:
    return {"title": MODELS[model], "metrics": [metrics["hr@10"], metrics["ndcg@10"], metrics["gain"]]}


@require_POST
@permission_required(PROMOTE, raise_exception=True)
def choose(request: HttpRequest) -> HttpResponse:
    """Serve the version that was chosen (``version``), the one before (``previous``), or none (``none``)."""
    how = {"actor": request.user.get_username(), "at": timezone.now(), "note": request.POST.get("note", "")}
    try:
        served = _serve(request.POST.get("version", ""), how)
    except (NoSuchVersion, ModelUnreadable) as error:
        messages.error(request, sentence(error))
    else:
        text = _("Model %(model)s is served now.") % {"model": served.short} if served else _("No model is served now.")
        messages.success(request, text)
    return redirect("training_versions")


def _serve(choice: str, how: dict[str, Any]) -> VersionInfo | None:
    if choice == "none":
        retire(**how)
        return None
    return roll_back(**how) if choice == "previous" else promote(choice, **how)
