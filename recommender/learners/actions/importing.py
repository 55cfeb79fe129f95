"""Taking in whole files, streaming: all of a file or nothing of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.db import transaction

from curriculum_graph.errors import CurriculumError, Problem
from recommender.engine.interchange import Line, instant
from recommender.engine.learner import Event, Learner
from recommender.engine.lines import place
from recommender.engine.vocabulary import Vocabulary, event_problems, learner_problems
from recommender.learners.actions.events import EventCounts, record_events
from recommender.learners.actions.profiles import LearnerCounts, put_learners

BATCH = 1_000
Document = TypeVar("Document", Learner, Event)
Report = Callable[[Problem], None]
"""Called with each problem as soon as it is found: a file may hold millions of them."""
Progress = Callable[[int], None]
"""Called now and then with the number of the line that was reached."""


class FileRefused(CurriculumError):
    """The file has bad lines; nothing of it was stored. Each problem was reported when it was found."""

    code = "file_refused"


def import_learners(
    lines: Iterable[Line[Learner]], known: Vocabulary, *, at: datetime, report: Report, progress: Progress
) -> LearnerCounts:
    """Store the learners of a file in one transaction.

    Raises
    ------
    FileRefused
        A line is bad.
    """
    counts = LearnerCounts()
    refusing = _Gate(report, skip=False)
    with transaction.atomic():
        good = refusing.good(lines, lambda value, where: learner_problems(value, known, where))
        for batch in _batches(good, progress):
            counts += put_learners(batch, at=at)
        refusing.close()
    return counts


def import_events(
    lines: Iterable[Line[Event]], known: Vocabulary, *, at: datetime, skip_bad: bool, report: Report, progress: Progress
) -> EventCounts:
    """Store the events of a file in one transaction; ``at`` is now, and nothing may have happened later.

    Raises
    ------
    FileRefused
        A line is bad and ``skip_bad`` is false.
    """

    def problems(event: Event, where: str) -> list[Problem]:
        return event_problems(event, instant(event.at) or at, known, at, where)

    counts = EventCounts()
    gate = _Gate(report, skip=skip_bad)
    with transaction.atomic():
        for batch in _batches(gate.good(lines, problems), progress):
            counts += record_events(batch, at=at)
        gate.close()
    return counts


class _Gate:
    """Lets good lines pass until the first bad one, and all good ones where bad ones are to be skipped.

    After a line that refuses the file, the rest is still read, so that every problem is listed.
    """

    def __init__(self, report: Report, *, skip: bool) -> None:
        self._report = report
        self._skip = skip
        self._bad = 0

    def good(
        self, lines: Iterable[Line[Document]], check: Callable[[Document, str], Sequence[Problem]]
    ) -> Iterator[tuple[int, Document]]:
        for line in lines:
            problems = line.problems if line.value is None else check(line.value, place(line.number))
            for problem in problems:
                self._report(problem)
            if problems:
                self._bad += 1
            elif line.value is not None and (self._skip or not self._bad):
                yield line.number, line.value

    def close(self) -> None:
        if self._bad and not self._skip:
            raise FileRefused(count=self._bad)


def _batches(numbered: Iterator[tuple[int, Document]], progress: Progress) -> Iterator[list[Document]]:
    while batch := list(islice(numbered, BATCH)):
        yield [value for _number, value in batch]
        progress(batch[-1][0])
