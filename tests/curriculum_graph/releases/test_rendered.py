"""Markdown is rendered when it is published, and not again."""

from typing import Any

import pytest

from curriculum_graph.releases.api import list_rendered, rendered_markdown
from curriculum_graph.releases.models import RenderedText
from curriculum_graph.releases.rendered import keep_rendered
from curriculum_graph.rendering import render_markdown
from curriculum_graph.snapshot import CalloutBlock, Module, StepsBlock
from tests.curriculum_graph.releases.content import course, publish, snapshot

pytestmark = pytest.mark.django_db


def quiet(stage: str, done: int, total: int) -> None:
    pass


def test_publication_keeps_the_html_of_every_body() -> None:
    publish(snapshot(course(1)))
    assert RenderedText.objects.count() == 2  # the base and its variant


def test_kept_html_is_what_rendering_gives() -> None:
    publish(snapshot(course(1)))
    text = course(1).modules[0].markdown or ""
    assert RenderedText.objects.filter(html=render_markdown(text)).exists()
    assert list_rendered([text]) == {text: render_markdown(text)}


def test_texts_of_callouts_and_steps_are_kept() -> None:
    blocks = (CalloutBlock(kind="tip", text="*Mẹo*"), StepsBlock(steps=("Một", "Hai")))
    publish(snapshot(course(1, modules=(Module(code="m", title="M", blocks=blocks),))))
    assert RenderedText.objects.count() == 3


def test_nothing_is_rendered_twice() -> None:
    publish(snapshot(course(1)))
    assert keep_rendered(snapshot(course(1)), quiet) == 0
    assert keep_rendered(snapshot(course(1), course(2)), quiet) == 2


def test_kept_html_is_used_and_not_made_anew() -> None:
    publish(snapshot(course(1)))
    RenderedText.objects.update(html="<p>kept</p>")
    text = course(1).modules[0].markdown or ""
    assert rendered_markdown(course(1))(text) == "<p>kept</p>"


def test_texts_of_many_courses_come_in_one_query(django_assert_num_queries: Any) -> None:
    publish(snapshot())
    with django_assert_num_queries(1):
        markdown = rendered_markdown(course(1), course(2), course(3))
        for number in (1, 2, 3):
            markdown(course(number).modules[0].markdown or "")


def test_text_that_is_not_kept_is_rendered_and_not_written() -> None:
    assert rendered_markdown()("*x*") == "<p><em>x</em></p>\n"
    assert list_rendered(["*x*"]) == {"*x*": "<p><em>x</em></p>\n"}
    assert not RenderedText.objects.exists()


def test_script_in_a_body_never_reaches_the_page() -> None:
    text = "<script>alert(1)</script> [x](javascript:alert(1))"
    publish(snapshot(course(1, modules=(Module(code="m", title="M", markdown=text),))))
    html = RenderedText.objects.get().html
    assert "<script" not in html
    assert 'href="javascript' not in html
