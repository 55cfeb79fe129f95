"""For which variants somebody with a scope may write: those for nobody outside their regions, audiences or languages.

Everything that enforces the rule (listings, forms, pickers, every view of a variant) asks here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from cms.catalogue.models import AuthorScope, Variant
from cms.taxonomy.api import list_descendant_codes

AUTHOR = "catalogue.author_variant"
TRANSLATE = "catalogue.translate_variant"
CHANGE = "catalogue.change_variant"
READ_COURSES = "catalogue.view_coursepage"


@dataclass(frozen=True, slots=True)
class Scope:
    """The regions and audiences of an author, everything below them included, and the languages of a translator."""

    regions: frozenset[str] = frozenset()
    audiences: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()

    def allows(self, regions: Iterable[str], audiences: Iterable[str], languages: Iterable[str] = ()) -> bool:
        """Whether a variant for these is within: all its regions are, or all its audiences, or all its languages.

        A variant without regions is for every region, so an empty list is never within.
        """
        asked = ((regions, self.regions), (audiences, self.audiences), (languages, self.languages))
        return any(_within(codes, own) for codes, own in asked)

    def holds(self, variant: Variant) -> bool:
        """Whether this variant, as it is given, is within."""
        return self.allows(variant.regions, variant.audiences, variant.languages)


def may_read_courses(user: Any) -> bool:
    """Whether a user may look at every course, without any right to write one."""
    return bool(user.has_perm(READ_COURSES))


def may_write_scoped(user: Any) -> bool:
    """Whether this user has the right to write within a scope, as a provincial author or a translator."""
    return bool(user.has_perm(AUTHOR) or user.has_perm(TRANSLATE))


def is_limited(user: Any) -> bool:
    """Whether this user writes variants only within a scope."""
    return may_write_scoped(user) and not user.has_perm(CHANGE)


def get_scope(user: Any) -> Scope:
    """Return the user's scope; one who was given none has an empty one. Kept on the user for the request.

    Regions and audiences count for authors, languages for translators: a row alone gives nobody a right.
    """
    scope: Scope | None = getattr(user, "_author_scope_found", None)
    if scope is None:
        row = AuthorScope.objects.filter(user=user).first()
        writes = row if row and user.has_perm(AUTHOR) else None
        scope = Scope(
            regions=frozenset(list_descendant_codes("region", writes.regions) if writes else ()),
            audiences=frozenset(list_descendant_codes("audience", writes.audiences) if writes else ()),
            languages=frozenset(row.languages if row and user.has_perm(TRANSLATE) else ()),
        )
        user._author_scope_found = scope
    return scope


def find_review_scope(user: Any) -> Scope | None:
    """Return within what a reviewer decides; None where nobody bound them. Kept on the user for the request."""
    if not hasattr(user, "_review_scope_found"):
        row = AuthorScope.objects.filter(user=user).first()
        user._review_scope_found = row and Scope(
            regions=frozenset(list_descendant_codes("region", row.regions)),
            audiences=frozenset(list_descendant_codes("audience", row.audiences)),
            languages=frozenset(row.languages),
        )
    found: Scope | None = user._review_scope_found
    return found


def is_within_review_scope(user: Any, thing: Any) -> bool:
    """Whether a reviewer decides about a thing: anything where nobody bound them, else variants within their scope."""
    scope = find_review_scope(user)
    return scope is None or (isinstance(thing, Variant) and scope.holds(thing.get_latest_revision_as_object()))


def list_variants_in_review_scope(user: Any) -> QuerySet[Variant] | None:
    """Return the variants about which a bound reviewer decides; None where nobody bound them."""
    scope = find_review_scope(user)
    return None if scope is None else Variant.objects.filter(_held_by(scope))


def may_write(user: Any, variant: Variant) -> bool:
    """Whether a limited author may touch this variant: both what is live and the newest draft must be theirs."""
    scope = get_scope(user)
    if not scope.holds(variant):
        return False
    live = Variant.objects.filter(pk=variant.pk).select_related("latest_revision").first()
    return live is None or (scope.holds(live) and scope.holds(live.get_latest_revision_as_object()))


def own_variants(user: Any) -> Q:
    """Return the condition that keeps the variants of a limited author."""
    return _held_by(get_scope(user))


def _held_by(scope: Scope) -> Q:
    by_region = ~Q(regions=[]) & Q(regions__names_only=scope.regions)
    by_audience = ~Q(audiences=[]) & Q(audiences__names_only=scope.audiences)
    by_language = ~Q(languages=[]) & Q(languages__names_only=scope.languages)
    return by_region | by_audience | by_language


def own_regions(rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Keep the regions that a user may write for."""
    return rows.filter(code__in=get_scope(user).regions) if _writes_as_author_alone(user) else rows


def own_audiences(rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Keep the audiences that a user may write for."""
    return rows.filter(code__in=get_scope(user).audiences) if _writes_as_author_alone(user) else rows


def own_languages(rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Keep the languages that a translator may write in."""
    alone = is_limited(user) and not user.has_perm(AUTHOR)
    return rows.filter(code__in=get_scope(user).languages) if alone else rows


def _writes_as_author_alone(user: Any) -> bool:
    return is_limited(user) and not user.has_perm(TRANSLATE)


def _within(codes: Iterable[str], own: frozenset[str]) -> bool:
    codes = set(codes)
    return bool(codes) and codes <= own
