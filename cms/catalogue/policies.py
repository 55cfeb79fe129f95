"""Who may do what with the content of the catalogue: what views, listings, choosers and bulk actions ask.

Courses are pages: Wagtail knows rights to write them, at places of the tree; the right to read them all is a permission
of its own. Variants are also written by those who hold a right within a scope alone (:mod:`cms.catalogue.scopes`).
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import PagePermissionTester
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from cms.catalogue.scopes import (
    TRANSLATE,
    get_scope,
    is_limited,
    may_read_courses,
    may_write,
    may_write_scoped,
    own_variants,
)

SCOPED_ACTIONS = frozenset({"add", "change"})


def may_translate(user: Any, language: str, change: str) -> bool:
    """Whether a user may write short texts in a language of what the permission ``change`` is for.

    A translator writes in the languages of their scope; whoever may change the thing writes in any.
    """
    return bool(user.has_perm(change) or (user.has_perm(TRANSLATE) and language in get_scope(user).languages))


class QuickPagePolicy(PagePermissionPolicy):
    """Wagtail's rule for pages, asked once for each place of the tree and not once for each right at each place.

    Somebody with six rights at 34 places would have every listing compare each page with 204 addresses. The way down
    to a place is shown too, as Wagtail does, beginning where the ways part.
    """

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        everything = self._base_queryset_for_user(user)
        if everything is not None:
            return everything  # type: ignore[no-any-return] # Wagtail ships no types
        actions = set(actions)
        wanted = self._get_permission_codenames(actions)
        adding = self._get_permission_codename("add")
        rights = [(row.page.path, row.permission.codename) for row in self.get_cached_permissions_for_user(user)]
        found = _below(path for path, codename in rights if codename in wanted)
        if "change" in actions and "add" not in actions:  # whoever may add may change what is their own
            found |= _below(path for path, codename in rights if codename == adding) & Q(owner=user)
        rows: QuerySet[Any] = self.model._default_manager.filter(found)
        return rows

    def rights_at(self, user: Any, page: Any) -> set[str]:
        """Return the rights (``change``, ``publish`` …) that a user has at the place of a page."""
        rights: dict[str, set[str]] | None = getattr(user, "_rights_by_place", None)
        if rights is None:
            rights = user._rights_by_place = defaultdict(set)
            for row in self.get_cached_permissions_for_user(user):
                rights[row.page.path].add(row.permission.codename.rsplit("_", maxsplit=1)[0])
        return set().union(*(rights[path] for path in _way_to(page.path, page.steplen) if path in rights))

    def explorable_instances(self, user: Any) -> QuerySet[Any]:
        everything = self._base_queryset_for_user(user)
        if everything is not None:
            return everything  # type: ignore[no-any-return] # Wagtail ships no types
        paths = {row.page.path for row in self.get_cached_permissions_for_user(user)}
        ways = [set(_way_to(path, self.model.steplen)) for path in paths]
        shared = set.intersection(*ways) if ways else set()
        above = {place for way in ways for place in way if place not in shared} | {max(shared, default="")}
        rows: QuerySet[Any] = self.model._default_manager.filter(_below(paths) | Q(path__in=above))
        return rows


class CoursePolicy(QuickPagePolicy):
    """Rights to write by place, and the right to read all courses."""

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        reads = "view" in actions and may_read_courses(user)
        return bool(reads or super().user_has_any_permission(user, actions))

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Any]:
        if "view" in actions and may_read_courses(user):
            rows: QuerySet[Any] = self.model._default_manager.all()
            return rows
        return super().instances_user_has_any_permission_for(user, actions)

    def explorable_instances(self, user: Any) -> QuerySet[Any]:
        reads = may_read_courses(user)
        rows: QuerySet[Any] = self.model._default_manager.all() if reads else super().explorable_instances(user)
        return rows


class CourseTester(PagePermissionTester):
    """What somebody may do with one course, asked nine times for each row of a listing.

    Wagtail's compares the course with every right of the user each time, and looks for live pages below it twice.
    """

    def __init__(self, user: Any, page: Any) -> None:  # instead of Wagtail's own, which is what takes the time
        self.user, self.page = user, page
        self.permission_policy = policy_registry.get(page)
        self.page_is_root = False
        if user.is_active and not user.is_superuser:
            self.permissions = self.permission_policy.rights_at(user, page)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        rights = getattr(self, "permissions", None)
        if rights is None or not self.page.is_leaf():
            return bool(super().can_delete(ignore_bulk))
        own = "add" in rights and self.page.owner_id == self.user.pk
        return ("change" in rights or own) and ("publish" in rights or not self.page.live)


class VariantPolicy(ModelPermissionPolicy):
    """Django's permissions, and within their scope those of authors and translators."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return super().user_has_permission(user, action) or (action in SCOPED_ACTIONS and may_write_scoped(user))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if is_limited(user) and action in SCOPED_ACTIONS:
            return may_write(user, instance)
        return self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().instances_user_has_any_permission_for(user, actions)
        if is_limited(user) and SCOPED_ACTIONS & set(actions):
            rows = self.model._default_manager.filter(own_variants(user))
        return rows


def _way_to(path: str, step: int) -> list[str]:
    """Return the places from the root down to this one."""
    return [path[:end] for end in range(step, len(path) + 1, step)]


def _below(paths: Iterable[str]) -> Q:
    """Return the condition of being at or below one of the places, those below another left out."""
    found, last = Q(pk__in=[]), None
    for path in sorted(set(paths)):
        if last is None or not path.startswith(last):
            found |= Q(path__startswith=path)
            last = path
    return found
