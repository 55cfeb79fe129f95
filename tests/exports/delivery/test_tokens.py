"""Access tokens are recognised until they expire or are revoked, and are never stored."""

from datetime import UTC, datetime, timedelta

import pytest

from exports.delivery.api import Scope, TokenNameTaken, UnknownScope, create_token, find_caller, revoke_token

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_a_token_is_recognised() -> None:
    secret = create_token("platform", [Scope.COURSES_READ], actor="test", at=NOW)
    caller = find_caller(secret, at=NOW)
    assert caller is not None
    assert caller.name == "platform"
    assert caller.scopes == frozenset({"courses:read"})


def test_the_secret_is_not_in_the_database() -> None:
    from django.apps import apps

    secret = create_token("platform", [Scope.COURSES_READ], actor="test", at=NOW)
    [row] = apps.get_model("delivery", "AccessToken").objects.values()
    assert secret not in str(row)


def test_an_expired_token_is_not_recognised() -> None:
    secret = create_token("platform", [], actor="test", at=NOW, expires_at=NOW + timedelta(days=1))
    assert find_caller(secret, at=NOW)
    assert find_caller(secret, at=NOW + timedelta(days=1)) is None


def test_a_revoked_token_is_not_recognised() -> None:
    secret = create_token("platform", [], actor="test", at=NOW)
    assert revoke_token("platform", at=NOW)
    assert find_caller(secret, at=NOW) is None
    assert not revoke_token("platform", at=NOW)


def test_a_wrong_secret_is_not_recognised() -> None:
    create_token("platform", [], actor="test", at=NOW)
    assert find_caller("bdhvs_guess", at=NOW) is None


def test_a_name_is_taken_once() -> None:
    create_token("platform", [], actor="test", at=NOW)
    with pytest.raises(TokenNameTaken):
        create_token("platform", [], actor="test", at=NOW)


def test_an_unknown_scope_is_refused() -> None:
    with pytest.raises(UnknownScope):
        create_token("platform", ["everything"], actor="test", at=NOW)
