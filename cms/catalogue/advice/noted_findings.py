"""Reads of what was noted, for the report over everything."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse

from cms.catalogue.advice.findings import HASH
from cms.catalogue.advice.wording import describe, name_of
from cms.catalogue.models import Variant
from cms.catalogue.noted import CheckedThing, NotedFinding
from cms.catalogue.scopes import is_limited, own_variants
from cms.taxonomy.api import localised

KINDS = CheckedThing.Kind.choices
VIEW = "catalogue.view_module"


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding as the report shows it."""

    title: str
    code: str
    kind: str
    owner: str
    name: str
    sentence: str
    cure: str
    is_error: bool
    url: str


def may_read_findings(user: Any) -> bool:
    """Return whether a user may read what was found in everything that they may read."""
    return bool(user.has_perm(VIEW))


def list_noted(user: Any, *, q: str = "", **wanted: Any) -> QuerySet[NotedFinding]:
    """Return what was found where a user may look, by ``code``, ``is_error``, ``kind`` and ``owner``; errors first."""
    rows = NotedFinding.objects.select_related("checked").order_by("-is_error", "checked__code", "pk")
    paths = {"kind": "checked__kind", "owner": "checked__owner"}
    rows = rows.filter(**{paths.get(name, name): value for name, value in wanted.items() if value not in ("", None)})
    if q:
        rows = rows.filter(Q(checked__code__icontains=q))
    if is_limited(user):
        own = Variant.objects.filter(own_variants(user)).values("pk")
        rows = rows.exclude(Q(checked__kind=CheckedThing.Kind.VARIANT) & ~Q(checked__thing__in=own))
    return rows


def count_by_check(rows: QuerySet[NotedFinding]) -> list[tuple[str, str, int]]:
    """Return how often each check found something: its code, its name and the number, the most frequent first."""
    counts = rows.order_by().values_list("code").annotate(count=Count("pk")).order_by("-count", "code")
    return [(code, name_of(code), count) for code, count in counts]


def list_noted_owners() -> list[str]:
    """Return the owners of what was checked."""
    owners = CheckedThing.objects.exclude(owner="").order_by("owner").values_list("owner", flat=True).distinct()
    return list(owners)


def last_checked() -> dict[str, Any]:
    """Return when something was last checked, and how many things were."""
    return CheckedThing.objects.aggregate(at=Max("checked_at"), count=Count("pk"))


def show_noted(row: NotedFinding) -> Noted:
    """Return a finding as the report shows it, in the language of the moment."""
    thing = row.checked
    sentence, cure = describe(row.code, row.fields)
    return Noted(
        title=localised(thing.title) or thing.code,
        code=thing.code,
        kind=thing.get_kind_display(),
        owner=thing.owner,
        name=name_of(row.code),
        sentence=sentence,
        cure=cure,
        is_error=row.is_error,
        url=_url(thing) + HASH + row.place,
    )


def _url(thing: CheckedThing) -> str:
    if thing.kind == CheckedThing.Kind.COURSE:
        return reverse("wagtailadmin_pages:edit", args=[thing.thing])
    return reverse(f"wagtailsnippets_catalogue_{thing.kind}:edit", args=[thing.thing])
