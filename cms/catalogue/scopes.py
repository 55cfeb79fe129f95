"""For which variants a provincial author may write: those for nobody outside their own regions, or audiences.

Everything that enforces the rule (listings, forms, every view of a variant) asks here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from cms.catalogue.models import AuthorScope, Variant
from cms.taxonomy.api import list_descendant_codes

AUTHOR = "catalogue.author_variant"
CHANGE = "catalogue.change_variant"


@dataclass(frozen=True, slots=True)
class Scope:
    """The regions and audiences of an author, everything below them included."""

    regions: frozenset[str]
    audiences: frozenset[str]

    def allows(self, regions: Iterable[str], audiences: Iterable[str]) -> bool:
        """Whether a variant for these is the author's own: all its regions are theirs, or all its audiences.

        A variant without regions is for every region, so an empty list is never within.
        """
        return _within(regions, self.regions) or _within(audiences, self.audiences)


def is_limited(user: Any) -> bool:
    """Whether this user writes variants only within a scope."""
    return bool(user.has_perm(AUTHOR)) and not user.has_perm(CHANGE)


def get_scope(user: Any) -> Scope:
    """Return the author's scope; one who was given none has an empty one. Kept on the user for the request."""
    scope: Scope | None = getattr(user, "_author_scope_found", None)
    if scope is None:
        row = AuthorScope.objects.filter(user=user).first()
        scope = Scope(
            regions=frozenset(list_descendant_codes("region", row.regions) if row else ()),
            audiences=frozenset(list_descendant_codes("audience", row.audiences) if row else ()),
        )
        user._author_scope_found = scope
    return scope


def may_write(user: Any, variant: Variant) -> bool:
    """Whether a limited author may touch this variant: both what is live and the newest draft must be theirs."""
    scope = get_scope(user)
    if not scope.allows(variant.regions, variant.audiences):
        return False
    live = Variant.objects.filter(pk=variant.pk).select_related("latest_revision").first()
    if live is None:
        return True
    draft = live.get_latest_revision_as_object()
    return scope.allows(live.regions, live.audiences) and scope.allows(draft.regions, draft.audiences)


def own_variants(user: Any) -> Q:
    """Return the condition that keeps the variants of a limited author."""
    scope = get_scope(user)
    by_region = ~Q(regions=[]) & Q(regions__names_only=scope.regions)
    by_audience = ~Q(audiences=[]) & Q(audiences__names_only=scope.audiences)
    return by_region | by_audience


def own_regions(rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Keep the regions that a user may write for."""
    return rows.filter(code__in=get_scope(user).regions) if is_limited(user) else rows


def own_audiences(rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Keep the audiences that a user may write for."""
    return rows.filter(code__in=get_scope(user).audiences) if is_limited(user) else rows


def _within(codes: Iterable[str], own: frozenset[str]) -> bool:
    codes = set(codes)
    return bool(codes) and codes <= own
