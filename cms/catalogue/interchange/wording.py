"""Reports of imports and exports as people read them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from cms.taxonomy.api import Report
from curriculum_graph.api import Problem
from curriculum_graph.releases.api import describe

KINDS = {
    "language": gettext_noop("languages"),
    "framework": gettext_noop("frameworks"),
    "domain": gettext_noop("domains"),
    "competence": gettext_noop("competences"),
    "region": gettext_noop("regions"),
    "audience": gettext_noop("audiences"),
    "industry": gettext_noop("industries"),
    "programme": gettext_noop("programmes"),
    "crosswalk": gettext_noop("crosswalks"),
    "asset": gettext_noop("assets"),
    "item": gettext_noop("test items"),
    "module": gettext_noop("modules"),
    "variant": gettext_noop("variants"),
    "course": gettext_noop("courses"),
}
SECTIONS = {
    "languages": "language",
    "frameworks": "framework",
    "regions": "region",
    "audiences": "audience",
    "industries": "industry",
    "programmes": "programme",
    "crosswalks": "crosswalk",
    "assets": "asset",
    "items": "item",
    "courses": "course",
}
"""The kind of the things in each section of a document."""


def kind_name(kind: str) -> str:
    """Return the name of a kind of things, in the language of the moment."""
    return _(KINDS[kind])


def problem_line(problem: Problem) -> str:
    """Return ``PLACE: CODE: sentence``; a problem of the whole has the place ``/``."""
    return f"{problem.place or '/'}: {problem.code}: {describe(problem)}"


def report_lines(report: Report, *, dry_run: bool) -> Iterator[str]:
    """Yield what an import did or would do: a line for each kind that the file names."""
    yield _("Nothing was written. An import would do this:") if dry_run else _("Imported:")
    for kind, tally in report:
        if tally.changed + tally.unchanged + tally.refused:
            yield _(
                "  %(kind)s: created %(created)d, updated %(updated)d, unchanged %(unchanged)d, removed %(removed)d, "
                "refused %(refused)d"
            ) % {
                "kind": kind_name(kind),
                "created": tally.created,
                "updated": tally.updated,
                "unchanged": tally.unchanged,
                "removed": tally.removed,
                "refused": tally.refused,
            }
    if report.drafts_kept:
        yield ngettext(
            "%(count)d thing has edits that are not published yet. They were kept, on top of what was imported:",
            "%(count)d things have edits that are not published yet. They were kept, on top of what was imported:",
            len(report.drafts_kept),
        ) % {"count": len(report.drafts_kept)}
        yield from (f"  {label}" for label in report.drafts_kept)


def refusal_lines(problems: tuple[Problem, ...]) -> Iterator[str]:
    """Yield how many things of each kind have errors, for a file that was refused."""
    places: dict[str, set[str]] = {}
    for problem in problems:
        section, _slash, rest = problem.place.removeprefix("/").partition("/")
        if section in SECTIONS:
            places.setdefault(SECTIONS[section], set()).add(rest.partition("/")[0])
    for kind, numbers in places.items():
        yield _("  %(kind)s: refused %(refused)d") % {"kind": kind_name(kind), "refused": len(numbers)}
