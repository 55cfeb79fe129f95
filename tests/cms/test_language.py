"""Pages are Vietnamese until somebody chooses otherwise; the API answers as it is asked."""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_phone_that_was_never_set_up_still_gets_vietnamese(client: Client) -> None:
    page = client.get("/", HTTP_ACCEPT_LANGUAGE="en-US,en;q=0.9")
    assert page["Content-Language"] == "vi"


def test_a_choice_is_kept(client: Client) -> None:
    client.post("/i18n/setlang/", {"language": "en", "next": "/"})
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert client.get("/")["Content-Language"] == "en"


def test_a_choice_that_does_not_exist_is_ignored(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
    assert client.get("/")["Content-Language"] == "vi"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_api_answers_as_it_is_asked(client: Client, language: str) -> None:
    assert client.get("/api/v1/courses", HTTP_ACCEPT_LANGUAGE=language)["Content-Language"] == language
