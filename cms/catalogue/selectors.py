"""Reads of the catalogue for the editor's screens."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.models import Page, Revision, Task, WorkflowState

from cms.catalogue.models import Asset, CoursePage, Module, TestItem, Variant
from cms.catalogue.scopes import is_limited, own_variants
from cms.taxonomy.api import FEATURE_LABELS, USES_SHOWN, Use, get_titles

TARGETS = {"audience": "audiences", "region": "regions", "industry": "industries", "language": "languages"}


def with_states(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows with what their state is told from, so that no row asks for itself."""
    content_type = ContentType.objects.get_for_model(rows.model)
    scheduled = Revision.objects.filter(
        base_content_type=content_type,
        object_id=Cast(OuterRef("pk"), CharField()),
        approved_go_live_at__isnull=False,
    )
    in_review = Prefetch("workflow_states", WorkflowState.objects.active(), to_attr="_current_workflow_states")
    found: QuerySet[Any] = rows.annotate(_approved_schedule=Exists(scheduled)).prefetch_related(in_review)
    return found


def know_tasks(pages: Iterable[Page]) -> None:
    """Give pages in review the task that each waits for, read once for all of them."""
    waiting = [
        state.current_task_state
        for page in pages
        for state in getattr(page, "_current_workflow_states", ())
        if state.current_task_state
    ]
    tasks = {task.pk: task for task in Task.objects.filter(pk__in={state.task_id for state in waiting}).specific()}
    for state in waiting:
        state.task = tasks[state.task_id]


def list_course_ids(code: str) -> QuerySet[CoursePage, Any]:
    """Return the keys of the courses whose code holds these letters."""
    return CoursePage.objects.filter(code__icontains=code).values_list("pk", flat=True)


def list_courses_below(pages: Iterable[Page]) -> list[CoursePage]:
    """Return the courses among pages and everything below them."""
    inside = Q(pk__in=[])
    for page in pages:
        inside |= Q(path__startswith=page.path)
    return list(CoursePage.objects.filter(inside))


def list_drafts_below(pages: Iterable[Page]) -> list[CoursePage]:
    """Return the newest drafts of the courses there that differ from what is published, or never were."""
    drafts = [course for course in list_courses_below(pages) if course.has_unpublished_changes or not course.live]
    return [course.get_latest_revision_as_object() for course in drafts]


def list_courses_with_module(code: str) -> QuerySet[CoursePage]:
    """Return the courses that list a module, by code."""
    return CoursePage.objects.filter(modules__names_any=code).order_by("code")


def list_owners(model: Any, field: str = "owner") -> list[tuple[str, str]]:
    """Return the owners that rows of a model name, as choices of a filter."""
    owners = model.objects.order_by(field).values_list(field, flat=True).distinct()
    return [(owner, owner) for owner in owners if owner]


def list_variants_of(module: Module, user: Any) -> QuerySet[Variant]:
    """Return the variants of a module that a user may meet, by code."""
    rows = with_states(module.variants.select_related("module").order_by("code"))
    return rows.filter(own_variants(user)) if is_limited(user) else rows


def describe_targets(variants: Sequence[Variant]) -> list[str]:
    """Return in words for whom each variant is, in one query for each kind; empty where it is for everyone."""
    titles = {
        field: get_titles(kind, {code for variant in variants for code in getattr(variant, field)})
        for kind, field in TARGETS.items()
    }
    titles["accessibility"] = {feature: str(label) for feature, label in FEATURE_LABELS.items()}
    return [" · ".join(_named(variant, titles)) for variant in variants]


def _named(variant: Variant, titles: dict[str, dict[str, str]]) -> Iterator[str]:
    for field, names in titles.items():
        if codes := getattr(variant, field):
            yield ", ".join(names.get(code, code) for code in codes)


def count_courses_by_module(codes: Iterable[str]) -> dict[str, int]:
    """Return in how many courses each module is listed, in one query."""
    counts = dict.fromkeys(codes, 0)
    for modules in CoursePage.objects.filter(modules__names_any=list(counts)).values_list("modules", flat=True):
        for code in set(modules) & counts.keys():
            counts[code] += 1
    return counts


def list_catalogue_uses(kind: str, codes: list[str]) -> Iterator[Use]:
    """Yield the courses, variants, items and bodies that name any of the codes."""
    wanted = set(codes)
    if kind in TARGETS:
        named = Q(**{f"{TARGETS[kind]}__names_any": codes})
        yield from _uses(CoursePage.objects.filter(named))
        yield from _uses(Variant.objects.filter(named).select_related("module"))
    if kind == "competence":
        yield from _uses(TestItem.objects.filter(competence__in=codes))
    if kind == "module":
        yield from _uses(CoursePage.objects.filter(modules__names_any=codes))
    if kind == "course":
        yield from _uses(CoursePage.objects.filter(recommended_after__names_any=codes))
    if kind in {"competence", "course"}:
        courses = CoursePage.objects.only("id", "code", "title_text", "teaches", "requires", "content_type")
        yield from (_use(row) for row in courses.iterator(500) if _names(row, kind, wanted))
    if kind in {"asset", "item"}:
        models: tuple[Any, ...] = (Module, Variant)
        for model in models:
            mentioned = Q()
            for code in codes:  # a coarse sieve in the database, a fine one below
                mentioned |= Q(body__icontains=f'"{code}"')
            rows = model.objects.filter(mentioned)
            yield from (
                _use(row) for row in rows.iterator(500) if wanted & set(_codes_in(list(row.body.raw_data), kind))
            )


def _names(course: CoursePage, kind: str, wanted: set[str]) -> bool:
    entries = [entry for block in course.requires.raw_data for entry in block["value"].get("any_of", ())]
    if kind == "competence":
        entries = [*entries, *course.teaches]
    return any(entry.get(kind) in wanted for entry in entries)


def _codes_in(value: Any, name: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key == name and isinstance(part, str):
                yield part
            else:
                yield from _codes_in(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from _codes_in(part, name)


def _uses(rows: QuerySet[Any]) -> Iterator[Use]:
    for row in rows[:USES_SHOWN]:
        yield _use(row)


def _use(row: Any) -> Use:
    if isinstance(row, CoursePage):
        url = reverse("wagtailadmin_pages:edit", args=[row.pk])
    else:
        url = reverse(f"wagtailsnippets_catalogue_{row._meta.model_name}:edit", args=[row.pk])
    return Use(what=str(row._meta.verbose_name), title=str(row), url=url)


def list_assets_by_code(codes: Iterable[str]) -> dict[str, Asset]:
    """Return those of the assets that exist, by code, in one query."""
    return {asset.code: asset for asset in Asset.objects.filter(code__in=list(codes))}


def list_items_by_code(codes: Iterable[str]) -> dict[str, TestItem]:
    """Return those of the test items that exist, by code, in one query."""
    return {item.code: item for item in TestItem.objects.filter(code__in=list(codes))}


def list_modules_of(course: CoursePage) -> list[Module]:
    """Return the modules of a course in teaching order, with their variants, in two queries."""
    rows = {
        module.code: module for module in Module.objects.filter(code__in=course.modules).prefetch_related("variants")
    }
    return [rows[code] for code in course.modules if code in rows]
