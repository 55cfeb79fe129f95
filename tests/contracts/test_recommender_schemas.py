"""The schemas that ship with the package are the contracts, and the documents of this project follow them."""

from pathlib import Path

import msgspec
import pytest

from curriculum_graph.snapshot import Goal
from recommender.engine.interchange import Contract, check, schema, validator
from recommender.engine.learner import Event, Learner
from recommender.engine.program import Program, Reason, Step, StepModule, Unmet

CONTRACTS = Path(__file__).parents[2] / "../shared/contracts"
NAMES: list[Contract] = ["learners", "events", "programs"]


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_that_ships_is_the_contract(name: Contract) -> None:
    contract = CONTRACTS / f"{name}.schema.json"
    if not contract.exists():
        pytest.skip("the contracts lie beside the repository in the place where it was written only")
    assert schema(name) == msgspec.json.decode(contract.read_bytes())


@pytest.mark.parametrize(("kind", "name"), [(Learner, "learners"), (Event, "events")])
def test_a_document_has_the_fields_of_its_schema(kind: type[Learner] | type[Event], name: Contract) -> None:
    assert set(kind.__struct_fields__) == set(schema(name)["properties"])


def test_a_learner_with_every_field_is_read_and_written_alike() -> None:
    document = {
        "learner": "a",
        "region": "r",
        "audiences": ["x"],
        "industries": ["y"],
        "languages": ["vi"],
        "needs": ["captions"],
        "max_megabytes": 1.5,
        "minutes_per_week": 1,
        "minutes_budget": 0,
        "goals": [{"course": "c", "weight": 2.0}, {"competence": "k", "level": 1}, {"programme": "p"}],
        "completed": ["c"],
        "mastered": [{"competence": "k", "level": 1}],
        "waived": [{"course": "c", "until": "2027-01-01", "reason": "r"}],
    }
    learner = check(document, Learner, "")
    assert msgspec.json.decode(msgspec.json.encode(learner)) == document


def test_a_program_follows_its_contract_and_says_when_a_module_is_the_base() -> None:
    step = Step(
        position=1,
        course="c",
        minutes=5,
        reasons=(Reason(code="goal", course="c"),),
        modules=(StepModule(module="m", variant=None),),
    )
    program = Program(
        learner="a",
        release="r",
        model="none",
        objective="balanced",
        status="partial",
        steps=(step,),
        unmet=(Unmet(goal=Goal(course="d"), reason="over_budget"),),
        total_minutes=5,
    )
    document = msgspec.json.decode(msgspec.json.encode(program))
    validator("programs").validate(document)
    assert document["steps"][0]["modules"] == [{"module": "m", "variant": None}]
