"""The pieces that documents of programs are put together from: each encoded when first met, and kept for its graph."""

from collections.abc import Callable

import msgspec

from curriculum_graph.compile import FEATURES, CompiledGraph
from curriculum_graph.snapshot import Goal
from recommender.engine.batch import BLOCKING, NONE, REASONS, SOURCES, UNMET
from recommender.engine.graphs import kept_per_graph
from recommender.engine.program import Blocking, Reason, Skipped, StepModule, Unmet

Thing = tuple[int, int, int]
"""Course, competence, level."""

Block = tuple[int, int, int, int, int]
"""Code, level, course, competence, value."""

TERMS = {"audience": "audiences", "region": "regions", "industry": "industries"}
"""The trees that values of reasons and blockings name terms of."""


def text(value: object) -> str:
    """Return a value as JSON."""
    return msgspec.json.encode(value).decode()


class Kept(dict[int, str]):
    """Texts by a number, each made by ``make`` when it is first asked for."""

    def __init__(self, make: Callable[[int], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: int) -> str:
        made = self[key] = self._make(key)
        return made


class Pieces:
    """Pieces of documents on one graph, as JSON text.

    Attributes
    ----------
    opening : for a course, a step's course and minutes, up to where its reasons begin.
    code : for a course, its code.
    module : for a variant, or for a module without one (``~`` its number), a step's module.
    reason : for a reason's number (:func:`reason_number`).
    """

    def __init__(self, graph: CompiledGraph) -> None:
        self.graph = graph
        self.opening = Kept(
            lambda course: f',"course":{self.code[course]},"minutes":{graph.minutes[course]},"reasons":['
        )
        self.code = Kept(lambda course: text(graph.course_codes[course]))
        self.module = Kept(self._module)
        self.reason = Kept(lambda number: text(self.reason_of(number)))

    def _module(self, number: int) -> str:
        if number < 0:
            return text(StepModule(module=self.graph.module_codes[~number], variant=None))
        module = int(self.graph.variant_ptr.searchsorted(number, side="right")) - 1
        return text(StepModule(module=self.graph.module_codes[module], variant=self.graph.variant_codes[number]))

    def course(self, index: int) -> str | None:
        return None if index == NONE else self.graph.course_codes[index]

    def competence(self, index: int) -> str | None:
        return None if index == NONE else self.graph.competence_codes[index]

    def term(self, kind: str, index: int) -> str | None:
        """Return what a reason's or blocking's value names: a term of a tree, or a language."""
        if kind == "language":
            return self.graph.languages[index]
        tree = TERMS.get(kind)
        return getattr(self.graph, tree).codes[index] if tree else None

    def reason_of(self, number: int) -> Reason:
        """Return the reason with a number (:func:`reason_number`)."""
        code = REASONS[number & 0xFF]
        competence, value = (number >> 16 & 0xFFFFFF) - 1, (number >> 40) - 1
        if code.startswith("fits_") and value != NONE:
            return Reason(code=code, value=self.term(code.removeprefix("fits_"), value))
        level = None if competence == NONE else number >> 8 & 0xFF
        return Reason(code=code, course=self.course(value), competence=self.competence(competence), level=level)

    def skipped(self, thing: Thing, source: int) -> Skipped:
        """Return what was skipped."""
        course, competence, level = thing
        return Skipped(
            reason=SOURCES[source],
            course=self.course(course),
            competence=self.competence(competence),
            level=None if competence == NONE else level,
        )

    def unmet(self, thing: Thing, reason: int, blocks: list[Block]) -> Unmet:
        """Return a goal that is not reached."""
        course, competence, level = thing
        goal = Goal(
            course=self.course(course),
            competence=self.competence(competence),
            level=None if competence == NONE else level,
        )
        return Unmet(goal=goal, reason=UNMET[reason], blocking=tuple(map(self.blocking, blocks)))

    def blocking(self, block: Block) -> Blocking:
        """Return what stands in the way of a goal."""
        number, level, course, competence, value = block
        code = BLOCKING[number]
        if code == "need":
            named: str | None = FEATURES[value]
        elif code == "megabytes":
            named = f"{float(self.graph.courses_for.megabytes[course]):g}"
        else:
            named = None if value == NONE else self.term(code, value)
        return Blocking(
            code=code,
            course=self.course(course),
            competence=self.competence(competence),
            level=None if competence == NONE else level,
            value=named,
            minutes=value if code == "minutes" else None,
            taught=self._taught(competence, level) if code == "competence" else None,
        )

    def _taught(self, competence: int, level: int) -> int | None:
        """Return the highest level of a competence that any course teaches, if there is one and it is less."""
        first, beyond = self.graph.state_ptr[competence : competence + 2].tolist()
        taught = self.graph.teaches[(self.graph.teaches >= first) & (self.graph.teaches < beyond)]
        highest = int(taught.max(initial=first - 1)) - first + 1
        return highest if 0 < highest < level else None


@kept_per_graph
def pieces_of(graph: CompiledGraph) -> Pieces:
    """Return the pieces of a graph."""
    return Pieces(graph)
