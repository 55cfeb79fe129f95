"""What a learner sees when their path changes, in a real browser: why, what is different, and nothing more."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse
from selenium.webdriver.common.by import By

from curriculum_graph.releases.api import publish_release
from recommender.engine.learner import Learner, LearnerGoal
from recommender.learners.api import put_learner
from recommender.programs.links import issue_token
from tests.factories.changing import change_path
from tests.factories.curricula import small_curriculum

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def path(transactional_db: None, live_server: Any) -> str:
    """The address of a learner's path, which has changed twice."""
    publish_release(small_curriculum(), parent=None, actor="designer", note="first", at=NOW)
    put_learner(Learner(learner="a", audiences=("farmer",), goals=(LearnerGoal(course="wallet"),)), at=NOW)
    return f"{live_server.url}{reverse('programs:path', args=[issue_token(change_path('a', NOW))])}"


def test_a_learner_goes_from_the_path_to_why_it_changed_and_back(browser: Any, path: str) -> None:
    browser.get(path)
    browser.find_element(By.LINK_TEXT, "Vì sao lộ trình thay đổi").click()
    assert browser.find_element(By.TAG_NAME, "h1").text == "Vì sao lộ trình thay đổi"
    newest, oldest = browser.find_elements(By.CSS_SELECTOR, "section.card")
    assert "Bạn được miễn học “Mật khẩu mạnh”." in newest.text
    assert "Bạn đã chọn mục tiêu khác." in newest.text
    assert "Bạn đã học xong “Làm quen với điện thoại thông minh”." in oldest.text
    browser.find_element(By.CSS_SELECTOR, "a.back").click()
    assert browser.find_element(By.TAG_NAME, "h1").text == "Lộ trình của tôi"
