"""Reading catalogue files: what is refused and where; writing: what comes back."""

import gzip
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from curriculum_graph import decoding, packages
from curriculum_graph.errors import Problem, Refused
from curriculum_graph.interchange import UnknownFileType, open_catalogue, read_catalogue, write_catalogue
from curriculum_graph.snapshot import Snapshot

BYTES = "xin chào".encode()
HASH = hashlib.sha256(BYTES).hexdigest()


def document(**sections: Any) -> bytes:
    return json.dumps({"format": "curriculum-catalogue/1", "courses": [], **sections}, ensure_ascii=False).encode()


def course(**fields: Any) -> dict[str, Any]:
    return {"code": "c1", "title": "Khoá học", "minutes": 30, **fields}


def asset(**fields: Any) -> dict[str, Any]:
    return {"code": "a1", "sha256": HASH, "media_type": "text/plain", "bytes": len(BYTES), **fields}


def package(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def refusal(source: bytes) -> list[Problem]:
    with pytest.raises(Refused) as caught:
        read_catalogue(source)
    return list(caught.value.problems)


def only(source: bytes) -> tuple[str, str]:
    (problem,) = refusal(source)
    return problem.code, problem.place


def test_bytes_that_are_not_utf8_are_refused_with_offset_and_line() -> None:
    source = document(courses=[course()]).replace(b"{", b"{\n", 1) + b"\n\xff"
    (problem,) = refusal(source)
    assert (problem.code, problem.place) == ("not_utf8", "line 3")
    assert problem.fields["offset"] == len(source) - 1


def test_a_character_cut_by_the_end_of_the_file_is_refused_as_not_utf8() -> None:
    assert refusal(document()[:-1] + "ữ".encode()[:2])[0].code == "not_utf8"


def test_a_truncated_document_is_refused_at_its_end() -> None:
    source = b'{\n"format": "curriculum-catalogue/1",\n"courses": [{"code"'
    (problem,) = refusal(source)
    assert (problem.code, problem.place, problem.fields["column"]) == ("truncated", "line 3", 20)


def test_an_empty_file_is_refused_as_truncated() -> None:
    assert only(b"") == ("truncated", "line 1")


def test_malformed_json_is_refused_with_line_and_column_in_characters() -> None:
    (problem,) = refusal('{\n"format": "ữữữ",,'.encode())
    assert (problem.code, problem.place, problem.fields["column"]) == ("malformed", "line 2", 17)


def test_a_bad_escape_inside_a_course_is_refused_at_the_course() -> None:
    source = document(courses=[course(), course(code="c2", title="x@")]).replace(b"x@", b"\\x")
    problem = refusal(source)[0]
    assert problem.code == "malformed"


def test_a_nul_character_is_refused_where_it_stands() -> None:
    source = document(courses=[course(), course(code="c2", summary={"en": "x@"})]).replace(b"x@", b"\\u0000")
    assert only(source) == ("unstorable_character", "/courses/1/summary/en")


@pytest.mark.parametrize("escape", [b"\\ud800", b"\\udc00x", b"\\ud800\\ud800", b"\\\\\\uDBFF."])
def test_half_a_surrogate_pair_is_refused_with_its_line(escape: bytes) -> None:
    source = document(courses=[course(title="x@")]).replace(b"{", b"{\n", 1).replace(b"x@", escape)
    assert only(source) == ("unstorable_character", "line 2")


def test_an_escaped_backslash_before_u0000_is_text_like_any_other() -> None:
    assert read_catalogue(document(courses=[course(title="\\u0000")])).courses[0].title == "\\u0000"


def test_an_escaped_pair_of_surrogates_is_one_character() -> None:
    source = document(courses=[course(title="@")]).replace(b"@", b"\\ud83d\\ude00")
    assert read_catalogue(source).courses[0].title == "😀"


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read_catalogue(b"\xef\xbb\xbf" + document()).courses == ()


def test_another_format_version_is_refused_before_anything_else() -> None:
    assert only(b'{"format": "curriculum-catalogue/2", "new": 1}') == ("wrong_format", "/format")


@pytest.mark.parametrize("source", [b"[]", b'"x"', b"1", b"null"])
def test_a_document_that_is_no_object_is_refused(source: bytes) -> None:
    assert only(source) == ("wrong_type", "")


def test_a_document_nested_too_deeply_is_refused() -> None:
    assert only(b'{"format": ' + b"[" * 200_000)[0] == "nested_too_deeply"
    assert refusal(document(courses=[course(extra="@")]).replace(b'"@"', b"[" * 900 + b"]" * 900))


@pytest.mark.parametrize("number", [b"1e999", b"-1e999", b"9007199254740993", b"9" * 10_000])
def test_a_number_beyond_what_readers_share_is_refused(number: bytes) -> None:
    source = document(courses=[course(minutes="@")]).replace(b'"@"', number)
    assert only(source) == ("number_out_of_range", "/courses/0")


def test_a_key_given_twice_in_a_course_is_refused() -> None:
    source = document(courses=[course(owner="@")]).replace(b'"owner"', b'"code": "c2", "owner"')
    assert only(source) == ("repeated_key", "/courses/0")


def test_a_section_given_twice_is_refused() -> None:
    source = document().replace(b'"courses"', b'"courses": [], "courses"')
    assert only(source) == ("repeated_key", "/courses")


def test_a_whole_number_written_with_a_point_is_a_whole_number() -> None:
    read = read_catalogue(
        document(courses=[course(minutes=30.0, modules=[{"code": "m", "title": "t", "minutes": 5.0}])])
    )
    assert read.courses[0].minutes == 30
    assert isinstance(read.courses[0].minutes, int)


def test_all_schema_errors_are_listed_with_their_places() -> None:
    source = document(
        courses=[
            course(code="a b", minutes=0, extra=1),
            course(title={}, mode="hybrid", regions=["x", "x"]),
            {"code": "c"},
            course(modules=[{"code": "m", "title": "t", "markdown": "", "blocks": []}]),
            course(modules=[{"code": "m", "title": "t", "blocks": [{"type": "image", "asset": "a"}]}]),
            course(modules=[{"code": "m", "title": "t", "blocks": [{"type": "film"}]}]),
            course(requires=[{"any_of": []}]),
            7,
        ],
        regions=[{"code": "r", "title": "t", "valid_from": "2026-02-29"}],
        extra={},
    )
    found = {(problem.code, problem.place) for problem in refusal(source)}
    assert found == {
        ("unknown_field", "/extra"),
        ("wrong_form", "/courses/0/code"),
        ("too_small", "/courses/0/minutes"),
        ("unknown_field", "/courses/0/extra"),
        ("too_few", "/courses/1/title"),
        ("not_a_choice", "/courses/1/mode"),
        ("repeated_entry", "/courses/1/regions"),
        ("missing_field", "/courses/2"),
        ("both_given", "/courses/3/modules/0"),
        ("missing_field", "/courses/4/modules/0/blocks/0"),
        ("not_a_choice", "/courses/5/modules/0/blocks/0/type"),
        ("too_few", "/courses/6/requires/0/any_of"),
        ("wrong_type", "/courses/7"),
        ("wrong_form", "/regions/0/valid_from"),
    }


def test_errors_beyond_the_limit_are_counted() -> None:
    problems = refusal(document(courses=[course(code="")] * 300))
    assert len(problems) == 201
    assert problems[-1].code == "more_problems"
    assert problems[-1].fields["count"] == 200


def test_of_a_huge_entry_that_is_wrong_all_over_the_first_problem_is_listed() -> None:
    assert only(document(courses=[course(keywords=[{}] * 50_000)])) == ("wrong_type", "/courses/0/keywords/0")


def test_more_entries_than_any_catalogue_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "ENTRY_LIMIT", 2)
    assert only(document(courses=[course()] * 3)) == ("too_many_entries", "/courses")


def test_more_values_than_memory_should_hold_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "VALUE_LIMIT", 10)
    assert only(document(courses=[course(keywords=["x"] * 20)])) == ("too_many_values", "")


def test_a_document_above_the_limit_is_refused_however_it_is_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "DOCUMENT_LIMIT", 1000)
    big = document() + b" " * 2000
    for source in (big, gzip.compress(big), package({"catalogue.json": big})):
        assert only(source) == ("document_too_large", "")


def test_the_same_document_reads_alike_bare_packed_and_compressed() -> None:
    bare = document(courses=[course()])
    zipped = package({"catalogue.json": bare})
    expected = read_catalogue(bare)
    for source in (gzip.compress(bare), zipped, gzip.compress(zipped)):
        assert read_catalogue(source) == expected


def test_a_truncated_compressed_file_is_refused() -> None:
    assert only(gzip.compress(document())[:-12]) == ("file_damaged", "")


def test_a_truncated_package_is_refused() -> None:
    assert only(package({"catalogue.json": document()})[:-12]) == ("file_damaged", "")


def test_a_package_opens_its_assets() -> None:
    source = package({"catalogue.json": document(assets=[asset()]), f"assets/{HASH}": BYTES})
    with open_catalogue(source) as catalogue:
        assert catalogue.has_assets
        with catalogue.open_asset(catalogue.snapshot.assets[0]) as file:
            assert file.read() == BYTES


@pytest.mark.parametrize(
    ("entry", "files", "code"),
    [
        (asset(), {}, "asset_missing"),
        (asset(bytes=1), {f"assets/{HASH}": BYTES}, "asset_size"),
        (asset(), {f"assets/{HASH}": BYTES[::-1]}, "asset_differs"),
        (asset(), {f"assets/{HASH}": BYTES, "assets/other": b""}, "asset_not_listed"),
    ],
)
def test_assets_that_are_not_as_listed_are_refused(entry: dict[str, Any], files: dict[str, bytes], code: str) -> None:
    assert only(package({"catalogue.json": document(assets=[entry]), **files}))[0] == code


@pytest.mark.parametrize("name", ["../x.json", "/etc/passwd", "assets/../../x", "a\\..\\x", "c:/x"])
def test_a_package_with_an_unsafe_name_is_refused(name: str) -> None:
    assert only(package({"catalogue.json": document(), name: b""})) == ("unsafe_file_name", name)


def test_a_package_without_one_document_is_refused() -> None:
    assert only(package({"a.txt": b""}))[0] == "no_single_document"
    assert only(package({"a.json": document(), "b.json": document()}))[0] == "no_single_document"


def test_a_package_that_unpacks_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "PACKAGE_LIMIT", 100_000)
    bomb = package({"catalogue.json": document(), "assets/bomb": bytes(200_000)})
    assert only(bomb) == ("file_too_large", "")
    assert only(gzip.compress(bomb + bytes(200_000)))[0] == "file_too_large"


@pytest.mark.parametrize("name", ["c.json", "c.json.gz", "c.zip", "c.zip.gz"])
def test_what_is_written_reads_back_equal(tmp_path: Path, name: str) -> None:
    source = package({"catalogue.json": document(courses=[course()], assets=[asset()]), f"assets/{HASH}": BYTES})
    with open_catalogue(source) as catalogue:
        write_catalogue(catalogue.snapshot, tmp_path / name, open_asset=catalogue.open_asset)
        assert read_catalogue(tmp_path / name) == catalogue.snapshot
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["c.json", "c.json.gz", "c.zip", "c.zip.gz"])
def test_the_same_snapshot_is_written_in_the_same_bytes_whatever_its_order(tmp_path: Path, name: str) -> None:
    first = read_catalogue(document(courses=[course(), course(code="c0")]))
    second = read_catalogue(document(courses=[course(code="c0"), course()]))
    write_catalogue(first, tmp_path / name)
    written = (tmp_path / name).read_bytes()
    write_catalogue(second, tmp_path / name)
    assert (tmp_path / name).read_bytes() == written


def test_a_failed_write_leaves_the_older_file(tmp_path: Path) -> None:
    path = tmp_path / "c.zip"
    path.write_bytes(b"older")
    snapshot = read_catalogue(document(assets=[asset()]))
    with pytest.raises(TypeError):
        write_catalogue(snapshot, path)
    assert path.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [path]


def test_a_name_of_no_known_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownFileType):
        write_catalogue(Snapshot(format="curriculum-catalogue/1"), tmp_path / "c.csv")


def test_a_stream_receives_a_document() -> None:
    stream = io.BytesIO()
    write_catalogue(Snapshot(format="curriculum-catalogue/1"), stream)
    assert json.loads(stream.getvalue()) == {"format": "curriculum-catalogue/1", "courses": []}
