"""The sentences of this app, in the language of the moment."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recommender.engine.storing import ModelUnreadable
from recommender.training.values import NoSuchVersion, NothingToLearn, VersionInfo

STAGES: Mapping[str, Promise] = {
    "read": _("Reading the release, the learners and the events …"),
    "fit_by_time": _("Fitting without the newest events …"),
    "fit_leave_last_out": _("Fitting without each learner's last course …"),
    "judge_by_time": _("Evaluating on the newest events …"),
    "judge_leave_last_out": _("Evaluating on each learner's last course …"),
    "fit_all": _("Fitting on everything …"),
    "keep": _("Writing the arrays …"),
}
REASONS: Mapping[str, Promise] = {
    "better": _("The blend ranks better than popularity, beyond chance."),
    "not_better": _("The blend does not rank better than popularity beyond chance, so popularity is served."),
    "worse_elsewhere": _("The blend is worse than popularity on learners' last courses, so popularity is served."),
    "too_few_choices": _("There are too few events to tell a better model from popularity, so popularity is served."),
}
SPLITS: Mapping[str, Promise] = {
    "by_time": _("Newest events held back"),
    "leave_last_out": _("Each learner's last course held back"),
}
MODELS: Mapping[str, Promise] = {
    "popularity": _("Popularity"),
    "hybrid": _("LightFM hybrid"),
    "neighbours": _("Neighbours"),
    "content": _("Content"),
    "blend": _("Blend"),
}


def sentence(error: NothingToLearn | NoSuchVersion | ModelUnreadable) -> str:
    """Return what went wrong, and what to do."""
    if isinstance(error, NothingToLearn):
        text = _(
            "There is nothing to learn from yet: no stored event names a course of this release. Import events "
            "(import_events), or go on without a model: programs are built all the same."
        )
        return str(text)
    if isinstance(error, NoSuchVersion):
        text = _("There is no model version “%(name)s”, or several begin so. List them with promote_model --list.")
        return str(text) % {"name": error.name}
    text = _(
        "The files of the model are not as they were written (%(reason)s: %(path)s). Run train again, or promote "
        "another version with promote_model."
    )
    return str(text) % {"reason": error.reason, "path": error.path}


def table(version: VersionInfo) -> list[str]:
    """Return the evaluation of a version as lines of plain text."""
    lines = []
    for name, split in version.report.get("splits", {}).items():
        lines.append(str(_("%(split)s (%(count)d choices):")) % {"split": SPLITS[name], "count": split["choices"]})
        for model, metrics in split["models"].items():
            hit, gain, more = (metrics[key] for key in ("hr@10", "ndcg@10", "gain"))
            lines.append(
                f"  {MODELS[model]!s:<16} HR@10 {hit['mean']:.4f}  NDCG@10 {gain['mean']:.4f} "
                f"[{gain['low']:.4f}, {gain['high']:.4f}]  Δ {more['mean']:+.4f} "
                f"[{more['low']:+.4f}, {more['high']:+.4f}]"
            )
    return [*lines, str(REASONS[version.reason])]
