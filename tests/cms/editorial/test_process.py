"""Who a command acts for when nobody is named."""

import os

import pytest

from cms.editorial.process import process_user

NAMES = ("LOGNAME", "USER", "LNAME", "USERNAME")


def test_it_is_the_user_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "an")
    assert process_user() == "an"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user without a name")
def test_a_user_without_a_name_is_called_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.setuid(54321)
        os.write(writing, process_user().encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reading, 100) == b"uid 54321"
