"""What commands on files of learners say: problems one a line, how far they have come, and why they stopped."""

import time
from collections.abc import Generator
from contextlib import contextmanager

from django.core.management.base import CommandError, OutputWrapper
from django.utils.translation import gettext as _

from curriculum_graph.errors import CurriculumError, Problem
from recommender.learners.wording import describe

SECONDS = 2.0
"""Between two lines of progress where nobody watches."""


class Console:
    """Writes problems and progress to one stream, which is standard error.

    On a terminal, progress is one line that is written over; what is said after it begins on that line. Elsewhere it is
    a line every two seconds.
    """

    def __init__(self, stream: OutputWrapper) -> None:
        self._stream = stream
        self._watched = stream.isatty()
        self._said = float("-inf")

    def problem(self, problem: Problem) -> None:
        """Write one problem as ``PLACE: CODE: sentence``."""
        self.done(f"{problem.place}: {problem.code}: {describe(problem)}")

    def line(self, number: int) -> None:
        """Say which line of a file was reached, over what was said before where somebody watches."""
        self.progress(_("Line %(line)s") % {"line": number})

    def progress(self, sentence: str) -> None:
        """Say how far things have come."""
        if self._watched:
            self._write(f"\r{sentence}\033[K")
        elif time.monotonic() - self._said >= SECONDS:
            self._said = time.monotonic()
            self._write(f"{sentence}\n")
        self._stream.flush()

    def done(self, sentence: str) -> None:
        """Say that a stage is over, on a line that stays."""
        self._write(f"\r{sentence}\033[K\n" if self._watched else f"{sentence}\n")

    def clear(self) -> None:
        """Take the line of progress away, so that what comes next begins a line."""
        if self._watched:
            self._write("\r\033[K")
            self._stream.flush()

    def _write(self, text: str) -> None:
        self._stream.write(text, style_func=str, ending="")


@contextmanager
def refusals(console: Console | None = None) -> Generator[None, None, None]:
    """End a command with a sentence and exit status 1 when a file cannot be read or is refused.

    Whichever way it ends, no half line of progress is left on ``console``.
    """
    try:
        yield
    except OSError as error:
        raise CommandError(
            _("Cannot open %(file)s: %(reason)s") % {"file": error.filename, "reason": error.strerror}
        ) from error
    except CurriculumError as error:
        raise CommandError(describe(error)) from error
    finally:
        if console is not None:
            console.clear()
