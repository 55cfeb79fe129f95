"""Two who publish at the same time: one wins, the other is told to build again."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from curriculum_graph.errors import CurriculumError
from curriculum_graph.releases.api import (
    ParentMoved,
    ReleaseInfo,
    find_current_release,
    get_snapshot,
    list_moves,
    list_releases,
    publish_release,
    set_current,
)
from tests.curriculum_graph.releases.content import AT, course, publish, snapshot

pytestmark = pytest.mark.django_db(transaction=True)


def together(*calls: Callable[[Callable[..., None]], ReleaseInfo]) -> list[ReleaseInfo | CurriculumError]:
    """Run ``calls`` in threads; each is given a progress function that holds all of them before they switch."""
    barrier = threading.Barrier(len(calls), timeout=20)
    answers: list[Any] = [None] * len(calls)

    def meet(stage: str, done: int, total: int) -> None:
        if stage == "switching":
            barrier.wait()

    def run(index: int, call: Callable[..., ReleaseInfo]) -> None:
        try:
            answers[index] = call(meet)
        except CurriculumError as error:
            answers[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(i, call)) for i, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


def publishing(minutes: int, parent: str | None) -> Callable[[Callable[..., None]], ReleaseInfo]:
    return lambda progress: publish_release(
        snapshot(course(1, minutes=minutes)), parent=parent, actor=str(minutes), note="n", at=AT, progress=progress
    )


def test_of_two_publications_one_wins_and_the_other_is_told() -> None:
    first = publish(snapshot())
    answers = together(publishing(1, first.id), publishing(2, first.id))
    won = [answer for answer in answers if isinstance(answer, ReleaseInfo)]
    assert [type(answer) for answer in answers if answer not in won] == [ParentMoved]
    assert [find_current_release()] == won
    assert won[0].parent == first.id
    assert len(list_moves()) == len(list_releases()) == 2


def test_of_two_first_publications_one_wins() -> None:
    answers = together(publishing(1, None), publishing(2, None))
    assert sorted(type(answer).__name__ for answer in answers) == ["ParentMoved", "ReleaseInfo"]
    assert len(list_releases()) == 1


def test_whoever_was_told_can_build_again() -> None:
    first = publish(snapshot())
    together(publishing(1, first.id), publishing(2, first.id))
    again = publish(snapshot(course(1, minutes=3)))
    assert find_current_release() == again
    assert len(list_releases()) == 3


def test_roll_back_and_publication_at_once_leave_one_story() -> None:
    first, second = publish(snapshot()), publish(snapshot(course(1)))

    def back(progress: Callable[..., None]) -> ReleaseInfo:
        progress("switching", 0, 1)
        return set_current(first.id, actor="b", note="back", at=AT)

    together(publishing(1, second.id), back)
    moves = list_moves()
    assert [move.source for move in moves[:-1]] == [move.target for move in moves[1:]]
    current = find_current_release()
    assert current is not None
    assert current.id == moves[0].target
    assert get_snapshot(current.id).courses
