"""What a curriculum is refused for, and where it says so."""

import hashlib
import json
from typing import Any

import pytest

from curriculum_graph.checks import check_snapshot
from curriculum_graph.interchange import read_catalogue
from curriculum_graph.snapshot import Snapshot

FRAMEWORK = {
    "code": "tt02",
    "title": "Khung",
    "levels": 8,
    "domains": [{"code": "tt02:1", "title": "Miền"}],
    "competences": [{"code": "tt02:1.1", "title": "Năng lực", "domain": "tt02:1", "descriptors": {"8": "x"}}],
}
ITEM = {
    "code": "q1", "competence": "tt02:1.1", "level": 1, "kind": "single_choice", "prompt": "?",
    "options": [{"code": "a", "text": "A"}, {"code": "b", "text": "B"}], "correct": ["a"],
}  # fmt: skip


def course(code: str = "c1", **fields: Any) -> dict[str, Any]:
    return {"code": code, "title": code, "minutes": 30, **fields}


def module(**fields: Any) -> dict[str, Any]:
    return {"code": "m1", "title": "m1", **fields}


def snapshot(**sections: Any) -> Snapshot:
    document = {"format": "curriculum-catalogue/1", "courses": [], "frameworks": [FRAMEWORK], **sections}
    return read_catalogue(json.dumps(document).encode())


def found(severity: str = "error", **sections: Any) -> list[tuple[str, str]]:
    problems = check_snapshot(snapshot(**sections))
    return [(problem.code, problem.place) for problem in problems if problem.severity == severity]


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"requires": [{"any_of": [{"course": "x"}]}]}, "/courses/0/requires/0/any_of/0/course"),
        ({"requires": [{"any_of": [{"competence": "x", "level": 1}]}]}, "/courses/0/requires/0/any_of/0/competence"),
        ({"teaches": [{"competence": "x", "level": 1}]}, "/courses/0/teaches/0/competence"),
        ({"recommended_after": ["x"]}, "/courses/0/recommended_after/0"),
        ({"regions": ["x"]}, "/courses/0/regions/0"),
        ({"audiences": ["x"]}, "/courses/0/audiences/0"),
        ({"industries": ["x"]}, "/courses/0/industries/0"),
        (
            {"modules": [module(variants=[{"code": "v", "regions": ["x"]}])]},
            "/courses/0/modules/0/variants/0/regions/0",
        ),
        ({"modules": [module(blocks=[{"type": "question", "item": "x"}])]}, "/courses/0/modules/0/blocks/0/item"),
        (
            {"modules": [module(variants=[{"code": "v", "blocks": [{"type": "audio", "asset": "x"}]}])]},
            "/courses/0/modules/0/variants/0/blocks/0/asset",
        ),
        (
            {
                "modules": [
                    module(
                        blocks=[
                            {"type": "video", "url": "https://a.vn/", "captions": [{"language": "vi", "asset": "x"}]}
                        ]
                    )
                ]
            },
            "/courses/0/modules/0/blocks/0/captions/0/asset",
        ),
    ],
)
def test_a_code_that_nothing_has_is_an_error_where_a_course_names_it(fields: dict[str, Any], place: str) -> None:
    assert found(courses=[course(**fields)]) == [("unknown_code", place)]


@pytest.mark.parametrize(
    ("sections", "place"),
    [
        ({"regions": [{"code": "r", "title": "r", "parent": "x"}]}, "/regions/0/parent"),
        ({"audiences": [{"code": "r", "title": "r", "replaced_by": "x"}]}, "/audiences/0/replaced_by"),
        ({"items": [{**ITEM, "competence": "x"}]}, "/items/0/competence"),
        ({"programmes": [{"code": "p", "title": "p", "goals": [{"course": "x"}]}]}, "/programmes/0/goals/0/course"),
        (
            {"programmes": [{"code": "p", "title": "p", "goals": [{"competence": "x", "level": 1}]}]},
            "/programmes/0/goals/0/competence",
        ),
        (
            {
                "courses": [course()],
                "programmes": [{"code": "p", "title": "p", "regions": ["x"], "goals": [{"course": "c1"}]}],
            },
            "/programmes/0/regions/0",
        ),
        ({"crosswalks": [{"from": "tt02:1.1", "to": "x", "relation": "close"}]}, "/crosswalks/0/to"),
        (
            {"frameworks": [{**FRAMEWORK, "competences": [{"code": "c", "title": "c", "domain": "x"}]}]},
            "/frameworks/0/competences/0/domain",
        ),
    ],
)
def test_a_code_that_nothing_has_is_an_error_anywhere_else(sections: dict[str, Any], place: str) -> None:
    assert found(**sections) == [("unknown_code", place)]


def test_a_language_need_not_be_listed() -> None:
    assert found(courses=[course(languages=["en"])]) == []


@pytest.mark.parametrize(
    ("sections", "place"),
    [
        ({"courses": [course(teaches=[{"competence": "tt02:1.1", "level": 9}])]}, "/courses/0/teaches/0/level"),
        (
            {"courses": [course(requires=[{"any_of": [{"competence": "tt02:1.1", "level": 9}]}])]},
            "/courses/0/requires/0/any_of/0/level",
        ),
        ({"items": [{**ITEM, "level": 9}]}, "/items/0/level"),
        (
            {"programmes": [{"code": "p", "title": "p", "goals": [{"competence": "tt02:1.1", "level": 9}]}]},
            "/programmes/0/goals/0/level",
        ),
    ],
)
def test_a_level_above_the_frameworks_is_an_error(sections: dict[str, Any], place: str) -> None:
    assert found(**sections) == [("level_too_high", place)]


def test_a_crosswalk_given_twice_is_an_error_and_another_relation_of_the_pair_is_not() -> None:
    pair = {"from": "tt02:1.1", "to": "tt02:1"}
    crosswalks = [{**pair, "relation": "close"}, {**pair, "relation": "broader"}, {**pair, "relation": "close"}]
    assert found(crosswalks=crosswalks) == [("repeated_entry", "/crosswalks/2")]


@pytest.mark.parametrize("level", ["0", "9", "x", "1.0", "²", "9" * 5000])
def test_a_descriptor_of_no_level_is_an_error(level: str) -> None:
    competence = {"code": "c", "title": "c", "descriptors": {level: "x"}}
    ((code, _),) = found(frameworks=[{**FRAMEWORK, "competences": [competence]}])
    assert code == "no_such_level"


@pytest.mark.parametrize(
    ("sections", "place"),
    [
        ({"courses": [course(), course()]}, "/courses/1/code"),
        ({"regions": [{"code": "r", "title": "r"}] * 2}, "/regions/1/code"),
        ({"languages": [{"code": "vi", "title": "r"}] * 2}, "/languages/1/code"),
        ({"items": [ITEM, ITEM]}, "/items/1/code"),
        ({"items": [{**ITEM, "options": [{"code": "a", "text": "A"}] * 2}]}, "/items/0/options/1/code"),
        ({"courses": [course(modules=[module(), module()])]}, "/courses/0/modules/1/code"),
        (
            {"courses": [course(modules=[module(variants=[{"code": "v"}, {"code": "v"}])])]},
            "/courses/0/modules/0/variants/1/code",
        ),
        ({"frameworks": [FRAMEWORK, {**FRAMEWORK, "code": "b", "domains": []}]}, "/frameworks/1/competences/0/code"),
    ],
)
def test_a_code_given_twice_in_one_kind_is_an_error_at_the_second(sections: dict[str, Any], place: str) -> None:
    assert ("duplicate_code", place) in found(**sections)


def test_kinds_have_codes_of_their_own() -> None:
    assert found(courses=[course("x", modules=[module(code="x")])], regions=[{"code": "x", "title": "x"}]) == []


def test_a_variant_code_may_return_in_another_module() -> None:
    modules = [module(variants=[{"code": "v"}]), module(code="m2", variants=[{"code": "v"}])]
    assert found(courses=[course(modules=modules)]) == []


def test_a_module_that_differs_between_courses_is_an_error() -> None:
    courses = [course(modules=[module()]), course("c2", modules=[module(markdown="khác")])]
    assert found(courses=courses) == [("module_differs", "/courses/1/modules/0")]


def test_a_module_written_otherwise_is_the_same_module() -> None:
    variants = [{"code": "v", "accessibility": ["audio", "captions"]}, {"code": "w"}]
    turned = [{"code": "w"}, {"code": "v", "accessibility": ["captions", "audio"]}]
    one = module(markdown="x", variants=variants)
    other = module(blocks=[{"type": "markdown", "text": "x"}], variants=turned)
    assert found(courses=[course(modules=[one]), course("c2", modules=[other])]) == []


@pytest.mark.parametrize(("field", "code"), [("parent", "parent_cycle"), ("replaced_by", "replaced_by_cycle")])
def test_terms_that_go_round_are_an_error_named_once(field: str, code: str) -> None:
    terms = [{"code": name, "title": name, field: after} for name, after in ("ba", "ac", "cb", "xa")]
    problems = check_snapshot(snapshot(regions=terms))
    assert [(problem.code, problem.place) for problem in problems] == [(code, f"/regions/1/{field}")]
    assert problems[0].fields["loop"] == ("a", "c", "b")


def test_a_term_that_is_its_own_parent_is_an_error() -> None:
    assert found(regions=[{"code": "r", "title": "r", "parent": "r"}]) == [("parent_cycle", "/regions/0/parent")]


def test_a_deep_tree_is_no_problem() -> None:
    terms = [{"code": f"r{n}", "title": "r", "parent": f"r{n - 1}" if n else None} for n in range(5000)]
    assert found(regions=terms) == []


def test_dates_the_wrong_way_round_are_an_error() -> None:
    term = {"code": "r", "title": "r", "valid_from": "2025-07-01", "valid_until": "2025-06-30"}
    assert found(regions=[term]) == [("dates_reversed", "/regions/0/valid_until")]


def test_a_right_answer_that_is_no_option_is_an_error() -> None:
    assert found(items=[{**ITEM, "correct": ["a", "z"]}]) == [("answer_not_an_option", "/items/0/correct/1")]


def test_a_right_answer_to_type_in_is_no_option() -> None:
    item = {**ITEM, "kind": "text_entry", "correct": ["mật khẩu mạnh"]}
    del item["options"]
    assert found(items=[item]) == []


def test_a_deadlock_is_an_error_at_the_requirement_where_it_starts() -> None:
    courses = [
        course("b", requires=[{"any_of": [{"course": "a"}]}]),
        course("a", requires=[{"any_of": [{"course": "z"}]}, {"any_of": [{"course": "b"}]}]),
        course("z"),
    ]
    problems = check_snapshot(snapshot(courses=courses))
    assert [(problem.code, problem.place) for problem in problems] == [("deadlock", "/courses/1/requires/1")]
    assert problems[0].fields == {"courses": ("a", "b"), "loop": ("a", "b"), "through": ("", "")}


def test_an_unknown_course_in_a_group_is_one_error_and_no_deadlock() -> None:
    courses = [course("a", requires=[{"any_of": [{"course": "x"}, {"course": "a"}]}])]
    assert [code for code, _ in found(courses=courses)] == ["unknown_code"]


def test_a_level_that_nobody_teaches_is_a_warning() -> None:
    courses = [course(requires=[{"any_of": [{"competence": "tt02:1.1", "level": 2}]}])]
    assert found(courses=courses) == []
    assert found("warning", courses=courses) == [("level_not_taught", "/courses/0/requires/0/any_of/0")]


def test_a_way_into_itself_beside_another_is_a_warning() -> None:
    courses = [course(requires=[{"any_of": [{"course": "c1"}, {"course": "c2"}]}]), course("c2")]
    assert found(courses=courses) == []
    assert found("warning", courses=courses) == [("requires_itself", "/courses/0/requires/0/any_of/0")]


def test_minutes_that_no_database_holds_are_an_error() -> None:
    assert found(courses=[course(minutes=2**31)]) == [("too_large", "/courses/0/minutes")]


def test_assets_resolve_by_code() -> None:
    asset = {"code": "a", "sha256": hashlib.sha256(b"").hexdigest(), "media_type": "image/png", "bytes": 0}
    blocks = [{"type": "image", "asset": "a", "alt": ""}, {"type": "download", "asset": "a", "title": "t"}]
    assert found(assets=[asset], courses=[course(modules=[module(blocks=blocks)])]) == []
