"""The formats there are: one module each, one name each, one validator each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from curriculum_graph.errors import CurriculumError, Problem
from exports.formats import catalogue_document, program_document, schema_org
from exports.formats.source import Scope, Source


class UnknownFormat(CurriculumError):
    """No format has this name. ``known`` lists those that there are."""

    code = "unknown_format"


class ScopeNotOffered(CurriculumError):
    """A format cannot hold this kind of thing."""

    code = "scope_not_offered"


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write what was published.

    Attributes
    ----------
    name : how commands and addresses call it.
    media_type : of the file that it writes.
    scopes : what it can hold.
    file_name : the name of the file for a source.
    write : writes the source to a file that does not exist yet.
    validate : reads a written file as a stranger would and returns what is wrong with it.
    """

    name: str
    media_type: str
    scopes: frozenset[Scope]
    file_name: Callable[[Source], str]
    write: Callable[[Source, Path], None]
    validate: Callable[[Path], list[Problem]]


_ALL: frozenset[Scope] = frozenset({"release", "course", "program"})

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        f.name: f
        for f in (
            Format(
                name="catalogue",
                media_type="application/zip",
                scopes=_ALL,
                file_name=catalogue_document.file_name,
                write=catalogue_document.write,
                validate=catalogue_document.validate,
            ),
            Format(
                name="program",
                media_type="application/json",
                scopes=frozenset({"program"}),
                file_name=program_document.file_name,
                write=program_document.write,
                validate=program_document.validate,
            ),
            Format(
                name="schema-org",
                media_type="application/ld+json",
                scopes=_ALL,
                file_name=schema_org.file_name,
                write=schema_org.write,
                validate=schema_org.validate,
            ),
        )
    }
)


def get_format(name: str, scope: Scope) -> Format:
    """Return the format of this name that can hold ``scope``.

    Raises
    ------
    UnknownFormat, ScopeNotOffered
    """
    found = FORMATS.get(name)
    if found is None:
        raise UnknownFormat(name=name, known=tuple(sorted(FORMATS)))
    if scope not in found.scopes:
        raise ScopeNotOffered(name=name, scope=scope)
    return found
