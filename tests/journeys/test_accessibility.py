"""Everyone can read and use the learner's pages: on a phone, in a bright sun or the dark, enlarged, without a mouse."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from django.urls import reverse
from selenium.webdriver.common.keys import Keys

from curriculum_graph.releases.api import publish_release
from curriculum_graph.snapshot import (
    Block,
    CalloutBlock,
    Item,
    ItemOption,
    MarkdownBlock,
    Module,
    QuestionBlock,
    Snapshot,
    StepsBlock,
    VideoBlock,
)
from recommender.engine.learner import Learner, LearnerGoal, Mastered
from recommender.learners.api import get_learner, put_learner
from recommender.programs.links import issue_token
from tests.factories.changing import change_path
from tests.factories.curricula import small_curriculum
from tests.support.accessibility import prefer, small_targets, spills, violations

NOW = datetime(2026, 11, 24, tzinfo=UTC)
LEARNERS = (
    Learner(
        learner="on-the-way", audiences=("farmer",), languages=("vi",), region="lao-cai",
        minutes_per_week=30, goals=(LearnerGoal(course="wallet"),),
    ),
    Learner(learner="without-goals", audiences=("farmer",)),
    Learner(
        learner="there", goals=(LearnerGoal(competence="tt02:4.1", level=1),),
        mastered=(Mastered(competence="tt02:4.1", level=2),),
    ),
    Learner(learner="stuck", goals=(LearnerGoal(course="harbour"), LearnerGoal(competence="tt02:4.2", level=8))),
)  # fmt: skip
PAGES = (
    "home",
    "nothing-here",
    "on-the-way",
    "without-goals",
    "there",
    "stuck",
    "broken-link",
    "course",
    "changes",
    "next",
    "what-if",
    "what-if-less",
    "what-if-without",
    "what-if-with",
    "course-beside",
)


def with_every_block() -> Snapshot:
    """The small curriculum, with a module of blocks in its first course."""
    small = small_curriculum()
    items = tuple(
        Item(
            code=f"i-{kind}", competence="tt02:4.1", level=1, kind=kind, prompt="Mật khẩu nào mạnh hơn?",
            options=() if kind in {"text_entry", "true_false"} else options, correct=("a",),
            feedback="Câu dài khó đoán.",
        )
        for kind in ("single_choice", "multiple_choice", "true_false", "text_entry", "order", "match")
        for options in [(ItemOption(code="a", text="mèo-tím-ăn-khế"), ItemOption(code="b", text="123456"))]
    )  # fmt: skip
    text = "# Mở đầu\n\nĐọc [hướng dẫn](https://example.org/).\n\n| Việc | Khi nào |\n|---|---|\n| Đổi | mỗi năm |"
    blocks: tuple[Block, ...] = (
        MarkdownBlock(text=text),
        CalloutBlock(kind="warning", text="Không cho ai biết mật khẩu."),
        StepsBlock(steps=("Mở phần **Cài đặt**.", "Chọn *Đổi mật khẩu*.")),
        VideoBlock(url="https://example.org/phim", title="Phim", transcript="Lời trong phim."),
        *(QuestionBlock(item=item.code) for item in items),
    )
    module = Module(code="every-block", title="Đủ loại khối", blocks=blocks)
    courses = tuple(
        msgspec.structs.replace(course, modules=(*course.modules, module)) if course.code == "basics" else course
        for course in small.courses
    )
    return msgspec.structs.replace(small, courses=courses, items=(*small.items, *items))


@pytest.fixture
def addresses(transactional_db: None, live_server: Any) -> dict[str, str]:
    """The address of each page, by name."""
    publish_release(with_every_block(), parent=None, actor="designer", note="first", at=NOW)
    paths = {"home": reverse("home"), "nothing-here": "/khong-co-trang-nay/"}
    for learner in LEARNERS:
        put_learner(learner, at=NOW)
        paths[learner.learner] = reverse("programs:path", args=[issue_token(get_learner(learner.learner).id)])
    token = issue_token(get_learner("on-the-way").id)
    paths["broken-link"] = reverse("programs:path", args=[token + "x"])
    paths["course"] = reverse("programs:course", args=[token, "basics"])
    paths["changes"] = reverse("programs:changes", args=[issue_token(change_path("on-the-way", NOW))])
    paths["next"] = reverse("programs:next", args=[token])
    paths["what-if"] = reverse("programs:what_if", args=[token])
    paths["what-if-less"] = paths["what-if"] + "?minutes_per_week=7"
    paths["what-if-without"] = paths["what-if"] + "?minutes_per_week=60&skip=passwords"
    paths["what-if-with"] = paths["what-if"] + "?add=harbour"
    paths["course-beside"] = reverse("programs:course", args=[issue_token(get_learner("there").id), "passwords"])
    return {name: live_server.url + path for name, path in paths.items()}


@pytest.fixture
def phone(browser: Any) -> Iterator[Any]:
    """A browser in which details are open, at phone size; light again afterwards."""
    yield browser
    prefer(browser, "light")


def open_all(browser: Any, address: str) -> None:
    browser.get(address)
    browser.execute_script("document.querySelectorAll('details').forEach(e => { e.open = true })")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_learners_pages_meet_wcag_2_2_aa_with_contrast_of_7_to_1(
    phone: Any, addresses: dict[str, str], scheme: str
) -> None:
    prefer(phone, scheme)
    found = {}
    for page in PAGES:
        open_all(phone, addresses[page])
        found[page] = violations(phone)
    assert {page: lines for page, lines in found.items() if lines} == {}


def test_everything_that_one_presses_is_large_enough_for_a_thumb(phone: Any, addresses: dict[str, str]) -> None:
    found = {}
    for page in PAGES:
        open_all(phone, addresses[page])
        found[page] = small_targets(phone)
    assert {page: lines for page, lines in found.items() if lines} == {}


@pytest.mark.parametrize(("width", "text"), [(360, "100%"), (320, "100%"), (360, "200%")])
def test_nothing_is_lost_on_a_narrow_screen_or_with_larger_text(
    phone: Any, addresses: dict[str, str], width: int, text: str
) -> None:
    metrics = {"width": width, "height": 740, "deviceScaleFactor": 1, "mobile": False}
    phone.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    spilling = []
    for page in PAGES:
        open_all(phone, addresses[page])
        phone.execute_script("document.documentElement.style.fontSize = arguments[0]", text)
        spilling += [page] if spills(phone) else []
    phone.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert spilling == []


def test_the_first_key_leads_past_the_header_and_what_has_the_focus_is_seen(
    phone: Any, addresses: dict[str, str]
) -> None:
    phone.get(addresses["on-the-way"])
    phone.switch_to.active_element.send_keys(Keys.TAB)
    skip = phone.switch_to.active_element
    assert skip.get_attribute("href").endswith("#content")
    assert skip.rect["x"] >= 0
    phone.switch_to.active_element.send_keys(Keys.TAB)
    outline = phone.switch_to.active_element.value_of_css_property("outline-style")
    assert outline == "solid"
