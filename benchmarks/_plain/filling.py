"""As many plain pages and snippets as the curriculum has courses."""

from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from benchmarks._plain.models import PlainPage, PlainSnippet

TEXT = "Một đoạn văn ngắn về kỹ năng số. " * 40
FIRST = 20
"""How many have a revision as well."""


@transaction.atomic
def fill(count: int) -> None:
    """Put ``count`` pages below one, and as many snippets beside them; the first ones are published once more."""
    root = Page.get_first_root_node()
    if root is None:
        raise RuntimeError("migrate first")
    parent = root.add_child(instance=PlainPage(title="Shelf", slug="shelf", code="shelf"))
    body = [("text", TEXT), ("heading", "Một đề mục"), ("text", TEXT)]
    for number in range(count):
        code = str(uuid5(NAMESPACE_URL, str(number)))
        page = PlainPage(title=f"Trang {number}", slug=code, code=code, summary=TEXT[:200], body=body)
        parent.add_child(instance=page)
        snippet = PlainSnippet(code=code, title=f"Mẩu {number}", body=body, first_published_at=timezone.now())
        snippet.save()
        if number < FIRST:
            page.save_revision().publish()
            snippet.save_revision().publish()
