"""What programs of a learner changed, when and why, as values for pages and for the API."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.utils.translation import ngettext

from curriculum_graph.releases.api import list_courses
from curriculum_graph.snapshot import Course
from recommender.learners.api import WaiverRecord, list_waivers_of
from recommender.programs.change_wording import cause_sentence
from recommender.programs.changes import Cause, Change
from recommender.programs.selectors import Entry
from recommender.programs.titles import Title, Titles
from recommender.programs.wording import duration, goal_sentence

_SOURCES = ("release", "model", "objective")


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change in words. ``minutes`` and ``weeks`` are before and now, and ``None`` where they are the same."""

    at: datetime
    causes: tuple[str, ...]
    added: tuple[Title, ...]
    taken: tuple[Title, ...]
    removed: tuple[Title, ...]
    moved: tuple[Title, ...]
    minutes: tuple[str, str] | None
    weeks: tuple[str, str] | None
    reached: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def is_news(self) -> bool:
        """Say whether there is more to tell than that courses were taken."""
        return bool(self.added or self.removed)

    @property
    def is_nothing(self) -> bool:
        """Say whether the path is the one before."""
        return not (self.added or self.taken or self.removed or self.moved or self.reached or self.lost)


def waivers_named_in(changes: Iterable[Change], learner_id: int) -> dict[int, WaiverRecord]:
    """Return the waivers that the changes speak of, by row id. One query, none where they speak of none."""
    named = {cause.waiver for change in changes for cause in change.causes if cause.waiver is not None}
    return {record.id: record for record in list_waivers_of(learner_id) if record.id in named} if named else {}


def codes_in(change: Change, waivers: Mapping[int, WaiverRecord]) -> list[str]:
    """Return the courses that a change names."""
    found = change.difference
    goals = [goal.course for goal in (*found.reached, *found.lost)]
    causes = [cause.course for cause in change.causes]
    for cause in change.causes:
        record = waivers.get(cause.waiver or 0)
        causes += [record.waived.course, record.waived.required_by] if record else []
    named = [*found.added, *found.taken, *found.removed, *found.moved, *goals, *causes]
    return [code for code in dict.fromkeys(named) if code]


def change_view(change: Change, at: datetime, titles: Titles, waivers: Mapping[int, WaiverRecord]) -> ChangeView:
    """Return a change in words."""
    found = change.difference
    return ChangeView(
        at=at,
        causes=tuple(dict.fromkeys(cause_sentence(cause, titles, waivers) for cause in change.causes)),
        added=tuple(map(titles.course, found.added)),
        taken=tuple(map(titles.course, found.taken)),
        removed=tuple(map(titles.course, found.removed)),
        moved=tuple(map(titles.course, found.moved)),
        minutes=_two(found.minutes, duration),
        weeks=_two(found.weeks, _weeks),
        reached=tuple(goal_sentence(goal.course, goal.competence, goal.level, titles) for goal in found.reached),
        lost=tuple(goal_sentence(goal.course, goal.competence, goal.level, titles) for goal in found.lost),
    )


def _two(pair: tuple[int, int] | None, say: Any) -> tuple[str, str] | None:
    return None if pair is None or pair[0] == pair[1] else (say(pair[0]), say(pair[1]))


def _weeks(count: int) -> str:
    return ngettext("%(count)s week", "%(count)s weeks", count) % {"count": count}


def history_views(entries: Sequence[Entry], learner_id: int, language: str) -> list[ChangeView]:
    """Return changes of a learner in words, newest first. At most two queries more than there are releases in them."""
    if not entries:
        return []
    waivers = waivers_named_in((entry.change for entry in entries), learner_id)
    codes = dict.fromkeys(code for entry in entries for code in codes_in(entry.change, waivers))
    releases = dict.fromkeys(release for entry in entries for release in (entry.release, entry.before["release"]))
    titles = Titles(entries[0].release, _find_courses(list(codes), list(releases)), language)
    return [change_view(entry.change, entry.at, titles, waivers) for entry in entries]


def _find_courses(codes: Sequence[str], releases: Sequence[str]) -> list[Course]:
    """Return the courses, each from the first of the releases that has it."""
    found: dict[str, Course] = {}
    for release in releases:
        missing = [code for code in codes if code not in found]
        if missing:
            found |= {course.code: course for course in list_courses(release, missing)}
    return list(found.values())


def history_documents(entries: Sequence[Entry], learner_id: int) -> list[dict[str, Any]]:
    """Return changes of a learner as the API says them, newest first. One query at most."""
    waivers = waivers_named_in((entry.change for entry in entries), learner_id)
    return [_document(entry, waivers) for entry in entries]


def _document(entry: Entry, waivers: Mapping[int, WaiverRecord]) -> dict[str, Any]:
    found = entry.change.difference
    return {
        "id": entry.id,
        "at": entry.at,
        "release": entry.release,
        "causes": [_cause_document(cause, entry, waivers) for cause in entry.change.causes],
        "steps": {name: getattr(found, name) for name in ("added", "taken", "removed", "moved")},
        "minutes": {"before": found.minutes[0], "now": found.minutes[1]},
        "weeks": None if found.weeks is None else {"before": found.weeks[0], "now": found.weeks[1]},
        "goals": {"reached": found.reached, "lost": found.lost},
    }


def _cause_document(cause: Cause, entry: Entry, waivers: Mapping[int, WaiverRecord]) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.to_builtins(cause)
    document.pop("waiver", None)
    if cause.kind in _SOURCES:
        document |= {"before": entry.before[cause.kind], "now": getattr(entry, cause.kind)}
    record = waivers.get(cause.waiver or 0)
    if record is not None:
        waived = {name: value for name, value in msgspec.to_builtins(record.waived).items() if name != "reason"}
        document["waiver"] = {"key": record.key, **waived}
    return document
