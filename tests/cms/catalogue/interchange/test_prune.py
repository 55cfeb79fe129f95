"""``--prune`` takes out what the document does not name."""

from typing import Any

import pytest
from wagtail.models import Page

from cms.catalogue.models import Asset, CoursePage, Module, SubjectPage
from curriculum_graph.api import Refused
from tests.factories.importing import counts, export_document, full_document, import_document
from tests.factories.normalising import normalise

pytestmark = pytest.mark.django_db


def _one(**fields: Any) -> dict[str, Any]:
    return {"format": "curriculum-catalogue/1", "courses": [{"code": "a", "title": "A", "minutes": 1}], **fields}


def test_afterwards_the_catalogue_is_the_document() -> None:
    import_document(full_document())
    import_document(_one(), prune=True)
    assert normalise(export_document()) == normalise(_one())


def test_a_second_time_nothing_changes() -> None:
    import_document(full_document())
    import_document(_one(), prune=True)
    assert import_document(_one(), prune=True).changed == 0


def test_what_was_taken_out_is_counted() -> None:
    import_document(full_document())
    assert counts(import_document(_one(), prune=True), "course") == (1, 0, 0, 4)


def test_a_dry_run_counts_it_and_takes_nothing_out() -> None:
    import_document(full_document())
    promised = import_document(_one(), prune=True, dry_run=True)
    assert normalise(export_document()) == normalise(full_document())
    assert import_document(_one(), prune=True) == promised


def test_a_course_taken_out_keeps_its_history_as_a_draft() -> None:
    import_document(full_document())
    import_document(_one(), prune=True)
    page = CoursePage.objects.get(code="tim-kiem")
    assert (page.live, page.live_revision, page.has_unpublished_changes) == (False, None, True)
    assert page.latest_revision is not None


def test_a_course_taken_out_comes_back_with_the_next_document() -> None:
    import_document(full_document())
    import_document(_one(), prune=True)
    import_document(full_document(), prune=True)
    assert normalise(export_document()) == normalise(full_document())


def test_a_document_that_refers_to_what_it_would_take_out_is_refused() -> None:
    import_document(full_document())
    document = _one()
    document["courses"][0]["requires"] = [{"any_of": [{"course": "tim-kiem"}]}]
    with pytest.raises(Refused):
        import_document(document, prune=True)


def test_a_region_that_a_draft_refers_to_is_not_deleted() -> None:
    import_document(_one(regions=[{"code": "r", "title": "R"}]))
    page = CoursePage(code="nhap", title="N", title_text="N", minutes=1, regions=["r"], live=False)
    SubjectPage.objects.get().add_child(instance=page)
    page.save_revision()
    with pytest.raises(Refused) as refusal:
        import_document(_one(), prune=True)
    assert [(p.code, p.place, p.fields["code"]) for p in refusal.value.problems] == [
        ("still_used", "installed/courses/nhap", "r")
    ]


def test_an_asset_that_unpublished_edits_refer_to_is_not_deleted() -> None:
    document = _one(assets=[{"code": "tep", "sha256": "0" * 64, "media_type": "image/png", "bytes": 1}])
    document["courses"][0]["modules"] = [{"code": "m", "title": "M"}]
    import_document(document)
    module = Module.objects.get()
    module.body = [{"type": "image", "value": {"asset": "tep", "alt": "Hình"}}]
    module.save_revision()
    with pytest.raises(Refused):
        import_document({**document, "assets": []}, prune=True)
    assert Asset.objects.count() == 1


def test_drafts_that_were_never_published_stay() -> None:
    import_document(_one())
    SubjectPage.objects.get().add_child(
        instance=CoursePage(code="nhap", title="N", title_text="N", minutes=1, live=False)
    )
    import_document(_one(), prune=True)
    assert CoursePage.objects.filter(code="nhap").exists()


def test_the_tree_is_sound_afterwards() -> None:
    import_document(full_document())
    import_document(_one(), prune=True)
    assert Page.find_problems() == ([], [], [], [], [])
