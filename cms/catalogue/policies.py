"""Who may do what with a variant."""

from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from cms.catalogue.scopes import AUTHOR, is_limited, may_write, own_variants

SCOPED_ACTIONS = frozenset({"add", "change"})


class VariantPolicy(ModelPermissionPolicy):
    """Django's permissions, and within their scope those of authors who hold ``author_variant`` alone."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return super().user_has_permission(user, action) or (action in SCOPED_ACTIONS and user.has_perm(AUTHOR))

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
