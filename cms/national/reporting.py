"""What the generating commands say while they work, and when they refuse: on the standard error."""

from collections.abc import Generator
from contextlib import contextmanager

from django.core.management.base import CommandError, OutputWrapper

from curriculum_graph.api import Refused
from recommender.learners.api import Console, refusals

STEPS = 10


class Reporter:
    """Says what is being done and how far it has come, ten times in all."""

    def __init__(self, stream: OutputWrapper, what: str) -> None:
        self._console = Console(stream)
        self._what = what

    def count(self, number: int, total: int) -> None:
        """Report that ``number`` of ``total`` things are done."""
        if number * STEPS // total > (number - 1) * STEPS // total:
            self._console.progress(f"{self._what}: {number}/{total}")

    def done(self, sentence: str) -> None:
        """Report the result."""
        self._console.done(sentence)


@contextmanager
def refusing(stream: OutputWrapper) -> Generator[None, None, None]:
    """End a command with exit status 1 and each problem as ``PLACE: CODE: sentence`` when a file is refused."""
    try:
        with refusals():
            yield
    except ValueError as error:
        raise CommandError(str(error)) from error
    except CommandError as error:
        if isinstance(error.__cause__, Refused):
            for problem in error.__cause__.problems:
                Console(stream).problem(problem)
        raise
