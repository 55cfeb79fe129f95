"""Values as they compare: lists that are sets in one order, the body in one form."""

from typing import Any

import msgspec
from msgspec.structs import replace

from curriculum_graph.snapshot import Course, Module, Variant, body_fields

SETS = ("audiences", "regions", "industries", "accessibility")


def normal_course(course: Course) -> Course:
    """Return a course in its normal form, with its modules' codes only (modules compare by themselves)."""
    groups = [replace(group, any_of=_as_set(group.any_of)) for group in course.requires]
    return replace(
        course,
        teaches=_as_set(course.teaches),
        requires=_as_set(groups),
        recommended_after=tuple(sorted(course.recommended_after)),
        modules=tuple(Module(code=module.code, title="") for module in course.modules),
        **_sets(course),
    )


def normal_module(module: Module) -> Module:
    """Return a module in its normal form, without its variants (they compare by themselves)."""
    return replace(module, variants=(), **_body(module))


def normal_variant(variant: Variant) -> Variant:
    """Return a variant in its normal form."""
    return replace(variant, **_sets(variant), **_body(variant))


def _sets(value: Course | Variant) -> dict[str, Any]:
    return {name: tuple(sorted(getattr(value, name))) for name in SETS}


def _body(value: Module | Variant) -> dict[str, Any]:
    return {"markdown": None, "blocks": (), **body_fields(value.body)} if value.body else {}


def _as_set(values: Any) -> Any:
    return tuple(sorted(values, key=msgspec.json.encode))
