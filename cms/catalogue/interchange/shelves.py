"""Which page a new course goes below: its owner's, and there the subject's, opened where they are missing.

The subject is the competence that the course teaches first, else what its code says before a slash, else a general one.
A subject that is full is continued on another page, so that no page has more than a few hundred children. A course that
exists stays where it is.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.catalogue.interchange.publication import Change, Occasion, publish
from cms.catalogue.interchange.tree import attach, get_root, open_site
from cms.catalogue.models import CatalogueIndexPage, OwnerPage, SubjectPage
from cms.catalogue.slugs import slug_for
from curriculum_graph.snapshot import Course, Snapshot, text_in

FULL = 250
Shelf = tuple[str, str]
"""An owner's code and a subject's code."""


def shelf_of(course: Course) -> Shelf:
    """Return the owner and the subject under which a new course is filed; empty where there is none."""
    prefix, slash, _rest = course.code.partition("/")
    subject = course.teaches[0].competence if course.teaches else prefix if slash else ""
    return course.owner or "", subject


class Shelves:
    """The pages below which courses are filed."""

    def __init__(self, document: Snapshot, occasion: Occasion) -> None:
        self._occasion = occasion
        self._titles = {c.code: text_in(c.title) for f in document.frameworks for c in f.competences}

    def place(self, courses: Sequence[Course]) -> list[Page]:
        """Return the page below which each of these new courses goes, in their order; there is room for all of them."""
        shelves = [shelf_of(course) for course in courses]
        owners = self._open_owners(list(dict.fromkeys(owner for owner, _subject in shelves)))
        demand: dict[Shelf, int] = {}
        for shelf in shelves:
            demand[shelf] = demand.get(shelf, 0) + 1
        room = self._open_subjects(demand, owners)
        return [_take(room[shelf]) for shelf in shelves]

    def _open_owners(self, codes: Sequence[str]) -> dict[str, Page]:
        index = self._open_index()
        owners = {page.code: page for page in OwnerPage.objects.child_of(index).filter(code__in=codes)}
        new = [
            OwnerPage(title=code[:255] or _("No owner"), slug=slug_for(code) if code else "no-owner", code=code)
            for code in codes
            if code not in owners
        ]
        self._open([(index, page) for page in new])
        return owners | {page.code: page for page in new}

    def _open_subjects(self, demand: dict[Shelf, int], owners: dict[str, Page]) -> dict[Shelf, list[list[Any]]]:
        """Return for each shelf its pages, each with how many courses it still takes."""
        paths = {owner.path: code for code, owner in owners.items()}
        room: dict[Shelf, list[list[Any]]] = {}
        pages = SubjectPage.objects.filter(code__in={subject for _owner, subject in demand}).order_by("path")
        count: dict[Shelf, int] = {}
        for page in pages:
            owner = paths.get(page.path[: -Page.steplen])
            if owner is None:
                continue
            shelf = (owner, page.code)
            count[shelf] = count.get(shelf, 0) + 1
            room.setdefault(shelf, []).append([page, max(FULL - page.numchild, 0)])
        new = []
        for shelf, wanted in demand.items():
            places = room.setdefault(shelf, [])
            while sum(free for _page, free in places) < wanted:
                count[shelf] = count.get(shelf, 0) + 1
                page = self._subject(shelf[1], count[shelf])
                new.append((owners[shelf[0]], page))
                places.append([page, FULL])
        self._open(new)
        return room

    def _subject(self, code: str, number: int) -> SubjectPage:
        title = self._titles.get(code) or code or _("General")
        slug = slug_for(code) if code else "general"
        if number > 1:
            title, slug = f"{title[:240]} ({number})", f"{slug}-{number}"
        return SubjectPage(title=title[:255], slug=slug, code=code)

    def _open_index(self) -> CatalogueIndexPage:
        index: CatalogueIndexPage | None = CatalogueIndexPage.objects.order_by("path").first()
        if index is None:
            index = CatalogueIndexPage(title=_("Catalogue"), slug="catalogue")
            self._open([(get_root(), index)])
        open_site(index)
        return index

    def _open(self, pairs: Sequence[tuple[Page, Any]]) -> None:
        if pairs:
            attach(pairs)
            publish([Change(page) for _parent, page in pairs], (), self._occasion)


def _take(places: list[list[Any]]) -> Page:
    """Return the first page with room, and take a place on it."""
    for place in places:
        if place[1]:
            place[1] -= 1
            page: Page = place[0]
            return page
    raise AssertionError("place() opened too few pages")
