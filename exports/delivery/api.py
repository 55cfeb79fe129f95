"""The public face of delivery."""

from exports.delivery.scopes import Scope
from exports.delivery.tokens import (
    Caller,
    MissingScope,
    TokenNameTaken,
    UnknownScope,
    create_token,
    find_caller,
    revoke_token,
)

__all__ = [
    "Caller",
    "MissingScope",
    "Scope",
    "TokenNameTaken",
    "UnknownScope",
    "create_token",
    "find_caller",
    "revoke_token",
]
