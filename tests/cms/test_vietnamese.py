"""Editors read Vietnamese, in Wagtail's and Django's own screens, too."""

import pytest
from django.utils import translation
from django.utils.translation import gettext, ngettext, npgettext

from cms.vietnamese import coverage, sources
from cms.vietnamese.coverage import Coverage, for_editors, foreign, measure_ours, measure_theirs

THEIRS = [(name, folder, domain) for domain in coverage.DOMAINS for name, folder in foreign(domain)]


@pytest.mark.parametrize(("name", "folder", "domain"), THEIRS, ids=lambda value: str(value)[-30:])
def test_what_an_editor_can_meet_of_others_is_in_vietnamese(name: str, folder: object, domain: str) -> None:
    counted = measure_theirs(name, folder, domain)  # type: ignore[arg-type]  # parametrized
    assert counted.missing == ()


@pytest.mark.parametrize("app", [sources.SITE, *sources.own_apps()])
def test_all_of_ours_is_in_vietnamese(app: str) -> None:
    assert measure_ours(app).missing == ()


def test_sentences_of_commands_and_names_of_other_languages_are_not_counted() -> None:
    folder = dict(foreign("django"))["django"]
    counted = {entry.id for entry in for_editors(folder, "django")}
    assert "This field is required." in counted
    assert "Afrikaans" not in counted


def test_too_little_is_told_from_enough() -> None:
    assert Coverage("a", 20, ("x",)).suffices
    assert not Coverage("a", 19, ("x",)).suffices
    assert not Coverage("ours", 1000, ("x",), enough=100.0).suffices
    assert Coverage("empty", 0, ()).percent == 100.0


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("Locale", "Ngôn ngữ"),
        ("Publish", "Công bố"),
        ("Submit for moderation", "Gửi duyệt"),
        ("Password reset unsuccessful", "Chưa đặt lại được mật khẩu"),
    ],
)
def test_where_others_say_it_wrongly_or_otherwise_than_we_do_our_words_hold(english: str, vietnamese: str) -> None:
    with translation.override("vi"):
        assert gettext(english) == vietnamese


@pytest.mark.parametrize("number", [0, 1, 2, 21])
def test_vietnamese_has_one_form_for_all_numbers(number: int) -> None:
    with translation.override("vi"):
        assert ngettext("Delete 1 image", "Delete %(counter)s images", number) == "Xóa %(counter)s hình"
        assert npgettext("naturaltime-past", "%(num)d day", "%(num)d days", number) == "%(num)d ngày"


def test_english_stays_english() -> None:
    with translation.override("en"):
        assert gettext("Publish") == "Publish"
