"""A variant that begins as a copy of its base."""

from typing import Any

from cms.catalogue.models import AuthorScope, Module, Variant
from cms.catalogue.scopes import get_scope, is_limited


def begin_variant(module: Module, user: Any, *, copies: bool) -> Variant:
    """Return a variant to be written, not saved: for whom the author writes, on what the base says now.

    With ``copies`` it starts with the base's body, whose blocks keep their ids: a later merge knows them by these.
    """
    variant = Variant(module=module, base_version=module.version)
    if copies:
        variant.body = module.body.get_prep_value()
    for field, codes in _own_targets(user).items():
        setattr(variant, field, codes)
    variant.code = _free_code(module, [*variant.regions, *variant.audiences, *variant.languages])
    return variant


def _own_targets(user: Any) -> dict[str, list[str]]:
    """Return for whom somebody with a scope writes first of all; nothing for those who write for everyone."""
    row = AuthorScope.objects.filter(user=user).first() if is_limited(user) else None
    if row is None:
        return {}
    own = get_scope(user)
    if own.regions:
        return {"regions": list(row.regions)}
    return {"audiences": list(row.audiences)} if own.audiences else {"languages": list(row.languages[:1])}


def _free_code(module: Module, targets: list[str]) -> str:
    """Return a code made of whom it is for that no variant of the module has; empty where it is for everyone."""
    if not targets:
        return ""
    taken = set(module.variants.values_list("code", flat=True))
    code, number = targets[0], 1
    while code in taken:
        number += 1
        code = f"{targets[0]}-{number}"
    return code
