"""schema.org / LRMI as JSON-LD: what search engines and learning-object repositories read.

Mapping (schema.org 29 with the LRMI properties that it took over):

==================  =================================================================================
ours                schema.org
==================  =================================================================================
course              ``Course`` with ``courseCode``, ``timeRequired`` (ISO 8601), ``hasPart`` its modules
module, variant     ``LearningResource``; a variant is a ``workExample`` of its module's
competence          ``DefinedTerm`` in a ``DefinedTermSet`` (the framework)
teaches             ``teaches`` and ``educationalAlignment`` (``alignmentType: teaches``, with the level)
requires            ``coursePrerequisites``: a course, or an ``AlignmentObject`` for a level or for an OR group
audience            ``EducationalAudience``; region ``spatialCoverage`` (a ``Place``); industry ``about``
programme           ``EducationalOccupationalProgram``
program             ``ItemList`` of courses in order
==================  =================================================================================

What has no word there (recommended order, weights, variant targeting by need) is not written.
"""

import json
from pathlib import Path
from typing import Any

from curriculum_graph.errors import Problem
from curriculum_graph.snapshot import Snapshot
from exports.formats import schema_org_things as things
from exports.formats.selection import program_catalogue, select_courses
from exports.formats.source import Source

# ``@vocab`` instead of the context's address: a reader needs no network to expand the document.
CONTEXT = {
    "@vocab": "https://schema.org/",
    "anyOf": {"@id": "urn:x-curriculum:anyOf", "@type": "@id", "@container": "@list"},
    "courseOrder": {"@id": "itemListElement", "@container": "@list"},
}


def file_name(source: Source) -> str:
    """Return the name of the file for a source."""
    return f"{source.name}.jsonld"


def write(source: Source, path: Path) -> None:
    """Write the document to ``path``."""
    document = {"@context": CONTEXT, "@graph": _graph(source)}
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def validate(path: Path) -> list[Problem]:
    """Check that the document is JSON-LD in which every thing has one id and every reference leads to a thing."""
    try:
        graph = json.loads(path.read_text(encoding="utf-8"))["@graph"]
    except (ValueError, KeyError, TypeError) as error:
        return [Problem(code="not_json_ld", place="", fields={"detail": str(error)})]
    problems: list[Problem] = []
    defined: dict[str, str] = {}
    for place, node in _nodes(graph, "/@graph"):
        if "@type" in node and "@id" in node:
            if node["@id"] in defined:
                problems.append(Problem(code="duplicate_id", place=place, fields={"id": node["@id"]}))
            defined[node["@id"]] = place
    problems += [
        Problem(code="dangling_reference", place=place, fields={"id": node["@id"]})
        for place, node in _nodes(graph, "/@graph")
        if set(node) == {"@id"} and node["@id"] not in defined
    ]
    return problems


def _graph(source: Source) -> list[dict[str, Any]]:
    content = _content(source)
    nodes = [things.framework(f) for f in content.frameworks]
    nodes += [things.place(term, content.regions) for term in content.regions]
    nodes += [things.audience(term) for term in content.audiences]
    nodes += [things.industry(term) for term in content.industries]
    nodes += [things.organization(owner) for owner in sorted({c.owner for c in content.courses if c.owner})]
    writer = things.Courses(content)
    nodes += [writer.course(course) for course in content.courses]
    nodes += [writer.programme(programme) for programme in content.programmes]
    if source.program:
        nodes.append(things.program(source.program))
    nodes.append(things.data_set(source.release, source.published, source.scope))
    return nodes


def _content(source: Source) -> Snapshot:
    if source.course:
        return select_courses(source.snapshot, [source.course.code])
    if source.program:
        return program_catalogue(source.snapshot, [step.course for step in source.program.steps])
    return source.snapshot


def _nodes(value: Any, place: str) -> list[tuple[str, dict[str, Any]]]:
    """Return every JSON object below ``value`` with its JSON pointer."""
    found: list[tuple[str, dict[str, Any]]] = []
    waiting = [(place, value)]
    while waiting:
        here, node = waiting.pop()
        if isinstance(node, dict):
            found.append((here, node))
            waiting += [(f"{here}/{key}", child) for key, child in node.items()]
        elif isinstance(node, list):
            waiting += [(f"{here}/{index}", child) for index, child in enumerate(node)]
    return found
