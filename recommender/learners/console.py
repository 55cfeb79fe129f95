"""What commands on files of learners say: problems one a line, how far they have come, and why they stopped."""

from collections.abc import Generator
from contextlib import contextmanager

from django.core.management.base import CommandError, OutputWrapper
from django.utils.translation import gettext as _

from curriculum_graph.errors import CurriculumError, Problem
from recommender.learners.wording import describe


class Console:
    """Writes problems and progress to one stream, which is standard error."""

    def __init__(self, stream: OutputWrapper) -> None:
        self._stream = stream

    def problem(self, problem: Problem) -> None:
        """Write one problem as ``PLACE: CODE: sentence``."""
        self._write(f"{problem.place}: {problem.code}: {describe(problem)}\n")

    def line(self, number: int) -> None:
        """Say which line of a file was reached, over what was said before where somebody watches."""
        self.progress(_("Line %(line)s") % {"line": number})

    def progress(self, sentence: str) -> None:
        """Say how far things have come."""
        self._write(f"\r{sentence}\033[K" if self._stream.isatty() else f"{sentence}\n")
        self._stream.flush()

    def done(self, sentence: str) -> None:
        """Say that a stage is over, on a line that stays."""
        self._write(f"\r{sentence}\033[K\n" if self._stream.isatty() else f"{sentence}\n")

    def _write(self, text: str) -> None:
        self._stream.write(text, style_func=str, ending="")


@contextmanager
def refusals() -> Generator[None, None, None]:
    """End a command with a sentence and exit status 1 when a file cannot be read or is refused."""
    try:
        yield
    except OSError as error:
        raise CommandError(
            _("Cannot open %(file)s: %(reason)s") % {"file": error.filename, "reason": error.strerror}
        ) from error
    except CurriculumError as error:
        raise CommandError(describe(error)) from error
