"""The things of a catalogue as schema.org describes them; see :mod:`exports.formats.schema_org` for the mapping."""

from collections.abc import Iterable
from typing import Any

from curriculum_graph.snapshot import (
    BASE_LANGUAGE,
    Course,
    Framework,
    Goal,
    Group,
    Kind,
    LevelOf,
    Module,
    Programme,
    Requirement,
    Snapshot,
    Term,
    Text,
    Variant,
    text_in,
    thing_uuid,
)
from recommender.engine.program import Program

Node = dict[str, Any]


def iri(kind: Kind, code: str) -> str:
    """Return the identifier of a thing: its UUID as a URN, the same in every export."""
    return f"urn:uuid:{thing_uuid(kind, code)}"


def ref(kind: Kind, code: str) -> Node:
    """Return a reference to a thing."""
    return {"@id": iri(kind, code)}


def text(value: Text | None) -> Any:
    """Return a short text as JSON-LD strings with their language."""
    if value is None:
        return None
    if isinstance(value, str):
        return {"@value": value, "@language": BASE_LANGUAGE}
    return [{"@value": words, "@language": tag} for tag, words in sorted(value.items())]


def _node(**properties: Any) -> Node:
    """Return a node without the properties that have no value; ``id`` and ``type`` are JSON-LD's."""
    renamed = {"@id": properties.pop("id", None), "@type": properties.pop("type", None), **properties}
    return {key: value for key, value in renamed.items() if value not in (None, [], {})}


def framework(value: Framework) -> Node:
    """Return a competence framework as a set of terms."""
    return _node(
        id=iri("framework", value.code),
        type="DefinedTermSet",
        name=text(value.title),
        version=value.version,
        identifier=value.code,
        description=value.source,
        hasDefinedTerm=[
            _node(id=iri("competence", c.code), type="DefinedTerm", termCode=c.code, name=text(c.title),
                  inDefinedTermSet=ref("framework", value.code))
            for c in value.competences
        ],
    )  # fmt: skip


def place(term: Term, regions: Iterable[Term]) -> Node:
    """Return a region."""
    known = {region.code for region in regions}
    parent = ref("region", term.parent) if term.parent in known and term.parent else None
    return _node(
        id=iri("region", term.code), type="AdministrativeArea", name=text(term.title), identifier=term.code,
        containedInPlace=parent,
    )  # fmt: skip


def audience(term: Term) -> Node:
    """Return an audience."""
    return _node(
        id=iri("audience", term.code), type="EducationalAudience", name=text(term.title), identifier=term.code,
        educationalRole="student",
    )  # fmt: skip


def industry(term: Term) -> Node:
    """Return an industry."""
    return _node(id=iri("industry", term.code), type="DefinedTerm", name=text(term.title), termCode=term.code)


def organization(owner: str) -> Node:
    """Return the owner of courses."""
    return _node(id=f"urn:x-curriculum:owner:{owner.replace(' ', '%20')}", type="Organization", name=owner)


def data_set(release: str, published: str, scope: str) -> Node:
    """Return what says from which release all of this was taken, and when it was published."""
    return _node(
        id=iri("release", f"{release}/{scope}"), type="DataFeed", identifier=release, dateModified=published,
        inLanguage=BASE_LANGUAGE,
    )  # fmt: skip


def program(value: Program) -> Node:
    """Return a learner's program: courses in order, without anything about the learner but the pseudonym."""
    return _node(
        id=f"urn:x-curriculum:program:{value.learner.encode().hex()}",
        type="ItemList",
        itemListOrder="https://schema.org/ItemListOrderAscending",
        numberOfItems=len(value.steps),
        itemListElement=[
            _node(type="ListItem", position=step.position, item=ref("course", step.course)) for step in value.steps
        ],
    )


class Courses:
    """Writes the courses and programmes of one catalogue."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.titles = {c.code: c.title for c in snapshot.courses}
        self.competences = {c.code: (c.title, f.code) for f in snapshot.frameworks for c in f.competences}
        self.frameworks = {f.code: f.title for f in snapshot.frameworks}

    def course(self, value: Course) -> Node:
        """Return a course with its modules."""
        owner = f"urn:x-curriculum:owner:{value.owner.replace(' ', '%20')}" if value.owner else None
        return _node(
            id=iri("course", value.code),
            type="Course",
            courseCode=value.code,
            name=text(value.title),
            description=text(value.summary),
            provider={"@id": owner} if owner else None,
            license=value.licence,
            inLanguage=list(value.languages) or [BASE_LANGUAGE],
            timeRequired=f"PT{value.minutes}M",
            isAccessibleForFree=True,
            courseMode=value.mode,
            keywords=list(value.keywords),
            accessibilityFeature=[feature.replace("_", " ") for feature in value.accessibility],
            audience=[ref("audience", code) for code in value.audiences],
            spatialCoverage=[ref("region", code) for code in value.regions],
            about=[ref("industry", code) for code in value.industries],
            teaches=[ref("competence", level.competence) for level in value.teaches],
            educationalAlignment=[self._aligned("teaches", level) for level in value.teaches],
            coursePrerequisites=[self._prerequisite(group) for group in value.requires],
            hasPart=[self._module(value.code, module) for module in value.modules],
        )

    def programme(self, value: Programme) -> Node:
        """Return a programme with the courses and levels that are its goals."""
        return _node(
            id=iri("programme", value.code),
            type="EducationalOccupationalProgram",
            identifier=value.code,
            name=text(value.title),
            audience=[ref("audience", code) for code in value.audiences],
            spatialCoverage=[ref("region", code) for code in value.regions],
            hasCourse=[ref("course", goal.course) for goal in value.goals if goal.course],
            educationalCredentialAwarded=[self._goal(goal) for goal in value.goals if goal.competence],
        )

    def _goal(self, goal: Goal) -> Node:
        return _node(
            type="EducationalOccupationalCredential",
            competencyRequired=ref("competence", goal.competence or ""),
            educationalLevel=str(goal.level),
        )

    def _module(self, course: str, value: Module) -> Node:
        # A module used in two courses is described in each: its node is the course's own, ``identifier`` is shared.
        return _node(
            id=iri("module", f"{course} {value.code}"),
            type="LearningResource",
            identifier=value.code,
            name=text(value.title),
            timeRequired=f"PT{value.minutes}M" if value.minutes else None,
            workExample=[self._variant(course, value, variant) for variant in value.variants],
        )

    def _variant(self, course: str, module: Module, value: Variant) -> Node:
        return _node(
            id=iri("variant", f"{course} {module.code} {value.code}"),
            type="LearningResource",
            identifier=value.code,
            name=text(value.title),
            inLanguage=list(value.languages),
            audience=[ref("audience", code) for code in value.audiences],
            spatialCoverage=[ref("region", code) for code in value.regions],
            about=[ref("industry", code) for code in value.industries],
            accessibilityFeature=[feature.replace("_", " ") for feature in value.accessibility],
        )

    def _prerequisite(self, group: Group) -> Node:
        """Return a group: its one course or level itself, else an alignment that names every way to satisfy it."""
        if len(group.any_of) == 1:
            return self._requirement(group.any_of[0])
        return _node(
            type="AlignmentObject",
            alignmentType="prerequisite",
            targetName=" | ".join(self._words(requirement) for requirement in group.any_of),
            targetDescription=text(group.rationale),
            anyOf=[iri(*_target(requirement)) for requirement in group.any_of],
        )

    def _requirement(self, requirement: Requirement) -> Node:
        if requirement.course:
            return ref("course", requirement.course)
        return self._aligned(
            "prerequisite", LevelOf(competence=requirement.competence or "", level=requirement.level or 1)
        )

    def _aligned(self, kind: str, level: LevelOf) -> Node:
        title, code = self.competences[level.competence]
        return _node(
            type="AlignmentObject",
            alignmentType=kind,
            educationalFramework=text_in(self.frameworks[code]),
            targetName=text_in(title),
            targetDescription=str(level.level),
            targetUrl=iri("competence", level.competence),
        )

    def _words(self, requirement: Requirement) -> str:
        if requirement.course:
            return text_in(self.titles[requirement.course])
        return f"{text_in(self.competences[requirement.competence or ''][0])} ≥ {requirement.level}"


def _target(requirement: Requirement) -> tuple[Kind, str]:
    if requirement.course:
        return "course", requirement.course
    return "competence", requirement.competence or ""
