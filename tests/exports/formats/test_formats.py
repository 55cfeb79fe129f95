"""Every format writes what its own validator, and a reader that we did not write, accept."""

import json
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from rdflib import RDF, SDO, Dataset, Literal, URIRef

from curriculum_graph.interchange import read_catalogue
from curriculum_graph.snapshot import thing_uuid
from exports.formats.api import FORMATS, ScopeNotOffered, Source, UnknownFormat, get_format
from exports.formats.source import safe_name

KINDS = ("release_source", "course_source", "program_source")


def written(name: str, source: Source, folder: Path) -> Path:
    path = folder / get_format(name, source.scope).file_name(source)
    get_format(name, source.scope).write(source, path)
    return path


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", FORMATS)
def test_what_is_written_is_valid(name: str, kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    source = request.getfixturevalue(kind)
    if source.scope not in FORMATS[name].scopes:
        with pytest.raises(ScopeNotOffered):
            get_format(name, source.scope)
        return
    assert FORMATS[name].validate(written(name, source, tmp_path)) == []


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_source_gives_the_same_bytes(name: str, program_source: Source, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    first, second = written(name, program_source, tmp_path), written(name, program_source, tmp_path / "again")
    assert first.read_bytes() == second.read_bytes()


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(UnknownFormat) as raised:
        get_format("scorm-9", "release")
    assert "catalogue" in str(raised.value)


def test_a_release_round_trips_through_the_catalogue_document(release_source: Source, tmp_path: Path) -> None:
    again = read_catalogue(written("catalogue", release_source, tmp_path))
    assert {c.code: c for c in again.courses} == {c.code: c for c in release_source.snapshot.courses}
    assert again.frameworks == release_source.snapshot.frameworks


def test_a_course_brings_along_what_it_requires_and_no_more(course_source: Source, tmp_path: Path) -> None:
    again = read_catalogue(written("catalogue", course_source, tmp_path))
    assert {c.code for c in again.courses} == {"ban-hang", "tra-cuu", "so-sach"}
    assert {term.code for term in again.regions} == {"dbscl", "can-tho"}
    assert {language.code for language in again.languages} == {"km"}
    assert again.items == ()


def test_a_program_is_a_catalogue_of_its_courses(program_source: Source, tmp_path: Path) -> None:
    again = read_catalogue(written("catalogue", program_source, tmp_path))
    assert {c.code for c in again.courses} == {"tra-cuu", "kiem-tin"}


def test_a_requirement_that_the_learner_met_before_is_left_out(program_source: Source, tmp_path: Path) -> None:
    assert program_source.program
    steps = tuple(step for step in program_source.program.steps if step.course == "kiem-tin")
    program = msgspec.structs.replace(program_source.program, steps=steps)
    again = read_catalogue(written("catalogue", replace(program_source, program=program), tmp_path))
    assert [(course.code, course.requires) for course in again.courses] == [("kiem-tin", ())]


def test_a_requirement_that_earlier_steps_meet_is_kept(program_source: Source, tmp_path: Path) -> None:
    again = read_catalogue(written("catalogue", program_source, tmp_path))
    [course] = [course for course in again.courses if course.code == "kiem-tin"]
    assert [entry.competence for group in course.requires for entry in group.any_of] == ["kt:1.1"]


def test_a_wrong_total_is_found(wrong_program_source: Source, tmp_path: Path) -> None:
    problems = FORMATS["program"].validate(written("program", wrong_program_source, tmp_path))
    assert [p.code for p in problems] == ["minutes_wrong"]


def test_an_rdf_reader_finds_prerequisites_in_the_json_ld(release_source: Source, tmp_path: Path) -> None:
    graph = Dataset(default_union=True).parse(written("schema-org", release_source, tmp_path), format="json-ld")
    sale, search, verify = (URIRef(f"urn:uuid:{thing_uuid('course', c)}") for c in ("ban-hang", "tra-cuu", "kiem-tin"))
    assert (search, RDF.type, SDO.Course) in graph
    assert (search, SDO.name, Literal("Searching the web", lang="en")) in graph
    assert (search, SDO.timeRequired, Literal("PT45M")) in graph
    assert len(list(graph.objects(sale, SDO.coursePrerequisites))) == 2
    [level] = graph.objects(verify, SDO.coursePrerequisites)
    assert graph.value(level, SDO.targetUrl) == Literal(f"urn:uuid:{thing_uuid('competence', 'kt:1.1')}")


def test_a_dangling_reference_and_a_double_id_are_found(release_source: Source, tmp_path: Path) -> None:
    path = written("schema-org", release_source, tmp_path)
    document = json.loads(path.read_text())
    document["@graph"] += [document["@graph"][0], {"@type": "ItemList", "itemListElement": [{"@id": "urn:nowhere"}]}]
    path.write_text(json.dumps(document))
    assert {p.code for p in FORMATS["schema-org"].validate(path)} == {"dangling_reference", "duplicate_id"}


@pytest.mark.parametrize("code", ["a/../../b", "a b", "người", "x" * 300])
def test_a_name_of_a_file_stays_in_its_folder(code: str) -> None:
    name = safe_name(code)
    assert Path(name).name == name and name not in {".", ".."} and len(name) < 200


@pytest.mark.parametrize(("one", "other"), [("Đ", "\x110"), ("x" * 300, "x" * 301), ("a/b", "a%2Fb")])
def test_distinct_codes_give_distinct_names_of_files(one: str, other: str) -> None:
    assert safe_name(one) != safe_name(other)
