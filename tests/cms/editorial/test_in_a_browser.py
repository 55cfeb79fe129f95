"""Looking and publishing as a person does it: a browser, a worker, and a page that is left alone meanwhile."""

from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support import expected_conditions
from selenium.webdriver.support.ui import WebDriverWait

from curriculum_graph.releases.api import find_current_release
from tests.cms.editorial.live import make_live, person
from tests.curriculum_graph.releases.content import snapshot

PHONE = 360


@pytest.fixture
def signed_in(client: Any, live_server: Any, own_browser: WebDriver) -> WebDriver:
    client.force_login(person("publisher", "view_release", "publish_release"))
    own_browser.get(f"{live_server.url}/static/nothing")
    own_browser.add_cookie({"name": "sessionid", "value": client.cookies["sessionid"].value})
    return own_browser


def press(browser: WebDriver, selector: str) -> None:
    """Press a button from the keyboard, so that nothing that slides over the page is in the way."""
    wait(browser, selector).send_keys(Keys.ENTER)


def wait(browser: WebDriver, selector: str) -> Any:
    found = expected_conditions.presence_of_element_located((By.CSS_SELECTOR, selector))
    return WebDriverWait(browser, 60).until(found)


@pytest.mark.django_db(transaction=True)
def test_publisher_looks_waits_and_publishes(
    signed_in: WebDriver, live_server: Any, celery_worker: None, tmp_path: Path
) -> None:
    make_live(snapshot(), tmp_path)
    signed_in.get(f"{live_server.url}/admin/releases/publish/")
    press(signed_in, "form[action$='/publish/'] button")
    note = wait(signed_in, "textarea[name=note]")  # the page renewed itself when the worker was done
    assert find_current_release() is None
    assert signed_in.execute_script("return document.documentElement.scrollWidth") <= PHONE
    note.send_keys("Từ điện thoại")
    press(signed_in, ".editorial-beside form button")
    wait(signed_in, "a.button[href*='/admin/releases/']:not([href*='publish'])")
    current = find_current_release()
    assert current is not None
    assert current.note == "Từ điện thoại"
