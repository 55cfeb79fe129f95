"""Taxonomies from the database to the values of the catalogue document, and back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from django.db import models

from cms.taxonomy import bulk
from cms.taxonomy.models import (
    Audience,
    Competence,
    Crosswalk,
    Domain,
    Framework,
    Industry,
    Language,
    Programme,
    Region,
    Term,
)
from cms.taxonomy.tally import Report
from curriculum_graph import snapshot
from curriculum_graph.snapshot import Snapshot

TREES: dict[str, Any] = {"regions": Region, "audiences": Audience, "industries": Industry}
KINDS = {"regions": "region", "audiences": "audience", "industries": "industry"}


def read_taxonomies() -> dict[str, tuple[Any, ...]]:
    """Return every taxonomy as the parts of a :class:`Snapshot` that hold it."""
    return {
        "languages": tuple(
            snapshot.Language(code=row.code, title=row.title) for row in Language.objects.order_by("code")
        ),
        "frameworks": _read_frameworks(),
        **{part: _read_terms(model) for part, model in TREES.items()},
        "programmes": tuple(_programme(row) for row in Programme.objects.order_by("code")),
        "crosswalks": tuple(_crosswalk(row) for row in Crosswalk.objects.order_by("source", "target", "relation")),
    }


def write_taxonomies(document: Snapshot, report: Report, *, dry_run: bool) -> None:
    """Make the taxonomies that ``document`` names as it says, and leave all others alone."""
    write_rows("language", Language, [_coded(value) for value in document.languages], report, dry_run)
    _write_frameworks(document.frameworks, report, dry_run)
    for part, model in TREES.items():
        _write_terms(KINDS[part], model, getattr(document, part), report, dry_run)
    write_rows("programme", Programme, [_programme_fields(value) for value in document.programmes], report, dry_run)
    _write_crosswalks(document.crosswalks, report, dry_run)


def prune_taxonomies(document: Snapshot, report: Report, *, dry_run: bool) -> None:
    """Delete what ``document`` does not name, the users of a thing before the thing."""
    kept = {(row.source, row.target, row.relation) for row in document.crosswalks}
    gone = [row.pk for row in Crosswalk.objects.all() if _triple(row) not in kept]
    _delete("crosswalk", Crosswalk.objects.filter(pk__in=gone), report, dry_run)
    competences = {competence.code for framework in document.frameworks for competence in framework.competences}
    domains = {domain.code for framework in document.frameworks for domain in framework.domains}
    for kind, model, codes in [
        ("programme", Programme, {value.code for value in document.programmes}),
        ("competence", Competence, competences),
        ("domain", Domain, domains),
        ("framework", Framework, {value.code for value in document.frameworks}),
        *((KINDS[part], model, {value.code for value in getattr(document, part)}) for part, model in TREES.items()),
        ("language", Language, {value.code for value in document.languages}),
    ]:
        gone = [pk for pk, code in model.objects.values_list("pk", "code") if code not in codes]
        _delete(kind, model.objects.filter(pk__in=gone), report, dry_run)


def _read_frameworks() -> tuple[snapshot.Framework, ...]:
    domains: dict[int, list[snapshot.Domain]] = {}
    for row in Domain.objects.order_by("sort_order", "code"):
        domains.setdefault(row.framework_id, []).append(snapshot.Domain(code=row.code, title=row.title))
    competences: dict[int, list[snapshot.Competence]] = {}
    for competence in Competence.objects.select_related("domain").order_by("sort_order", "code"):
        competences.setdefault(competence.framework_id, []).append(
            snapshot.Competence(
                code=competence.code,
                title=competence.title,
                domain=competence.domain.code if competence.domain else None,
                descriptors=competence.descriptors,
            )
        )
    return tuple(
        snapshot.Framework(
            code=row.code,
            title=row.title,
            levels=row.levels,
            domains=tuple(domains.get(row.pk, ())),
            competences=tuple(competences.get(row.pk, ())),
            version=row.version,
            source=row.source,
            **_dates(row),
        )
        for row in Framework.objects.order_by("code")
    )


def _read_terms(model: Any) -> tuple[snapshot.Term, ...]:
    rows = list(model.objects.order_by("code"))
    codes = {row.pk: row.code for row in rows}
    return tuple(
        snapshot.Term(
            code=row.code,
            title=row.title,
            parent=codes.get(row.parent_id),
            replaced_by=codes.get(row.replaced_by_id),
            **_dates(row),
        )
        for row in rows
    )


def _programme(row: Programme) -> snapshot.Programme:
    return snapshot.Programme(
        code=row.code,
        title=row.title,
        goals=msgspec.convert(row.goals, tuple[snapshot.Goal, ...]),
        audiences=tuple(row.audiences),
        regions=tuple(row.regions),
    )


def _crosswalk(row: Crosswalk) -> snapshot.Crosswalk:
    return snapshot.Crosswalk(
        source=row.source,
        target=row.target,
        relation=row.relation,  # type: ignore[arg-type]  # the choices of the field are those of the contract
        note=row.note,
    )


def _triple(row: Crosswalk) -> tuple[str, str, str]:
    return row.source, row.target, row.relation


def _dates(row: Any) -> dict[str, str | None]:
    return {name: day.isoformat() if (day := getattr(row, name)) else None for name in ("valid_from", "valid_until")}


def _parsed_dates(value: Any) -> dict[str, date | None]:
    return {
        name: date.fromisoformat(day) if (day := getattr(value, name)) else None
        for name in ("valid_from", "valid_until")
    }


def _coded(value: Any) -> dict[str, Any]:
    return {"code": value.code, "title": value.title}


def _programme_fields(value: snapshot.Programme) -> dict[str, Any]:
    return {
        **_coded(value),
        "goals": list(msgspec.to_builtins(value.goals)),
        "audiences": list(value.audiences),
        "regions": list(value.regions),
    }


def _write_frameworks(frameworks: Sequence[snapshot.Framework], report: Report, dry_run: bool) -> None:
    plain = ("levels", "version", "source")
    write_rows(
        "framework",
        Framework,
        [
            {**_coded(value), **_parsed_dates(value), **{name: getattr(value, name) for name in plain}}
            for value in frameworks
        ],
        report,
        dry_run,
    )
    ids = dict(Framework.objects.values_list("code", "pk"))
    domains = [{**_coded(d), "framework_id": ids.get(f.code)} for f in frameworks for d in f.domains]
    write_rows("domain", Domain, domains, report, dry_run, ordered=True)
    domain_ids = dict(Domain.objects.values_list("code", "pk"))
    competences = [
        {
            **_coded(competence),
            "framework_id": ids.get(framework.code),
            "domain_id": domain_ids.get(competence.domain) if competence.domain else None,
            "descriptors": competence.descriptors,
        }
        for framework in frameworks
        for competence in framework.competences
    ]
    write_rows("competence", Competence, competences, report, dry_run, ordered=True)


def _write_terms(kind: str, model: Any, wanted: Sequence[snapshot.Term], report: Report, dry_run: bool) -> None:
    """Write the terms first and their links second: a term may name one that is further down the list."""
    live = {value.code: value for value in _read_terms(model)}
    created = [value for value in wanted if value.code not in live]
    updated = [value for value in wanted if value.code in live and value != live[value.code]]
    _count(report, kind, len(wanted), len(created), len(updated))
    if dry_run or not (created or updated):
        return
    bulk.insert([model(**_coded(value), **_parsed_dates(value)) for value in created])
    rows = {row.code: row for row in model.objects.all()}
    for value in [*created, *updated]:
        links = {
            "parent_id": rows[value.parent].pk if value.parent else None,
            "replaced_by_id": rows[value.replaced_by].pk if value.replaced_by else None,
        }
        _set(rows[value.code], {"title": value.title, **_parsed_dates(value), **links})
    changed = [rows[value.code] for value in [*created, *updated]]
    bulk.update(changed, ["title", "valid_from", "valid_until", "parent", "replaced_by"])
    bulk.index(changed, new=False)


def _write_crosswalks(wanted: Sequence[snapshot.Crosswalk], report: Report, dry_run: bool) -> None:
    rows = {_triple(row): row for row in Crosswalk.objects.all()}
    named = {(value.source, value.target, value.relation): value for value in wanted}
    created = [value for key, value in named.items() if key not in rows]
    updated = [value for key, value in named.items() if key in rows and rows[key].note != value.note]
    _count(report, "crosswalk", len(named), len(created), len(updated))
    if dry_run:
        return
    fresh = [Crosswalk(source=v.source, target=v.target, relation=v.relation, note=v.note) for v in created]
    changed = [_set(rows[value.source, value.target, value.relation], {"note": value.note}) for value in updated]
    bulk.insert(fresh)
    bulk.update(changed, ["note"])
    bulk.index(fresh, new=True)
    bulk.index(changed, new=False)


def write_rows(
    kind: str, model: Any, wanted: Sequence[dict[str, Any]], report: Report, dry_run: bool, *, ordered: bool = False
) -> None:
    """Make rows of ``model`` hold the values ``wanted``, by code. New rows come after those that are there already."""
    rows = {row.code: row for row in model.objects.all()}
    fresh = [model(**values) for values in wanted if values["code"] not in rows]
    changed = [
        _set(rows[values["code"]], values)
        for values in wanted
        if values["code"] in rows and _differs(rows[values["code"]], values)
    ]
    _count(report, kind, len(wanted), len(fresh), len(changed))
    if dry_run:
        return
    if ordered:
        for place, row in enumerate(fresh, len(rows)):
            row.sort_order = place
    bulk.insert(fresh)
    bulk.update(changed, [field.name for field in model._meta.concrete_fields if not field.primary_key])
    bulk.index(fresh, new=True)
    bulk.index(changed, new=False)


def _differs(row: models.Model, values: Mapping[str, Any]) -> bool:
    return any(_normal(getattr(row, name)) != _normal(value) for name, value in values.items())


def _normal(value: Any) -> Any:
    """Return a value as it compares: lists are sets here, and a weight of 1 is no weight.

    Weights compare as floats: PostgreSQL's jsonb gives a very large one back as a whole number.
    """
    if isinstance(value, list):
        return sorted((_normal(entry) for entry in value), key=repr)
    if isinstance(value, dict):
        parts = ((key, float(part) if key == "weight" else part) for key, part in value.items())
        return sorted(part for part in parts if part != ("weight", 1))
    return value


def _set(row: Any, values: Mapping[str, Any]) -> Any:
    for name, value in values.items():
        setattr(row, name, value)
    return row


def _count(report: Report, kind: str, wanted: int, created: int, updated: int) -> None:
    tally = report.of(kind)
    tally.created += created
    tally.updated += updated
    tally.unchanged += wanted - created - updated


def _delete(kind: str, rows: models.QuerySet[Any], report: Report, dry_run: bool) -> None:
    report.of(kind).removed += rows.count()
    if dry_run:
        return
    if issubclass(rows.model, Term):  # whole branches go at once, in any order
        rows.update(parent=None, replaced_by=None)
    rows.delete()
