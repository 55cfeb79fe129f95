"""Answers an author's requests through the whole admin, in this process, and counts the CPU and queries of each.

Runs in a process of its own, with the environment of an installation: this service's, or plain Wagtail's. Prints one
JSON document: milliseconds of CPU and number of queries by what was asked.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

import django

WARMING = 2
REPEATED = 9
HEADERS: dict[str, Any] = {"HTTP_HOST": "localhost", "HTTP_X_FORWARDED_PROTO": "https"}


class Author:
    """Somebody who may do everything, at work; ``found`` is what each thing cost them."""

    def __init__(self) -> None:
        from django.contrib.auth import get_user_model
        from django.test import Client

        self.client = Client()
        self.user, _made = get_user_model().objects.get_or_create(
            username="bench", defaults={"is_superuser": True, "is_staff": True, "email": "bench@localhost"}
        )
        self.client.force_login(self.user)
        self.found: dict[str, dict[str, float]] = {}

    def measure(self, name: str, do: Callable[[], Any]) -> None:
        """Note the median of CPU and the queries of doing something again and again."""
        from django.db import connection

        spent, queries = [], 0

        def count(execute: Any, *arguments: Any) -> Any:
            nonlocal queries
            queries += 1
            return execute(*arguments)

        for _time in range(WARMING + REPEATED):
            queries = 0
            with connection.execute_wrapper(count):
                start = time.process_time()
                do()
                spent.append(1000 * (time.process_time() - start))
        self.found[name] = {"ms": statistics.median(spent[WARMING:]), "queries": queries}

    def get(self, name: str, url: str) -> str:
        """Measure a page, and return it. Raises :class:`RuntimeError` where it fails."""
        self.measure(name, lambda: self.page(url))
        return self.page(url)

    def page(self, url: str) -> str:
        response = self.client.get(url, **HEADERS)
        if response.status_code != 200:
            raise RuntimeError(f"{url}: {response.status_code}")
        return response.content.decode()

    def edit(self, name: str, url: str, thing: Any) -> None:
        """Measure opening an editor, saving a draft in it, and publishing it."""
        from benchmarks._forms import sent_by

        html = self.get(f"{name}: open the editor", url)
        fields = sent_by(html, thing)
        self.measure(f"{name}: save a draft", lambda: self._send(url, fields))
        self.measure(f"{name}: save and publish", lambda: self._send(url, {**fields, "action-publish": "1"}))
        self.measure(f"{name}: save_revision().publish()", lambda: thing.save_revision().publish())

    def _send(self, url: str, fields: dict[str, Any]) -> None:
        response = self.client.post(url, fields, **HEADERS)
        if response.status_code != 302:
            raise RuntimeError(f"{url}: {response.status_code}: {_errors(response.content.decode())}")


def _errors(html: str) -> list[str]:
    import bs4

    found = bs4.BeautifulSoup(html, "html.parser").select(".error-message, .messages, .help-critical")
    return [error.get_text(" ", strip=True) for error in found]


def ours(author: Author) -> None:
    """Measure the admin of this service."""
    from django.urls import reverse
    from wagtail.models import Page

    from cms.catalogue.models import CoursePage, Module, SubjectPage, Variant

    lists = {"courses": "courses:index", "releases": "editorial_releases"}
    lists |= {f"{name}s": f"wagtailsnippets_catalogue_{name}:list" for name in ("module", "variant", "testitem")}
    names = ("region", "audience", "competence", "industry", "language", "programme", "framework")
    lists |= {f"{name}s": f"wagtailsnippets_taxonomy_{name}:list" for name in names}
    author.get("first screen", reverse("wagtailadmin_home"))
    for name, address in lists.items():
        author.get(f"list: {name}", reverse(address))
    author.get("list: courses, searched", f"{reverse('courses:index')}?q=an+toan")
    shelf: Page = max(SubjectPage.objects.all(), key=lambda page: page.numchild)
    author.get("explorer at a shelf", reverse("wagtailadmin_explore", args=[shelf.pk]))
    course = next(page for page in CoursePage.objects.order_by("pk") if page.requires and page.modules)
    author.edit("course", reverse("wagtailadmin_pages:edit", args=[course.pk]), course)
    variant = Variant.objects.order_by("pk").first()
    for thing in (Module.objects.order_by("pk").first(), variant):
        kind = thing._meta.model_name
        author.edit(kind, reverse(f"wagtailsnippets_catalogue_{kind}:edit", args=[thing.pk]), thing)


def plain(author: Author) -> None:
    """Measure plain Wagtail with as many pages."""
    from django.urls import reverse

    from benchmarks._plain.models import PlainPage, PlainSnippet

    author.get("first screen", reverse("wagtailadmin_home"))
    author.get("list: pages", reverse("pages-listing:index"))
    author.get("list: snippets", reverse("wagtailsnippets__plain_plainsnippet:list"))
    page = PlainPage.objects.order_by("pk")[5]
    author.get("explorer", reverse("wagtailadmin_explore", args=[page.get_parent().pk]))
    author.edit("page", reverse("wagtailadmin_pages:edit", args=[page.pk]), page)
    snippet = PlainSnippet.objects.order_by("pk")[5]
    author.edit("snippet", reverse("wagtailsnippets__plain_plainsnippet:edit", args=[snippet.pk]), snippet)


def main(arguments: Iterable[str]) -> None:
    django.setup()
    what, *more = arguments
    if what == "fill":
        from benchmarks._plain.filling import fill

        fill(int(more[0]))
        return
    author = Author()
    (ours if what == "ours" else plain)(author)
    print(json.dumps(author.found))


if __name__ == "__main__":
    main(sys.argv[1:])
