"""A document with errors, by itself or together with what is there, changes nothing."""

from typing import Any

import pytest

from cms.catalogue.api import build_snapshot
from cms.catalogue.models import CoursePage, Module
from curriculum_graph.api import Refused
from tests.factories.importing import full_document, import_document

pytestmark = pytest.mark.django_db


def _document(*courses: dict[str, Any], **parts: Any) -> dict[str, Any]:
    filled = [{"title": "T", "minutes": 1, **course} for course in courses]
    return {"format": "curriculum-catalogue/1", "courses": filled, **parts}


def _needs(*codes: str) -> list[dict[str, Any]]:
    return [{"any_of": [{"course": code} for code in codes]}]


def _problems(document: dict[str, Any], **options: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refusal:
        import_document(document, **options)
    return [(problem.place, problem.code) for problem in refusal.value.problems]


def test_a_document_may_refer_to_what_is_there_already() -> None:
    import_document(full_document())
    new = {
        "code": "moi", "requires": _needs("tim-kiem"), "regions": ["vn-tq"], "teaches": [
            {"competence": "nls:1.1", "level": 2}
        ],
        "modules": [{"code": "moi-1", "title": "M", "blocks": [{"type": "question", "item": "cau-1"}]}],
    }  # fmt: skip
    assert import_document(_document(new)).of("course").created == 1


def test_an_unknown_code_is_named_at_its_place() -> None:
    found = _problems(_document({"code": "a", "regions": ["nowhere"]}))
    assert [place for place, _code in found] == ["/courses/0/regions/0"]


def test_a_refused_document_writes_nothing() -> None:
    _problems(_document({"code": "a"}, {"code": "b", "requires": _needs("nowhere")}))
    assert not CoursePage.objects.exists()


def test_a_deadlock_between_the_document_and_what_is_there_is_refused() -> None:
    import_document(_document({"code": "a"}, {"code": "b", "requires": _needs("a")}))
    found = _problems(_document({"code": "a", "requires": _needs("b")}))
    assert [code for _place, code in found] == ["deadlock"]


def test_a_loop_with_another_way_in_is_accepted() -> None:
    import_document(_document({"code": "a"}, {"code": "b", "requires": _needs("a")}, {"code": "c"}))
    assert import_document(_document({"code": "a", "requires": _needs("b", "c")})).of("course").updated == 1


def test_a_change_that_breaks_what_is_there_is_placed_there() -> None:
    framework = {"code": "k", "title": "K", "levels": 4, "competences": [{"code": "k:1", "title": "K1"}]}
    teaches = [{"competence": "k:1", "level": 4}]
    import_document(_document({"code": "a", "teaches": teaches}, frameworks=[framework]))
    found = _problems(_document(frameworks=[{**framework, "levels": 2}]))
    assert [place for place, _code in found] == ["installed/courses/a/teaches/0/level"]


def test_errors_that_are_there_anyway_do_not_stop_a_sound_document() -> None:
    import_document(_document({"code": "a"}))
    page = CoursePage.objects.get()
    page.regions = ["nowhere"]
    page.save_revision(clean=False).publish()
    assert import_document(_document({"code": "b"})).of("course").created == 1


def test_a_failure_while_writing_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(kind: str, done: int, total: int) -> None:
        if kind == "course":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_document(full_document(), progress=fail)
    assert (CoursePage.objects.count(), Module.objects.count()) == (0, 0)


def test_a_snapshot_is_refused_when_a_live_course_lists_a_module_that_is_not_live() -> None:
    import_document(full_document())
    Module.objects.get(code="ld-1").unpublish()
    with pytest.raises(Refused) as refusal:
        build_snapshot()
    assert [(p.code, p.fields["module"]) for p in refusal.value.problems] == [("module_not_live", "ld-1")]


def test_a_snapshot_is_refused_when_something_live_cannot_be_said_in_the_document() -> None:
    import_document(full_document())
    page = CoursePage.objects.get(code="tim-kiem")
    page.teaches = [{"competence": "nls:1.1"}]
    page.save_revision(clean=False).publish()
    with pytest.raises(Refused) as refusal:
        build_snapshot()
    assert [problem.code for problem in refusal.value.problems] == ["content_unreadable"]
