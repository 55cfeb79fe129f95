"""What the reference of the API shows of questions: schemas of bodies, and an example of each answer."""

from typing import Any

from recommender.engine.interchange import schema

Extra = dict[str, Any]

_RELEASE = {"learner": "a1", "release": "9f2c…", "model": "4b1d…"}
_STEP: Extra = {
    "position": 1,
    "course": "4.1-b1-moi-nguoi",
    "minutes": 35,
    "relevance": 0.81,
    "reasons": [{"code": "relevant_to_you"}, {"code": "reaches_level", "competence": "tt02:4.1", "level": 1}],
    "modules": [{"module": "4.1-b1-moi-nguoi.m1", "variant": None}],
}
_PROGRAM: Extra = {
    **_RELEASE,
    "objective": "minutes",
    "status": "complete",
    "steps": [
        {"position": 1, "course": "4.1-b1-moi-nguoi", "minutes": 35,
         "reasons": [{"code": "prerequisite_of", "course": "4.2-b2-moi-nguoi"}]},
        {"position": 2, "course": "4.2-b2-moi-nguoi", "minutes": 40,
         "reasons": [{"code": "goal", "course": "4.2-b2-moi-nguoi"}]},
    ],
    "unmet": [],
    "total_minutes": 75,
}  # fmt: skip


def _example(value: Extra, document: Extra | None = None) -> Extra:
    content: Extra = {"schema": document or {"type": "object"}, "example": value}
    return {"responses": {200: {"description": "OK", "content": {"application/json": content}}}}


NEXT = _example(
    {
        **_RELEASE,
        "count": 34,
        "courses": [
            {
                "course": "4.1-b1-moi-nguoi",
                "minutes": 35,
                "position": 1,
                "relevance": 0.81,
                "opens": ["4.2-b2-moi-nguoi"],
            }
        ],
    }
)
RECOMMENDATIONS = _example(
    {
        **_RELEASE,
        "basis": "model",
        "minutes": 60,
        "steps": [_STEP],
        "total_minutes": 35,
        "relevant_minutes": 28.35,
    },
    schema("recommendations"),
)
UNLOCKS = _example(
    {
        "course": "4.2-b2-moi-nguoi",
        "state": "locked",
        "missing": [{"any_of": [{"course": "4.1-b1-moi-nguoi"}, {"competence": "tt02:4.1", "level": 1}]}],
        "program": _PROGRAM,
    }
)
TIME_TO = _example(
    {
        **_RELEASE,
        "goal": {"competence": "tt02:4.2", "level": 2},
        "held": False,
        "straight": {
            "courses": ["4.1-b1-moi-nguoi", "4.2-b2-moi-nguoi"],
            "minutes": 75,
            "paces": [{"minutes_per_week": 30, "weeks": 3}, {"minutes_per_week": 60, "weeks": 2}],
        },
        "on_path": None,
        "unmet": [],
    }
)
WHAT_IF: Extra = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": schema("what-if"),
                "example": {"minutes_per_week": 120, "skip": ["4.1-b1-moi-nguoi"]},
            }
        },
    },
    **_example(
        {
            "before": {**_PROGRAM, "weeks": 3},
            "after": {**_PROGRAM, "weeks": 1},
            "difference": {"minutes": [75, 75], "weeks": [3, 1]},
        }
    ),
}
