"""Problems and errors of the curriculum.

What is wrong in something that people wrote is *returned*, as a list of :class:`Problem`; a call that cannot be
carried out *raises* a :class:`CurriculumError`. Neither holds a sentence: ``curriculum_graph.releases.wording`` turns
codes and fields into Vietnamese and English.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

FieldValue = str | int | float | tuple[str, ...]


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong, and where.

    ``code`` is stable; ``place`` is a JSON pointer (``/courses/3/requires/0``) or ``line 12``; ``fields`` are what the
    sentence for ``code`` needs. An ``error`` refuses the whole; a ``warning`` does not.
    """

    code: str
    place: str
    fields: dict[str, FieldValue] = {}
    severity: Literal["error", "warning"] = "error"


class CurriculumError(Exception):
    """Base of every error this package raises. ``code`` is stable; ``fields`` are data for its sentence."""

    code = "curriculum_error"

    def __init__(self, **fields: FieldValue) -> None:
        self.fields = fields
        super().__init__(f"{self.code}: {fields}" if fields else self.code)


class Refused(CurriculumError):
    """What people wrote has errors; nothing was changed. ``problems`` lists all of them."""

    code = "refused"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(count=len(self.problems))


class NotFound(CurriculumError):
    """Nothing has this code. ``kind`` says of what."""

    code = "not_found"


class ParentMoved(CurriculumError):
    """Another release was published since this one was built: build again."""

    code = "parent_moved"


class Ambiguous(NotFound):
    """Several things could be meant. ``kind`` says of what."""

    code = "ambiguous"


class BrokenSnapshot(CurriculumError):
    """The snapshot refers to something that it does not hold; ``check_snapshot`` says where. Fields: kind, code."""

    code = "broken_snapshot"


class GraphUnreadable(CurriculumError):
    """The stored graph is missing, damaged or of another version: compile it again. ``reason`` says which."""

    code = "graph_unreadable"
