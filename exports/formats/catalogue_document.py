"""The catalogue document (``docs/formats/catalogue.md``): everything, without loss.

A release is the whole document. A course is a document of that course and of all that it refers to, so that it can be
imported anywhere. A program is a document of its courses; requirements that the learner had met before are left out.
The file is an archive: the document, and under ``assets/`` each file by its hash.
"""

from pathlib import Path

from curriculum_graph.checks import check_snapshot
from curriculum_graph.errors import Problem, Refused
from curriculum_graph.interchange import read_catalogue, write_catalogue
from curriculum_graph.snapshot import Snapshot
from exports.formats.selection import program_catalogue, select_courses
from exports.formats.source import Source


def file_name(source: Source) -> str:
    """Return the name of the file for a source."""
    return f"{source.name}.catalogue.zip"


def write(source: Source, path: Path) -> None:
    """Write the document and its assets to ``path``."""
    write_catalogue(_content(source), path, open_asset=source.open_asset)


def validate(path: Path) -> list[Problem]:
    """Read the archive as an importer would: schema, references, hashes of the assets, deadlocks."""
    try:
        snapshot = read_catalogue(path)
    except Refused as refused:
        return list(refused.problems)
    return [problem for problem in check_snapshot(snapshot) if problem.severity == "error"]


def _content(source: Source) -> Snapshot:
    if source.course:
        return select_courses(source.snapshot, [source.course.code])
    if source.program:
        return program_catalogue(source.snapshot, [step.course for step in source.program.steps])
    return source.snapshot
