"""The words that Wagtail's scripts show are the user's language, too."""

import json

import pytest
from django.test import Client
from django.urls import reverse


@pytest.mark.parametrize(("language", "word"), [("vi", "Thu gọn tất cả"), ("en", None)])
def test_what_wagtails_vietnamese_lacks_for_scripts_is_ours(language: str, word: str | None) -> None:
    client = Client()
    client.cookies["django_language"] = language
    answer = client.get(reverse("wagtailadmin_javascript_catalog"), headers={"Accept": "application/javascript"})
    assert answer.status_code == 200
    script = answer.content.decode()
    assert (f'"Collapse all": {json.dumps(word)}' in script) == (word is not None)


@pytest.mark.parametrize("language", ["vi"])
def test_wagtails_own_words_are_still_there(language: str) -> None:
    client = Client()
    client.cookies["django_language"] = language
    assert '"Page"' in client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
