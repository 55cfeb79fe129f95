"""A module that grows past what one can read is two modules."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("cms", "curriculum_graph", "recommender", "exports", "tests", "benchmarks")
MODULE_LINES = 400
FUNCTION_LINES = 50


def modules() -> list[Path]:
    return sorted(
        p
        for package in PACKAGES
        for p in (ROOT / package).rglob("*.py")
        if "migrations" not in p.relative_to(ROOT).parts
    )


@pytest.mark.parametrize("module", modules(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_module_is_short_enough_to_read(module: Path) -> None:
    assert len(module.read_text().splitlines()) < MODULE_LINES


@pytest.mark.parametrize("module", modules(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_functions_are_short_enough_to_read(module: Path) -> None:
    long = [
        f"{node.name} ({length} lines)"
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - _first_statement(node) + 1) >= FUNCTION_LINES
    ]
    assert long == []


def _first_statement(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return where a function's body starts: its signature and docstring may be as long as they like."""
    body = node.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) and len(body) > 1:
        return body[1].lineno
    return body[0].lineno


C_SOURCES = sorted((ROOT / "recommender/engine/native").glob("*.[ch]"))


@pytest.mark.parametrize("source", C_SOURCES, ids=lambda p: p.name)
def test_native_sources_are_as_short_as_python_ones(source: Path) -> None:
    lines = source.read_text().splitlines()
    assert len(lines) < MODULE_LINES
    bodies = re.findall(r"^\w[^\n;]*\{\n(.*?)^\}", source.read_text(), re.MULTILINE | re.DOTALL)
    assert [body for body in bodies if body.count("\n") >= FUNCTION_LINES and source.suffix == ".c"] == []
