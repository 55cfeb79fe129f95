"""The program document (``docs/formats/programs.md``): one learner's program, with its reasons."""

from pathlib import Path

import msgspec

from curriculum_graph.errors import Problem
from exports.formats.source import Source
from recommender.engine.program import Program


def file_name(source: Source) -> str:
    """Return the name of the file for a source."""
    return f"{source.name}.program.json"


def write(source: Source, path: Path) -> None:
    """Write the program to ``path``, laid out for people to read."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(source.program), indent=1) + b"\n")


def validate(path: Path) -> list[Problem]:
    """Read the document back: every field has its type, and positions and minutes add up."""
    try:
        program = msgspec.json.decode(path.read_bytes(), type=Program)
    except msgspec.MsgspecError as error:
        return [Problem(code="not_a_program", place="", fields={"detail": str(error)})]
    problems = [
        Problem(code="position_wrong", place=f"/steps/{index}/position", fields={"expected": index + 1})
        for index, step in enumerate(program.steps)
        if step.position != index + 1
    ]
    total = sum(step.minutes for step in program.steps)
    if total != program.total_minutes:
        problems.append(Problem(code="minutes_wrong", place="/total_minutes", fields={"expected": total}))
    return problems
