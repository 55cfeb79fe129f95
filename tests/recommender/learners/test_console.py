"""What commands on files say while somebody watches, and while nobody does."""

import io

import pytest
from django.core.management.base import CommandError, OutputWrapper

from curriculum_graph.errors import Problem
from recommender.learners.api import Console, FileRefused, refusals


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_nothing_is_written_behind_a_line_of_progress() -> None:
    terminal = Terminal()
    console = Console(OutputWrapper(terminal))
    with pytest.raises(CommandError), refusals(console):
        console.progress("1000")
        console.problem(Problem(code="schema", place="line 3"))
        console.progress("2000")
        raise FileRefused(count=1)
    assert terminal.getvalue().startswith("\r1000\033[K\rline 3: schema: ")
    assert terminal.getvalue().endswith("\n\r2000\033[K\r\033[K")


def test_elsewhere_progress_is_not_a_line_for_each_step() -> None:
    out = io.StringIO()
    console = Console(OutputWrapper(out))
    for number in range(1000):
        console.progress(str(number))
    console.done("over")
    assert out.getvalue().splitlines()[0] == "0"
    assert len(out.getvalue().splitlines()) < 500
    assert out.getvalue().endswith("over\n")
