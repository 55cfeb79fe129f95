"""Writing Markdown: the preview is the renderer's, and the value is in the text area whatever the editor does."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

from cms.catalogue.blocks import BodyBlock
from cms.catalogue.models import Module
from cms.catalogue.roles import AUDITOR, DESIGNER
from curriculum_graph.markdown import render_markdown
from tests.cms.catalogue.test_in_a_browser import signed_in  # noqa: F401 - a fixture


@pytest.mark.django_db
def test_the_preview_is_what_learners_see(client_of: Callable[..., Client]) -> None:
    text = "# Một\n\n<script>alert(1)</script> [đi](javascript:x)"
    answer = client_of(DESIGNER).post(reverse("catalogue_markdown"), {"text": text})
    assert answer.content.decode() == render_markdown(text)


@pytest.mark.django_db
def test_who_writes_nothing_has_no_preview(client_of: Callable[..., Client]) -> None:
    assert client_of(AUDITOR).post(reverse("catalogue_markdown"), {"text": "x"}).status_code in (302, 403)


@pytest.mark.parametrize(
    ("stored", "again"),
    [
        ({"asset": "a", "alt": ""}, {"asset": "a", "alt": ""}),
        ({"asset": "a", "alt": "Ảnh"}, {"asset": "a", "alt": "Ảnh"}),
        ({"asset": "a", "alt": {"vi": "Ảnh"}}, {"asset": "a", "alt": {"vi": "Ảnh"}}),
        ({"asset": "a", "alt": {}}, {"asset": "a", "alt": {}}),
    ],
)
def test_a_picture_is_stored_as_it_was(stored: dict[str, Any], again: dict[str, Any]) -> None:
    block = BodyBlock()
    body = block.to_python([{"type": "image", "value": stored, "id": "a"}])
    assert block.get_prep_value(body)[0]["value"] == again
    assert block.child_blocks["image"].get_prep_value(block.child_blocks["image"].to_python(stored)) == again


def picture(**fields: str) -> dict[str, str]:
    return {"p-asset": "a", "p-alt": "", "p-caption": "", **fields}


def test_a_picture_of_which_nothing_is_said_is_no_decoration() -> None:
    block = BodyBlock().child_blocks["image"]
    assert block.get_prep_value(block.value_from_datadict(picture(), {}, "p"))["alt"] == {}
    said = block.value_from_datadict(picture(**{"p-decorative": "on"}), {}, "p")
    assert block.get_prep_value(said)["alt"] == ""


@pytest.mark.django_db(transaction=True)
def test_markdown_is_written_formatted_checked_and_previewed(
    signed_in: WebDriver,  # noqa: F811 - the fixture
    live_server: Any,
    world: dict[str, Any],
    module: Module,
) -> None:
    signed_in.get(live_server.url + reverse("wagtailsnippets_catalogue_module:edit", args=[module.pk]))
    wait = WebDriverWait(signed_in, 30)
    code = wait.until(lambda page: page.find_element(By.CSS_SELECTOR, ".CodeMirror-code"))
    code.click()
    code.send_keys(Keys.CONTROL, Keys.END, Keys.NULL)
    code.send_keys(Keys.ENTER, "#### Sâu")
    value = signed_in.find_element(By.NAME, "body-0-value-text").get_attribute("value")
    assert value is not None and value.endswith("#### Sâu")
    signed_in.find_element(By.CSS_SELECTOR, '[data-side-panel-toggle="checks"]').click()
    wait.until(lambda page: "Sâu" in page.find_element(By.CSS_SELECTOR, '[data-controller="checks"]').text)
    tools = signed_in.find_elements(By.CSS_SELECTOR, "[role=toolbar] button")
    assert all(tool.get_attribute("aria-label") and tool.get_attribute("title") for tool in tools)
    tools[0].send_keys(Keys.ARROW_LEFT)
    signed_in.switch_to.active_element.send_keys(Keys.ENTER)
    wait.until(lambda page: "Sâu" in page.find_element(By.CSS_SELECTOR, ".markdown-preview h6").text)


@pytest.mark.django_db(transaction=True)
def test_a_block_that_is_added_and_moved_keeps_its_editor(
    signed_in: WebDriver,  # noqa: F811 - the fixture
    live_server: Any,
    world: dict[str, Any],
    module: Module,
) -> None:
    module.body = [{"type": "markdown", "value": {"text": text}, "id": text} for text in ("mot", "hai")]
    module.save_revision()
    signed_in.get(live_server.url + reverse("wagtailsnippets_catalogue_module:edit", args=[module.pk]))
    wait = WebDriverWait(signed_in, 30)
    wait.until(lambda page: len(page.find_elements(By.CSS_SELECTOR, ".CodeMirror-code")) == 2)
    signed_in.execute_script("document.querySelectorAll('[data-streamfield-action=MOVE_DOWN]')[0].click()")
    wait.until(lambda page: page.find_element(By.NAME, "body-0-order").get_attribute("value") == "1")
    assert len(signed_in.find_elements(By.CSS_SELECTOR, ".CodeMirror-code")) == 2
    code = signed_in.find_elements(By.CSS_SELECTOR, ".CodeMirror-code")[1]
    signed_in.execute_script("arguments[0].closest('.CodeMirror').CodeMirror.focus()", code)
    code = signed_in.switch_to.active_element
    code.send_keys(Keys.CONTROL, Keys.END, Keys.NULL, "!")
    assert signed_in.find_element(By.NAME, "body-0-value-text").get_attribute("value") == "mot!"
