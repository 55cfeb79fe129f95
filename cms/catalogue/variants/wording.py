"""Why a variant is met and another is not, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.catalogue.models import Variant
from cms.catalogue.variants.meeting import World
from cms.taxonomy.api import FEATURE_LABELS
from recommender.engine.api import RankedVariant

ORDER = (
    gettext_lazy(
        "The deepest region of the learner that it names: a commune before its province, that before its region."
    ),
    gettext_lazy("Then the deepest audience that it names."),
    gettext_lazy("Then the deepest industry that it names."),
    gettext_lazy("Then the language that the learner reads best; one that names no language comes last."),
    gettext_lazy("Then the code, in the order of its characters."),
    gettext_lazy("Where no variant is open to the learner, the module's own body: the base."),
)
"""The written order, as the contract of the catalogue has it and the planner keeps it."""
LOST_BY = {
    "region": gettext_lazy("another names a region nearer to the learner"),
    "audience": gettext_lazy("another names an audience nearer to the learner"),
    "industry": gettext_lazy("another names an industry nearer to the learner"),
    "language": gettext_lazy("another is in a language that the learner reads better"),
    "code": gettext_lazy("another is as near, and its code comes first"),
}
CLOSED_BY = {
    "region": gettext_lazy("for another region: %(value)s"),
    "audience": gettext_lazy("for another audience: %(value)s"),
    "industry": gettext_lazy("for another industry: %(value)s"),
    "language": gettext_lazy("in another language: %(value)s"),
    "need": gettext_lazy("does not offer: %(value)s"),
    "megabytes": gettext_lazy("too large: %(value)s MB"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A variant, whether it is met, and the reason."""

    variant: Variant
    is_met: bool
    is_open: bool
    reason: str


def list_verdicts(
    ranked: list[RankedVariant], variants: dict[str, Variant], world: World, languages: dict[str, str]
) -> list[Verdict]:
    """Return what is to be said of each variant, in the order of the ranking."""
    titles: dict[str, dict[str, Any]] = {
        kind: {code: term.title for code, term in terms.items()} for kind, terms in world.terms.items()
    }
    titles |= {"language": languages, "need": FEATURE_LABELS}
    verdicts = []
    for place, one in enumerate(ranked):
        is_open = not one.closed_by
        reasons = list(_closed(one, titles)) if one.closed_by else [_open(one, place)]
        verdicts.append(Verdict(variants[one.code], is_open and place == 0, is_open, "; ".join(reasons)))
    return verdicts


def _open(one: RankedVariant, place: int) -> str:
    if place == 0:
        return _("nearest to the learner of all that are open")
    return str(LOST_BY[one.lost_by or "code"])


def _closed(one: RankedVariant, titles: dict[str, dict[str, Any]]) -> Iterator[str]:
    for code, value in one.closed_by:
        yield CLOSED_BY[code] % {"value": titles.get(code, {}).get(value, value)}
