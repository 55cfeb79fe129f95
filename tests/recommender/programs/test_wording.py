"""Each thing that stands in a goal's way is said in a sentence, and so is the nearest thing that would help."""

from typing import get_args

import pytest
from django.utils import translation

from curriculum_graph.releases.api import ReleaseInfo
from curriculum_graph.snapshot import Goal
from recommender.engine.program import Blocking, BlockingCode, Unmet, UnmetReason
from recommender.programs.titles import Titles, titles_of
from recommender.programs.wording import blocking_sentence, help_sentence, unmet_sentence

VALUES = {"need": "captions", "megabytes": "20", "language": "vi"}


def titles(release: ReleaseInfo, language: str) -> Titles:
    return titles_of(release.id, ["wallet", "harbour"], language)


def blocking(code: BlockingCode) -> Blocking:
    return Blocking(
        code=code, course="wallet", competence="tt02:4.1", level=3, value=VALUES.get(code, "somewhere"), minutes=65
    )


@pytest.mark.parametrize("code", get_args(BlockingCode))
def test_whatever_stands_in_the_way_is_said_in_both_languages(release: ReleaseInfo, code: BlockingCode) -> None:
    said = set()
    for language in ("vi", "en"):
        with translation.override(language):
            said.add(blocking_sentence(blocking(code), titles(release, language)))
    assert len(said) == 2


@pytest.mark.parametrize("code", ["audience", "region", "industry", "language", "need", "megabytes", "minutes"])
def test_what_helps_against_a_filter_or_a_lack_of_time_is_said_in_both_languages(
    release: ReleaseInfo, code: BlockingCode
) -> None:
    unmet = Unmet(goal=Goal(course="wallet"), reason="not_open_to_learner", blocking=(blocking(code),))
    said = set()
    for language in ("vi", "en"):
        with translation.override(language):
            said.add(help_sentence(unmet, titles(release, language)))
    assert len(said) == 2


@pytest.mark.parametrize("reason", get_args(UnmetReason))
def test_every_reason_has_something_that_helps_even_where_nothing_is_named(
    release: ReleaseInfo, reason: UnmetReason
) -> None:
    unmet = Unmet(goal=Goal(course="wallet"), reason=reason)
    assert help_sentence(unmet, titles(release, "vi"))
    assert unmet_sentence(unmet)


def test_help_is_against_what_closes_the_nearest_course_alone(release: ReleaseInfo) -> None:
    further = Blocking(code="need", course="harbour", value="captions")
    unmet = Unmet(
        goal=Goal(competence="tt02:4.1", level=3),
        reason="not_open_to_learner",
        blocking=(blocking("megabytes"), blocking("language"), further),
    )
    with translation.override("en"):
        said = help_sentence(unmet, titles(release, "en"))
    assert said.startswith("Allow downloads of 20 MB on the learning platform. If you understand this language")
    assert "captions" not in said


def test_a_lower_level_that_is_taught_is_offered_of_a_goal_and_not_of_a_requirement(release: ReleaseInfo) -> None:
    lower = Blocking(code="competence", competence="tt02:4.1", level=8, taught=2)
    reasons: tuple[UnmetReason, ...] = ("no_course_teaches_it", "requirement_unreachable")
    with translation.override("en"):
        goal, requirement = (
            help_sentence(Unmet(goal=Goal(course="wallet"), reason=reason, blocking=(lower,)), titles(release, "en"))
            for reason in reasons
        )
    assert ["level 2" in goal, "level 2" in requirement] == [True, False]
