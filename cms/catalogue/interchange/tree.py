"""Where pages stand: index, owners, subjects, courses; and how many are added to the tree at once."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Max
from django.db.models.functions import Left
from wagtail.models import Locale, Page, Site

from cms.taxonomy.api import bulk


def attach(pairs: Sequence[tuple[Page, Any]]) -> None:
    """Give new pages their places as the last children of their parents, and count them there.

    The pages are not written. The parents' rows are locked, as ``add_child`` locks them, until the transaction ends.
    """
    parents = {parent.pk: parent for parent, _child in pairs}
    locked = list(Page.objects.select_for_update().filter(pk__in=parents).order_by("path"))
    steps = _last_steps(locked)
    taken = _slugs(locked)
    fresh = {page.pk: page for page in locked}
    for given, child in pairs:
        parent = fresh[given.pk]
        steps[parent.path] = step = steps.get(parent.path, 0) + 1
        child.depth = parent.depth + 1
        child.path = Page._get_path(parent.path, child.depth, step)
        child.numchild = 0
        child.locale_id = parent.locale_id
        child.slug = _free(child.slug, taken.setdefault(parent.path, set()))
        child.draft_title = child.title
        child.set_url_path(parent)
        parent.numchild += 1
    bulk.update(locked, ["numchild"])
    for page in locked:
        parents[page.pk].numchild = page.numchild


def get_root() -> Page:
    """Return the root of the page tree, made where there is none."""
    return Page.get_first_root_node() or Page.add_root(
        title="Root", slug="root", locale=Locale.get_default() if Locale.objects.exists() else None
    )


def open_site(index: Page) -> None:
    """Make the catalogue's index the start of the default site, unless that starts at a page somebody made."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page__content_type").first()
    if site is None:
        Site.objects.create(hostname="localhost", root_page=index, is_default_site=True)
    elif site.root_page.specific_class is Page and site.root_page_id != index.pk:
        site.root_page = index
        site.save()


def _last_steps(parents: Sequence[Page]) -> dict[str, int]:
    """Return the last child's step below each parent that has children, by the parent's path."""
    steps: dict[str, int] = {}
    for depth in {page.depth for page in parents}:
        paths = [page.path for page in parents if page.depth == depth]
        rows = (
            Page.objects.filter(depth=depth + 1)
            .annotate(parent_path=Left("path", depth * Page.steplen))
            .filter(parent_path__in=paths)
            .order_by()
            .values_list("parent_path")
            .annotate(last=Max("path"))
        )
        steps.update({path: Page._str2int(last[-Page.steplen :]) for path, last in rows})
    return steps


def _slugs(parents: Sequence[Page]) -> dict[str, set[str]]:
    slugs: dict[str, set[str]] = {}
    for depth in {page.depth for page in parents}:
        paths = [page.path for page in parents if page.depth == depth]
        rows = Page.objects.filter(depth=depth + 1).annotate(parent_path=Left("path", depth * Page.steplen))
        for path, slug in rows.filter(parent_path__in=paths).values_list("parent_path", "slug"):
            slugs.setdefault(path, set()).add(slug)
    return slugs


def _free(slug: str, taken: set[str]) -> str:
    """Return the slug, or the first of slug-2, slug-3, … that no sibling has; and take it."""
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    taken.add(free)
    return free
