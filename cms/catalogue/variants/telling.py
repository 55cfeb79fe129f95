"""Telling authors that the base of their variant has changed."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.catalogue.bases import list_authors, list_outdated
from cms.catalogue.models import Variant
from cms.catalogue.signals import base_changed
from cms.notices.api import Kind, notify, register_notice

ONE, MANY = "base_changed", "bases_changed"
KINDS = {
    ONE: Kind(
        _("The base of your variant has changed"),
        _("“%(module)s” was changed. See what changed, and take into “%(variant)s” what you want of it."),
    ),
    MANY: Kind(
        _("The bases of your variants have changed"),
        _("The bases of %(count)s of your variants were changed. They are marked in the list of variants."),
    ),
}
ONE_BY_ONE = 10
"""Of how many variants somebody is told one by one; of more, as an import may change, once for all."""


def connect() -> None:
    """Name the notices, and listen."""
    for name, kind in KINDS.items():
        register_notice(name, kind)
    base_changed.connect(tell_authors, dispatch_uid="catalogue-tell-authors")


def tell_authors(modules: Sequence[int], **_kwargs: Any) -> None:
    """Tell the authors of variants that stand on an earlier base; not whoever changed it."""
    variants = list(list_outdated(modules).select_related("module__live_revision"))
    authors = list_authors(variants)
    own: dict[Any, list[Variant]] = {}
    for variant in variants:
        author, changed = authors.get(variant.pk), variant.module.live_revision
        if author is not None and (changed is None or changed.user_id != author.pk):
            own.setdefault(author, []).append(variant)
    for author, some in own.items():
        if len(some) > ONE_BY_ONE:
            _tell_of_many(author, len(some))
        else:
            _tell_of_each(author, some)


def _tell_of_each(author: Any, variants: Sequence[Variant]) -> None:
    for variant in variants:
        notify(
            [author],
            ONE,
            about=f"base {variant.pk} {variant.module.version[:16]}",
            url=reverse("wagtailsnippets_catalogue_variant:rebase", args=[variant.pk]),
            data={"module": str(variant.module), "variant": str(variant)},
            at=timezone.now(),
        )


def _tell_of_many(author: Any, count: int) -> None:
    url = f"{reverse('wagtailsnippets_catalogue_variant:list')}?to_merge=true"
    notify([author], MANY, about="", url=url, data={"count": count}, at=timezone.now())
