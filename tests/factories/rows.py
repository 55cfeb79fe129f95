"""A platform with so many rows of everything: content, releases, models, people, learners and what they did."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from django.contrib.auth import get_user_model

from cms.catalogue.models import CoursePage
from curriculum_graph.releases.api import find_current_release, publish_release
from curriculum_graph.snapshot import Snapshot
from recommender.engine.learner import Event, Learner, LearnerGoal, Verb, Waived
from recommender.engine.waiving import WaiverDocument
from recommender.learners.actions import put_waiver
from recommender.learners.api import get_learner, put_learners, record_events
from recommender.programs.api import build_programs, get_world
from recommender.training.models import ModelVersion
from tests.factories.importing import import_document

AT = datetime(2026, 11, 1, tzinfo=UTC)
TERMS = ("regions", "audiences", "industries")
METRIC = {"mean": 0.1, "low": 0.1, "high": 0.2}


def document(rows: int) -> dict[str, Any]:
    """Return a catalogue with so many rows of each kind; course 0 has as many modules, module 0 as many variants."""
    numbers = range(rows)
    terms = {kind: [_term(kind, n) for n in numbers] for kind in TERMS}
    goals = [{"competence": f"k:1.{n}", "level": 1} for n in numbers]
    competences = [
        {"code": f"k:1.{n}", "title": f"Năng lực {n}", "domain": f"k:d{n}", "descriptors": {"1": "Làm được"}}
        for n in numbers
    ]
    return {
        "format": "curriculum-catalogue/1",
        "languages": [{"code": f"vi-x{n}", "title": f"Tiếng {n}"} for n in numbers],
        "frameworks": [
            {"code": "k", "title": "Khung", "levels": 4, "competences": competences,
             "domains": [{"code": f"k:d{n}", "title": f"Miền {n}"} for n in numbers]},
            *({"code": f"f{n}", "title": f"Khung {n}", "levels": 2, "competences": []} for n in numbers),
        ],
        **terms,
        "crosswalks": [{"from": f"k:1.{n}", "to": f"k:1.{n + 1}", "relation": "close"} for n in range(rows - 1)],
        "items": [_item(n) for n in numbers],
        "programmes": [{"code": f"p{n}", "title": f"Chương trình {n}", "goals": goals} for n in numbers],
        "courses": [_course(n, rows) for n in numbers],
    }  # fmt: skip


def _term(kind: str, number: int) -> dict[str, Any]:
    term = {"code": f"{kind}-{number}", "title": f"{kind} {number}"}
    return {**term, "parent": f"{kind}-0"} if number else term


def _item(number: int) -> dict[str, Any]:
    return {
        "code": f"i{number}", "competence": f"k:1.{number}", "level": 1, "kind": "single_choice",
        "prompt": f"Câu {number}?", "correct": ["a"],
        "options": [{"code": "a", "text": "Đúng"}, {"code": "b", "text": "Sai"}],
    }  # fmt: skip


def _course(number: int, rows: int) -> dict[str, Any]:
    modules = [_module(f"{number}.{m}", rows if not m and not number else 1) for m in range(rows if not number else 1)]
    return {
        "code": f"c{number:02}", "title": f"Khoá {number}", "summary": "Ngắn", "minutes": 30, "owner": "Bộ",
        "teaches": [{"competence": f"k:1.{n}", "level": 1} for n in sorted({0, number})],
        "requires": [{"any_of": [{"course": f"c{n:02}"}]} for n in range(number)],
        "recommended_after": [f"c{n:02}" for n in range(number)],
        "modules": modules,
    }  # fmt: skip


def _module(code: str, variants: int) -> dict[str, Any]:
    return {
        "code": f"m{code}", "title": f"Bài {code}", "markdown": "# Bài\n\nNội dung",
        "variants": [{"code": f"v{n}", "regions": [f"regions-{n}"], "markdown": "Riêng"} for n in range(variants)],
    }  # fmt: skip


def fill(rows: int) -> None:
    """Import the catalogue, publish ``rows`` releases of it, and add models, people, learners and events."""
    content = document(rows)
    import_document(content)
    for number in range(rows):
        content["courses"][0]["minutes"] = 100 * rows + number
        current = find_current_release()
        snapshot = msgspec.json.decode(json.dumps(content), type=Snapshot)
        publish_release(snapshot, parent=current.id if current else None, actor="an", note=f"{number}", at=AT)
    for _ in range(rows):
        CoursePage.objects.get(code="c00").save_revision(log_action=True)
    _people(rows)
    _learners(rows)
    _models(rows)
    _changes(rows)


def _people(rows: int) -> None:
    users = get_user_model()
    for number in range(rows):
        users.objects.get_or_create(username=f"user-{number}")


def _learners(rows: int) -> None:
    """Add learners who want everything: ``a``, ``b`` finished no course, ``done`` all but the last."""
    goals = tuple(LearnerGoal(competence=f"k:1.{n}", level=1) for n in range(rows))
    waived = tuple(Waived(course=f"gone-{n}") for n in range(rows))
    verbs: dict[str, Verb] = {f"a{rows}": "launched", f"b{rows}": "launched", f"done{rows}": "completed"}
    put_learners([Learner(learner=name, goals=goals, waived=waived, minutes_per_week=60) for name in verbs], at=AT)
    events = [_event(name, verb, n) for name, verb in verbs.items() for n in range(rows - 1)]
    record_events(events, at=AT)


def _changes(rows: int) -> None:
    """Add a learner ``w`` who is let off one course after the other, and whose program follows each time."""
    put_learners([Learner(learner=f"w{rows}", goals=(LearnerGoal(course=f"c{rows - 1:02}"),))], at=AT)
    learner = get_learner(f"w{rows}").id
    world = get_world(AT.date())
    build_programs([learner], world, objective=None, at=AT)
    for number in range(rows - 1):
        at = AT + timedelta(minutes=number + 1)
        put_waiver(learner, f"k{number}", WaiverDocument(course=f"c{number:02}", reason="…"), author="an", at=at)
        build_programs([learner], world, objective=None, at=at)


def _event(learner: str, verb: Verb, number: int) -> Event:
    at = (AT + timedelta(hours=number)).isoformat()
    return Event(id=f"{learner}-{number}", learner=learner, verb=verb, at=at, course=f"c{number:02}")


def _models(rows: int) -> None:
    release = find_current_release()
    if release is None:
        raise RuntimeError("there is no release")
    measured = {"hr@10": METRIC, "ndcg@10": METRIC, "gain": METRIC}
    split = {"choices": 1, "without_history": 0, "models": dict.fromkeys(
        ("popularity", "hybrid", "neighbours", "content", "blend"), measured)}  # fmt: skip
    ModelVersion.objects.bulk_create(
        [
            ModelVersion(
                id=f"{rows:032}{n:032}", inputs=f"{rows}-{n}", release_id=release.id, served="popularity",
                reason="not_better", trained_at=AT + timedelta(minutes=n), actor="an", seed=n, interaction_count=1,
                learner_count=1, course_count=1, window_from=AT, window_to=AT, parameters={},
                report={"splits": {"leave_last_out": split}},
            )
            for n in range(rows)
        ]
    )  # fmt: skip
