"""What a bulk import leaves in the database is what Wagtail itself would have left, publishing one thing at a time."""

import json
import re
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.serializers import serialize
from django.db import transaction
from django.utils.translation import gettext
from wagtail.models import ModelLogEntry, Page, PageLogEntry, ReferenceIndex, Revision

from cms.catalogue.interchange import values
from cms.catalogue.models import CatalogueIndexPage, CoursePage, Module, OwnerPage, SubjectPage, TestItem, Variant
from cms.searching.models import SearchEntry
from curriculum_graph.api import read_catalogue
from curriculum_graph.snapshot import Course, Snapshot, to_document
from tests.factories.importing import full_document, import_document

pytestmark = pytest.mark.django_db

TABLES: tuple[Any, ...] = (
    Page, CatalogueIndexPage, OwnerPage, SubjectPage, CoursePage, Module, Variant, TestItem, Revision, ReferenceIndex,
    SearchEntry, PageLogEntry, ModelLogEntry,
)  # fmt: skip
CODE = "an-toan/mat-khau"


def test_a_new_course_leaves_the_rows_that_wagtail_would_have_left() -> None:
    document = _one_course()
    snapshot = read_catalogue(json.dumps(document).encode())
    ours = _rolled_back(lambda: import_document(document))
    theirs = _rolled_back(lambda: _publish_one_by_one(snapshot))
    assert {name for name in ours if ours[name] != theirs[name]} == set()


def test_a_changed_course_leaves_the_rows_that_wagtail_would_have_left() -> None:
    document = _one_course()
    import_document(document)
    course = document["courses"][0]
    course["title"]["vi"] = "Mật khẩu mới"
    course["modules"][0]["title"] = "Tên mới"
    course["modules"][0]["variants"][0]["blocks"][0]["text"] = "ថ្មី"
    snapshot = read_catalogue(json.dumps(document).encode())
    ours = _rolled_back(lambda: import_document(document))
    theirs = _rolled_back(lambda: _republish_one_by_one(snapshot.courses[0]))
    assert {name for name in ours if ours[name] != theirs[name]} == set()


def test_a_course_taken_out_leaves_the_rows_that_wagtail_would_have_left() -> None:
    document = _one_course()
    import_document(document)
    course = document["courses"].pop()
    ours = _rolled_back(lambda: import_document(document, prune=True))
    theirs = _rolled_back(lambda: _unpublish_one_by_one(course["code"]))
    assert {name for name in ours if ours[name] != theirs[name]} == set()


def _one_course() -> dict[str, Any]:
    document = full_document()
    document["courses"] = [course for course in document["courses"] if course["code"] == CODE]
    del document["programmes"]
    return document


def _rolled_back(act: Any) -> dict[str, list[Any]]:
    """Return what the tables hold after ``act``, and undo it."""
    with transaction.atomic():
        act()
        PageLogEntry.objects.filter(action__startswith="catalogue.").delete()  # the one entry for the whole
        rows = {table.__name__: _rows(table) for table in TABLES}
        transaction.set_rollback(True)
    return rows


def _publish_one_by_one(snapshot: Snapshot) -> None:
    import_document({"format": snapshot.format, "courses": [], **_around(snapshot)})
    for item in snapshot.items:
        _publish(TestItem(**values.item_fields(item)))
    course = snapshot.courses[0]
    for module in course.modules:
        row = _publish(Module(owner=course.owner or "", **values.module_fields(module)))
        for variant in module.variants:
            _publish(Variant(module_id=row.pk, **values.variant_fields(module.code, variant)))
    parent: Page = Page.get_first_root_node()
    index = CatalogueIndexPage(title=gettext("Catalogue"), slug="catalogue")
    owner = OwnerPage(title=course.owner, slug="owner", code=course.owner)
    subject = SubjectPage(title="Bảo vệ dữ liệu cá nhân", slug="subject", code="nls:4.2")
    for page in (index, owner, subject, CoursePage(**values.course_fields(course))):
        parent.add_child(instance=page)
        page.save_revision().publish()
        parent = page


def _republish_one_by_one(course: Course) -> None:
    module, variant = course.modules[0], course.modules[0].variants[0]
    stands_on = {"base_version": values.module_fields(module)["version"]}
    for row, fields in (
        (Module.objects.get(code=module.code), values.module_fields(module)),
        (Variant.objects.get(code=variant.code), values.variant_fields(module.code, variant) | stands_on),
        (CoursePage.objects.get(code=course.code), values.course_fields(course)),
    ):
        for name, value in fields.items():
            setattr(row, name, value)
        row.save_revision().publish()


def _unpublish_one_by_one(code: str) -> None:
    rows: list[Any] = [CoursePage.objects.get(code=code), *Module.objects.all(), *Variant.objects.all()]
    for row in rows:
        row.unpublish()


def _around(snapshot: Snapshot) -> dict[str, Any]:
    """Return the parts of the document that are neither pages nor published."""
    whole = to_document(snapshot)
    return {part: whole[part] for part in whole if part not in ("format", "courses", "items")}


def _publish(row: Any) -> Any:
    row.save()
    row.save_revision().publish()
    return row


def _rows(table: Any) -> list[Any]:
    """Return the rows with names in place of what differs from one moment to the next: keys, times, random ids."""
    names = _names()
    rows = json.loads(serialize("json", table.objects.order_by("pk"), use_natural_foreign_keys=False))
    return sorted((_plain(row, names) for row in rows), key=repr)


def _names() -> dict[tuple[str, str], str]:
    names = {("page", str(page.pk)): f"page at depth {page.depth}" for page in Page.objects.all()}
    for model in (Module, Variant, TestItem):
        names |= {
            (model._meta.model_name or "", str(row.pk)): f"{model.__name__} {row.code}" for row in model.objects.all()
        }
    seen: dict[tuple[str, str], int] = {}
    for revision in Revision.objects.order_by("pk"):
        thing = _name_of(names, revision.base_content_type, revision.object_id)
        seen[thing, ""] = seen.get((thing, ""), 0) + 1
        names["revision", str(revision.pk)] = f"revision {seen[thing, '']} of {thing}"
    return names


def _name_of(names: dict[tuple[str, str], str], content_type: ContentType, key: Any) -> str:
    model = content_type.model_class()
    kind = "page" if model is not None and issubclass(model, Page) else content_type.model
    return names.get((kind, str(key)), f"{kind} {key}")


def _plain(row: dict[str, Any], names: dict[tuple[str, str], str]) -> dict[str, Any]:
    fields = row["fields"]
    if "shelf" in fields:
        model = fields["shelf"].partition(".")[2]
        fields["key"] = names.get((model, str(fields["key"])), model)
    if "object_id" in fields:
        fields["object_id"] = _name_of(names, ContentType.objects.get(pk=fields["content_type"]), fields["object_id"])
    if "to_object_id" in fields:
        target = ContentType.objects.get(pk=fields["to_content_type"])
        fields["to_object_id"] = _name_of(names, target, fields["to_object_id"])
    if isinstance(fields.get("content"), dict):
        fields["content"] = _plain_fields(fields["content"], names)
    return _plain_fields(fields, names)


def _plain_fields(fields: dict[str, Any], names: dict[tuple[str, str], str]) -> dict[str, Any]:
    random = {"translation_key", "uuid", "title_norm", "pk", "slug", "url_path"}
    return {name: _plain_value(name, value, names) for name, value in fields.items() if name not in random}


def _plain_value(name: str, value: Any, names: dict[tuple[str, str], str]) -> Any:
    if name in ("latest_revision", "live_revision", "revision"):
        return names.get(("revision", str(value)), value)
    if name in ("page", "module"):
        return names.get((name, str(value)), value)
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value):
        return "some time"
    return value
