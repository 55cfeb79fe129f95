"""Who may read releases, and who may move the pointer."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

VIEW = "releases.view_release"
PUBLISH = "releases.publish_release"


def may_publish(user: Any) -> bool:
    """Return whether a user may publish releases and roll back."""
    return bool(user.has_perm(PUBLISH))


def may_read(user: Any) -> bool:
    """Return whether a user may read releases. Whoever publishes may."""
    return may_publish(user) or bool(user.has_perm(VIEW))


class Gate:
    """Mixin of views: turns away whoever ``test`` does not let in."""

    test: Callable[[Any], bool] = staticmethod(may_read)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.test(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a mixin of views
        return response
