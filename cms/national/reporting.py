"""Progress of a long command, for the person who waits: on the standard error, so that results stay clean."""

from django.core.management.base import OutputWrapper

STEPS = 10


class Reporter:
    """Says what is being done, and now and then how far it has come."""

    def __init__(self, stream: OutputWrapper, what: str) -> None:
        self._stream = stream
        self._what = what

    def count(self, number: int, total: int) -> None:
        """Report that ``number`` of ``total`` things are done; says so ten times in all."""
        if number * STEPS // total > (number - 1) * STEPS // total:
            self._say(f"{self._what}: {number}/{total}")

    def done(self, sentence: str) -> None:
        """Report the result."""
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        self._stream.write(sentence, style_func=str)
        self._stream.flush()
