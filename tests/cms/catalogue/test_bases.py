"""A variant remembers the version of the base from which it was written."""

from collections.abc import Callable
from typing import Any

import pytest

from cms.catalogue.bases import find_base, list_outdated
from cms.catalogue.models import Module, Variant
from cms.catalogue.signals import base_changed
from tests.cms.catalogue.conftest import markdown
from tests.factories.importing import full_document, import_document

pytestmark = pytest.mark.django_db


def publish(module: Module, text: str) -> None:
    module.body = markdown(text)
    module.save_revision().publish()
    module.refresh_from_db()


@pytest.fixture
def heard(django_capture_on_commit_callbacks: Any) -> Any:
    """Return what listeners are told of what a call does."""

    def listen(act: Callable[[], Any]) -> list[list[int]]:
        told: list[list[int]] = []

        def hear(modules: list[int], **_kwargs: Any) -> None:
            told.append(modules)

        base_changed.connect(hear)
        try:
            with django_capture_on_commit_callbacks(execute=True):
                act()
        finally:
            base_changed.disconnect(hear)
        return told

    return listen


def test_a_new_variant_stands_on_what_the_base_says(module: Module, make_variant: Callable[..., Variant]) -> None:
    assert make_variant("v").base_version == module.version
    assert list(list_outdated()) == []


def test_a_published_change_of_the_base_marks_its_variants(
    module: Module, make_variant: Callable[..., Variant], heard: Any
) -> None:
    variant = make_variant("v")
    assert heard(lambda: publish(module, "Mới")) == [[module.pk]]
    assert list(list_outdated([module.pk])) == [variant]
    variant.refresh_from_db()
    assert variant.is_outdated


def test_a_draft_of_the_base_marks_nothing(module: Module, make_variant: Callable[..., Variant], heard: Any) -> None:
    make_variant("v")
    module.body = markdown("Nháp")
    assert heard(module.save_revision) == []
    assert list(list_outdated()) == []


def test_what_the_base_said_before_is_kept(module: Module, make_variant: Callable[..., Variant]) -> None:
    variant = make_variant("v")
    publish(module, "Mới")
    module.revisions.exclude(pk=module.latest_revision_id).delete()
    base = find_base(module, variant.base_version)
    assert base is not None
    assert base.body[0]["value"] == {"text": "# Dài\n\nvà riêng"}


def test_a_base_put_back_is_no_change(module: Module, make_variant: Callable[..., Variant]) -> None:
    make_variant("v")
    publish(module, "Mới")
    publish(module, "# Dài\n\nvà riêng")
    assert list(list_outdated()) == []


def test_a_base_without_variants_is_not_kept_but_found_among_its_revisions(module: Module) -> None:
    before = module.version
    publish(module, "Mới")
    assert not module.base_versions.exists()
    assert find_base(module, before) is not None
    assert find_base(module, "0" * 64) is None


def test_a_draft_from_before_versions_were_known_keeps_the_rows(make_variant: Callable[..., Variant]) -> None:
    variant = make_variant("v")
    revision = variant.latest_revision
    del revision.content["base_version"]
    revision.save()
    revision.publish()
    variant.refresh_from_db()
    assert variant.base_version == variant.module.version


def test_an_import_that_changes_a_base_marks_the_variants_it_does_not_change(heard: Any) -> None:
    document = full_document()
    import_document(document)
    assert list(list_outdated()) == []
    course = next(course for course in document["courses"] if any(m.get("variants") for m in course.get("modules", ())))
    module = next(module for module in course["modules"] if module.get("variants"))
    for other in document["courses"]:
        for same in other.get("modules", ()):
            if same["code"] == module["code"]:
                same["title"] = "Tên khác"
    row = Module.objects.get(code=module["code"])
    before = row.version
    assert heard(lambda: import_document(document)) == [[row.pk]]
    row.refresh_from_db()
    assert {variant.code for variant in list_outdated()} == {variant["code"] for variant in module["variants"]}
    assert find_base(row, before) is not None
    assert heard(lambda: import_document(document)) == []
