"""What the import contracts in ``pyproject.toml`` cannot say themselves."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("cms", "curriculum_graph", "recommender", "exports")
FACES = {"api", "urls", "editing"}
"""Modules of an app that others may import: its face, its addresses, and what loads Wagtail's admin for editors."""


def test_import_contracts_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_every_app_has_a_place_in_the_layers() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    named = {layer for contract in contracts for layer in contract.get("layers", [])}
    own = {config.name for config in apps.get_app_configs() if config.name.split(".")[0] in PACKAGES}
    assert {app for app in own if app not in named and app.split(".")[0] not in named} == set()


def test_every_app_with_models_keeps_them_private() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    protected = {module for contract in contracts for module in contract.get("protected_modules", [])}
    own = [config for config in apps.get_app_configs() if config.name.split(".")[0] in PACKAGES]
    assert {f"{c.name}.models" for c in own if list(c.get_models())} - protected == set()


def test_apps_are_used_through_their_faces_only() -> None:
    own = [config.name for config in apps.get_app_configs() if config.name.split(".")[0] in PACKAGES]
    inner = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in _modules()
        for name in _imported(path)
        for app in own
        if name.startswith(f"{app}.")
        and not _dotted(path).startswith(f"{app}.")
        and name.removeprefix(f"{app}.").split(".")[0] not in FACES
    ]
    assert inner == []


def test_faces_list_what_is_public() -> None:
    faces = [path for path in _modules() if path.stem in {"api", "editing"} and path.parent.name != "cms"]
    assert [str(path.relative_to(ROOT)) for path in faces if "__all__" not in path.read_text()] == []


def test_no_module_imports_the_private_names_of_another() -> None:
    private = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in _modules()
        for name in _imported(path)
        if name.split(".")[0] in PACKAGES and name.rpartition(".")[2].startswith("_")
    ]
    assert private == []


def test_the_contract_of_plain_libraries_forgets_no_module() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [plain] = [contract for contract in contracts if contract["id"] == "plain"]
    modules = {f"curriculum_graph.{path.stem}" for path in (ROOT / "curriculum_graph").glob("*.py")}
    assert modules - {"curriculum_graph.__init__"} == {
        name for name in plain["source_modules"] if name.startswith("curriculum_graph.")
    }


def test_exactly_one_module_imports_lightfm() -> None:
    importers = [
        path.relative_to(ROOT).as_posix()
        for path in _modules()
        if any(name.split(".")[0] == "lightfm" for name in _imported(path))
    ]
    assert len(importers) == 1, importers


def test_the_web_process_never_loads_lightfm() -> None:
    code = (
        "import django; django.setup(); import sys, cms.urls, cms.wsgi, recommender.training.serving; "
        "from django.urls import get_resolver; get_resolver().url_patterns; "
        "assert 'lightfm' not in sys.modules"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        check=True,
        env={"DJANGO_SETTINGS_MODULE": "cms.settings.test", "DATABASE_URL": "sqlite://:memory:"},
    )


def _modules() -> list[Path]:
    return [path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts]


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def _imported(path: Path) -> set[str]:
    """Return the modules that a module imports, and the names that it takes out of each, with dots."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return names | {
        f"{node.module}.{alias.name}"
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
