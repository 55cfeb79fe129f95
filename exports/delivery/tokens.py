"""Access tokens: made, shown once, recognised by their hash, revoked."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from curriculum_graph.errors import CurriculumError
from exports.delivery.models import AccessToken
from exports.delivery.scopes import Scope

PREFIX = "bdhvs_"
"""Lets people and secret scanners recognise a token that leaked."""


class TokenNameTaken(CurriculumError):
    """An access token of this name exists."""

    code = "token_name_taken"


class UnknownScope(CurriculumError):
    """There is no such scope. ``known`` lists those that there are."""

    code = "unknown_scope"


class MissingScope(CurriculumError):
    """The access token does not allow this. ``scope`` is what it would need."""

    code = "missing_scope"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is calling: the name of the token and what it allows."""

    name: str
    scopes: frozenset[str]


def create_token(
    name: str, scopes: Iterable[str], *, actor: str, at: datetime, expires_at: datetime | None = None
) -> str:
    """Make an access token and return its secret, which cannot be had again.

    Raises
    ------
    TokenNameTaken, UnknownScope
    """
    wanted = sorted(set(scopes))
    unknown = sorted(set(wanted) - set(Scope))
    if unknown:
        raise UnknownScope(scopes=tuple(unknown), known=tuple(Scope))
    secret = PREFIX + secrets.token_urlsafe(32)
    _, created = AccessToken.objects.get_or_create(
        name=name,
        defaults={
            "hash": _hash(secret),
            "scopes": wanted,
            "created_at": at,
            "created_by": actor,
            "expires_at": expires_at,
        },
    )
    if not created:
        raise TokenNameTaken(name=name)
    return secret


def revoke_token(name: str, *, at: datetime) -> bool:
    """Revoke the token of this name; return whether there was one that still worked."""
    return AccessToken.objects.filter(name=name, revoked_at=None).update(revoked_at=at) == 1


def find_caller(secret: str, *, at: datetime) -> Caller | None:
    """Return whom a secret belongs to, or None where it is unknown, expired or revoked.

    Looked up by hash, so that comparing takes the same time whatever the secret. One query; a second one once a day
    notes the day of use.
    """
    columns = ("pk", "name", "scopes", "expires_at", "last_used_on")
    rows = AccessToken.objects.filter(hash=_hash(secret), revoked_at=None).values_list(*columns, named=True)
    row = next(iter(rows), None)
    if row is None or (row.expires_at is not None and row.expires_at <= at):
        return None
    if row.last_used_on != at.date():
        AccessToken.objects.filter(pk=row.pk).update(last_used_on=at.date())
    return Caller(name=row.name, scopes=frozenset(row.scopes))


def _hash(secret: str) -> str:
    # A plain hash is enough: the secret has 256 random bits, so there is nothing to guess.
    return hashlib.sha256(secret.encode()).hexdigest()
