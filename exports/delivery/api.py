"""The public face of delivery."""

from exports.delivery.actions import Exported, Subject, export
from exports.delivery.endpoints import router as courses_router
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
    "Exported",
    "MissingScope",
    "Scope",
    "Subject",
    "TokenNameTaken",
    "UnknownScope",
    "courses_router",
    "create_token",
    "export",
    "find_caller",
    "revoke_token",
]
