"""Writing with the keyboard in a real browser."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

from cms.catalogue.models import Module, Variant


@pytest.fixture
def signed_in(browser: WebDriver, live_server: Any, transactional_db: None) -> WebDriver:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("root-of-all", "root@example.org"))
    browser.get(f"{live_server.url}/static/nothing")
    browser.add_cookie({"name": "sessionid", "value": client.cookies["sessionid"].value})
    browser.set_window_size(1280, 1200)
    return browser


def value(browser: WebDriver, name: str) -> Any:
    raw = browser.find_element(By.NAME, name).get_attribute("value")
    return json.loads(raw) if raw else None


@pytest.mark.django_db(transaction=True)
def test_texts_and_codes_are_written_with_the_keyboard_alone(
    signed_in: WebDriver, live_server: Any, world: dict[str, Any], make_variant: Callable[..., Variant], module: Module
) -> None:
    variant = make_variant("v1", title="Bản riêng")
    signed_in.get(live_server.url + reverse("wagtailsnippets_catalogue_variant:edit", args=[variant.pk]))
    wait = WebDriverWait(signed_in, 30)
    english = wait.until(lambda page: page.find_element(By.ID, "id_title--en"))
    assert value(signed_in, "title") == "Bản riêng"
    english.send_keys("Our own")
    assert value(signed_in, "title") == {"vi": "Bản riêng", "en": "Our own"}
    english.send_keys(Keys.CONTROL, "a", Keys.NULL, Keys.BACKSPACE)
    assert value(signed_in, "title") == "Bản riêng"
    signed_in.find_elements(By.CSS_SELECTOR, "[role=tab]")[1].click()
    finder = signed_in.find_element(By.ID, "id_regions--find")
    finder.send_keys("son la")
    wait.until(lambda page: page.find_elements(By.CSS_SELECTOR, "[role=option]"))
    finder.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    assert value(signed_in, "regions") == ["vn-14"]
    finder.send_keys(Keys.BACKSPACE)
    assert value(signed_in, "regions") is None
