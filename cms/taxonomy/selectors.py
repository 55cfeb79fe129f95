"""Reads of the taxonomies."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from cms.taxonomy.fields import localised
from cms.taxonomy.kinds import find_kind, resolve
from cms.taxonomy.models import Competence, Crosswalk, Programme, Term
from cms.taxonomy.usage import USES_SHOWN, Use
from curriculum_graph.snapshot import Text

TREES = ("region", "audience", "industry")


@dataclass(frozen=True, slots=True)
class Line:
    """What content for an audience may ask: a school grade and megabytes, each ``None`` where nobody said."""

    grade: int | None = None
    megabytes: float | None = None


def list_audience_lines() -> dict[str, Line]:
    """Return the lines of every audience by code, those of the audiences above where it has none. One query."""
    manager = apps.get_model("taxonomy", "audience")._default_manager
    own = manager.values_list("code", "parent__code", "reading_grade", "max_megabytes")
    rows = {code: (parent, grade, megabytes) for code, parent, grade, megabytes in own}

    def line_of(code: str, depth: int = 0) -> Line:
        parent, grade, megabytes = rows[code]
        above = line_of(parent, depth + 1) if parent in rows and depth < len(rows) else Line()
        return Line(above.grade if grade is None else grade, above.megabytes if megabytes is None else megabytes)

    return {code: line_of(code) for code in rows}


@dataclass(frozen=True, slots=True)
class Lineage:
    """A term of a tree: its code, its parent's, and its title in the language of the moment."""

    code: str
    parent: str | None
    title: str


def list_codes(kind: str) -> set[str]:
    """Return every code of a kind."""
    found = find_kind(kind)
    return set() if found is None else set(found.rows().values_list("code", flat=True))


def list_missing_codes(kind: str, codes: Iterable[str]) -> list[str]:
    """Return those of the codes that nothing of the kind has, in one query."""
    wanted = list(dict.fromkeys(codes))
    found = find_kind(kind)
    if not wanted or found is None:
        return []
    known = set(found.rows().filter(code__in=wanted).values_list("code", flat=True))
    return [code for code in wanted if code not in known]


def get_titles(kind: str, codes: Iterable[str]) -> dict[str, str]:
    """Return the title of each code in the language of the moment; the code itself where nothing has it. One query."""
    wanted = list(codes)
    titles = {code: code for code in wanted}
    if wanted and (found := find_kind(kind)):
        titles |= {thing.code: thing.title for thing in resolve(found, wanted)}
    return titles


def get_texts(kind: str, codes: Iterable[str]) -> dict[str, Text]:
    """Return the titles, in every language, of those codes that something of the kind has. One query."""
    wanted = list(codes)
    found = find_kind(kind)
    if not wanted or found is None:
        return {}
    return dict(found.rows().filter(code__in=wanted).order_by().values_list("code", found.title))


def get_tree(kind: str, codes: Iterable[str]) -> tuple[dict[str, Text], dict[str, str | None]]:
    """Return the titles of codes and of all above them, and the code above each. A query for each tier of the tree.

    Above a competence stands its domain.
    """
    titles: dict[str, Text] = {}
    parents: dict[str, str | None] = {}
    above = {"competence": "domain"}.get(kind, "parent")
    model = apps.get_model("taxonomy", kind)
    wanted = set(codes)
    while wanted:
        rows = model._default_manager.filter(code__in=wanted)
        found = rows.order_by().values_list("code", "title", f"{above}__code", f"{above}__title")
        wanted = set()
        for code, title, parent, parent_title in found:
            titles[code], parents[code] = title, parent
            if parent is not None and parent not in titles:
                titles[parent] = parent_title
                wanted.add(parent)
        if kind == "competence":
            break
    return titles, parents


def list_descendant_codes(kind: str, codes: Iterable[str]) -> set[str]:
    """Return the codes of a tree's terms at or below any of ``codes``, in one query."""
    model = apps.get_model("taxonomy", kind)
    children: dict[str | None, list[str]] = {}
    for code, parent in model._default_manager.values_list("code", "parent__code"):
        children.setdefault(parent, []).append(code)
    known = {code for below in children.values() for code in below}
    found: set[str] = set()
    waiting = [code for code in codes if code in known]
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting.extend(children.get(code, ()))
    return found


def list_lineages(kind: str, codes: Iterable[str]) -> list[Lineage]:
    """Return the terms of a tree that have these codes, and all above them: a query for each level of the tree."""
    manager = apps.get_model("taxonomy", kind)._default_manager
    found: dict[str, Lineage] = {}
    waiting = set(codes)
    while waiting:
        rows = manager.filter(code__in=waiting).values_list("code", "parent__code", "title")
        level = [Lineage(code, parent, localised(title)) for code, parent, title in rows]
        found |= {term.code: term for term in level}
        waiting = {term.parent for term in level if term.parent} - found.keys()
    return list(found.values())


def list_top_terms(kind: str, depth: int, on: date) -> list[Lineage]:
    """Return the terms of a tree down to ``depth`` levels that exist on a day, by code, in one query."""
    rows = apps.get_model("taxonomy", kind)._default_manager.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        **{"__".join(["parent"] * depth) + "__isnull": True},
    )
    named = rows.order_by("code").values_list("code", "parent__code", "title")
    return [Lineage(code, parent, localised(title)) for code, parent, title in named]


def list_term_paths(model: type[Term]) -> dict[int, list[str]]:
    """Return for every term the titles of its ancestors, the root first, in one query."""
    manager: Any = model._default_manager
    rows = {pk: (parent, title) for pk, parent, title in manager.values_list("pk", "parent_id", "title")}
    paths: dict[int, list[str]] = {}
    for pk in rows:
        path: list[str] = []
        parent = rows[pk][0]
        while parent is not None and len(path) < len(rows):  # a loop in the tree must not hang the listing
            path.insert(0, localised(rows[parent][1]))
            parent = rows[parent][0]
        paths[pk] = path
    return paths


def list_choices(kind: str, depth: int | None = None) -> list[tuple[str, str]]:
    """Return code and title of what a filter offers; of a tree only down to ``depth`` levels."""
    found = find_kind(kind)
    if found is None:
        return []
    rows = found.rows()
    if depth is not None:
        rows = rows.filter(**{"__".join(["parent"] * depth) + "__isnull": True})
    titles: Any = rows.order_by("code").values_list("code", found.title)
    return [(code, f"{localised(title)} ({code})") for code, title in titles]


def list_competence_levels() -> dict[str, int]:
    """Return the number of levels of every competence's framework, by the competence's code."""
    return dict(Competence.objects.values_list("code", "framework__levels"))


def list_taxonomy_uses(kind: str, codes: list[str]) -> Iterator[Use]:
    """Yield the places inside the taxonomies that name any of the codes."""
    if kind in TREES:
        model: Any = apps.get_model("taxonomy", kind)
        yield from _uses(model.objects.filter(Q(parent__code__in=codes) | Q(replaced_by__code__in=codes)))
    if kind == "framework":
        yield from _uses(Competence.objects.filter(framework__code__in=codes))
    if kind == "domain":
        yield from _uses(Competence.objects.filter(domain__code__in=codes))
    if kind in {"competence", "domain", "framework"}:
        yield from _uses(Crosswalk.objects.filter(Q(source__in=codes) | Q(target__in=codes)))
    if kind in {"audience", "region"}:
        field = "audiences" if kind == "audience" else "regions"
        yield from _uses(Programme.objects.filter(**{f"{field}__names_any": codes}))
    if kind in {"competence", "course"}:
        wanted = set(codes)
        yield from (
            _use(programme)
            for programme in Programme.objects.all()
            if any(goal.get(kind) in wanted for goal in programme.goals)
        )


def _uses(rows: QuerySet[Any]) -> Iterator[Use]:
    for row in rows[:USES_SHOWN]:
        yield _use(row)


def _use(row: Model) -> Use:
    name = row._meta.model_name
    return Use(
        what=str(row._meta.verbose_name),
        title=str(row),
        url=reverse(f"wagtailsnippets_taxonomy_{name}:edit", args=[row.pk]),
    )
