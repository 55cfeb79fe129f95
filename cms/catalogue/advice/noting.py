"""Writing down what checks find, of one draft when it is saved and of everything by a job."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from cms.catalogue.advice.asking import ask
from cms.catalogue.advice.studying import Library, list_dead_addresses, list_variant_languages, outside_addresses, study
from cms.catalogue.advice.unsaved import MODELS
from cms.catalogue.checking.registry import run_checks
from cms.catalogue.checking.work import Work
from cms.catalogue.models import Asset, CoursePage, Variant
from cms.catalogue.noted import CheckedAddress, CheckedThing, NotedFinding
from cms.taxonomy.api import bulk
from curriculum_graph.errors import Problem

ASKED_AGAIN = timedelta(days=7)
Progress = Callable[[str, int], None]
"""Called with a kind and how many of it were checked."""


def note(thing: Any, *, at: datetime) -> None:
    """Write down what the checks find in one draft, in place of what was found before."""
    work, around = study(thing)
    _replace([(thing, work, run_checks(work, around))], at)


def note_all(*, at: datetime, changed: bool = False, progress: Progress = lambda kind, done: None) -> int:
    """Check the newest draft of everything (``changed``: that is another than when last checked); return how many."""
    library, count = _read_library(), 0
    for kind, model in MODELS.items():
        done = 0
        for some in bulk.chunks(_waiting(kind, model, changed)):
            found = []
            for thing in _drafts(model, some):
                work, around = study(thing, library)
                found.append((thing, work, run_checks(work, around)))
            _replace(found, at)
            done += len(some)
            progress(kind, done)
        count += done
    _forget_gone()
    return count


def ask_addresses(*, at: datetime, limit: int = 500, asked: Callable[[str], str] = ask) -> int:
    """Ask addresses that bodies lead to and that were not asked lately, the longest waiting first; return how many."""
    old = Q(checked_at__isnull=True) | Q(checked_at__lt=at - ASKED_AGAIN)
    rows = list(CheckedAddress.objects.filter(old).order_by("checked_at", "pk")[:limit])
    for row in rows:  # each is kept at once: a job that is stopped has not asked for nothing
        row.answer, row.checked_at = asked(row.address), at
        row.save(update_fields=["answer", "checked_at"])
    return len(rows)


def _read_library() -> Library:
    targets: dict[str, list[tuple[list[str], list[str]]]] = {}
    for modules, audiences, languages in CoursePage.objects.values_list("modules", "audiences", "languages"):
        for module in modules:
            targets.setdefault(module, []).append((audiences, languages))
    return Library(
        sizes=dict(Asset.objects.values_list("code", "bytes")),
        dead=list_dead_addresses(),
        targets=targets,
        languages=list_variant_languages(),
    )


def _waiting(kind: str, model: Any, changed: bool) -> list[int]:
    if not changed:
        return list(model.objects.order_by("pk").values_list("pk", flat=True))
    checked = dict(CheckedThing.objects.filter(kind=kind).values_list("thing", "revision"))
    newest = model.objects.order_by("pk").values_list("pk", "latest_revision_id")
    return [pk for pk, revision in newest if pk not in checked or checked[pk] != revision]


def _drafts(model: Any, keys: Iterable[int]) -> Iterator[Any]:
    rows = model.objects.filter(pk__in=list(keys)).select_related("latest_revision")
    for row in rows.select_related("module") if model is Variant else rows:
        yield row.get_latest_revision_as_object() if row.has_unpublished_changes or not row.live else row


def _replace(found: list[tuple[Any, Work, list[Problem]]], at: datetime) -> None:
    """Put what was found of things in the place of what was found before."""
    if not found:
        return
    kind = found[0][0]._meta.model_name
    with transaction.atomic():
        CheckedThing.objects.filter(kind=kind, thing__in=[thing.pk for thing, _work, _problems in found]).delete()
        rows = CheckedThing.objects.bulk_create([_checked(thing, kind, at) for thing, _work, _problems in found])
        NotedFinding.objects.bulk_create(
            [
                NotedFinding(
                    checked=row,
                    code=problem.code,
                    is_error=problem.severity == "error",
                    place=problem.place,
                    fields=problem.fields,
                )
                for row, (_thing, _work, problems) in zip(rows, found, strict=True)
                for problem in problems
            ],
            batch_size=500,
        )
        addresses = {address for _thing, work, _problems in found for address in outside_addresses(work)}
        CheckedAddress.objects.bulk_create(
            [CheckedAddress(address=address) for address in sorted(addresses)], ignore_conflicts=True, batch_size=500
        )


def _checked(thing: Any, kind: str, at: datetime) -> CheckedThing:
    title = getattr(thing, "title_text", None) or getattr(thing, "prompt", None) or thing.title
    owner = getattr(thing, "owner_code", None) or getattr(thing, "owner", None)
    code = f"{thing.module.code} {thing.code}" if kind == "variant" else thing.code
    return CheckedThing(
        kind=kind,
        thing=thing.pk,
        revision=thing.latest_revision_id,
        code=code,
        title=title or (thing.module.title if kind == "variant" else thing.code),
        owner=owner if isinstance(owner, str) else "",
        checked_at=at,
    )


def _forget_gone() -> None:
    """Take out what was found in things that are no more."""
    for kind, model in MODELS.items():
        CheckedThing.objects.filter(kind=kind).exclude(thing__in=model._default_manager.values("pk")).delete()
