"""The examples in docstrings run; the schema that is shipped is the contract's."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import curriculum_graph
from curriculum_graph import api
from curriculum_graph.checks import check_snapshot
from curriculum_graph.interchange import read_catalogue

ROOT = Path(curriculum_graph.__file__).parent
SHARED = ROOT.parent.parent / "shared"
MODULES = sorted(path.stem for path in ROOT.glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_run(name: str) -> None:
    assert doctest.testmod(import_module(f"curriculum_graph.{name}")).failed == 0


def test_the_api_lists_what_it_offers() -> None:
    assert len(set(api.__all__)) == len(api.__all__)
    assert all(hasattr(api, name) for name in api.__all__)


def test_the_shipped_schema_is_the_contract() -> None:
    contract = SHARED / "contracts" / "catalogue.schema.json"
    if not contract.exists():
        pytest.skip("the contracts are not beside this checkout")
    assert (ROOT / "schemas" / "catalogue.schema.json").read_bytes() == contract.read_bytes()


@pytest.mark.parametrize(("name", "courses"), [("universities", 654), ("udemy", 8196)])
def test_a_real_catalogue_reads_and_is_found_sound(name: str, courses: int) -> None:
    path = SHARED / "data" / name / "catalogue.json.gz"
    if not path.exists():
        pytest.skip("the shared data are not beside this checkout")
    snapshot = read_catalogue(path)
    assert len(snapshot.courses) == courses
    assert check_snapshot(snapshot) == []
