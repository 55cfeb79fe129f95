"""The national curriculum is whole, sound, distinct and the same every time."""

import hashlib
import io
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from cms.national.authoring.curriculum import generate_curriculum
from cms.national.authoring.population import generate_learners
from curriculum_graph.api import check_snapshot, read_catalogue, write_catalogue
from curriculum_graph.requirements import learn, may_take
from curriculum_graph.snapshot import Course, Snapshot, text_in

pytestmark = pytest.mark.xdist_group("national")
ROOT = Path(__file__).resolve().parents[3]
PROGRAM = (
    "import hashlib, io; from cms.national.authoring.curriculum import generate_curriculum; "
    "from curriculum_graph.api import write_catalogue; out = io.BytesIO(); "
    "write_catalogue(generate_curriculum(250, 7), out); print(hashlib.sha256(out.getvalue()).hexdigest())"
)


@cache
def curriculum(courses: int = 800, seed: int = 1) -> Snapshot:
    return generate_curriculum(courses, seed)


def written(snapshot: Snapshot) -> bytes:
    out = io.BytesIO()
    write_catalogue(snapshot, out)
    return out.getvalue()


def test_it_reads_back_as_a_catalogue_without_errors() -> None:
    snapshot = read_catalogue(written(curriculum()))
    assert [p for p in check_snapshot(snapshot) if p.severity == "error"] == []


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_the_same_seed_gives_the_same_bytes_in_any_process(hash_seed: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env={"PYTHONHASHSEED": hash_seed}, capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == hashlib.sha256(written(generate_curriculum(250, 7))).hexdigest()


def test_another_seed_gives_another_curriculum() -> None:
    assert written(generate_curriculum(250, 7)) != written(generate_curriculum(250, 8))


def test_every_competence_has_courses_at_every_level() -> None:
    taught = {(level.competence, level.level) for course in curriculum(192).courses for level in course.teaches}
    competences = [c.code for f in curriculum(192).frameworks if f.code == "tt02" for c in f.competences]
    assert len(competences) == 24
    assert taught >= {(competence, level) for competence in competences for level in range(1, 9)}


def test_every_competence_level_has_two_test_items() -> None:
    count = Counter((item.competence, item.level) for item in curriculum().items)
    assert len(count) == 24 * 8
    assert min(count.values()) >= 2
    assert len({item.kind for item in curriculum().items}) >= 5


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_two_courses_have_the_same_title(language: str) -> None:
    titles = Counter(text_in(course.title, language) for course in curriculum(3072).courses)
    assert [title for title, count in titles.items() if count > 1] == []


def test_courses_have_at_least_three_modules_and_four_variants() -> None:
    thin = [
        course.code
        for course in curriculum(3072).courses
        if len(course.modules) < 3 or sum(len(module.variants) for module in course.modules) < 4
    ]
    assert thin == []


def test_no_gap_of_a_text_is_left_open() -> None:
    assert not [line for line in written(curriculum()).decode().splitlines() if "{viec}" in line or "{nguoi}" in line]


def test_there_are_34_provinces_in_6_regions_and_every_commune() -> None:
    current = [term for term in curriculum(0).regions if term.valid_until is None]
    roots = {term.code for term in current if term.parent is None}
    provinces = [term for term in current if term.parent in roots]
    assert (len(roots), len(provinces)) == (6, 34)
    assert len(current) - len(roots) - len(provinces) == 3321


def test_no_courses_means_the_taxonomies_alone() -> None:
    assert curriculum(0).courses == ()
    assert len(curriculum(0).programmes) >= 6


def test_every_programme_can_be_reached_by_its_audience_everywhere() -> None:
    snapshot = curriculum()
    unreachable = [
        (programme.code, audience)
        for programme in snapshot.programmes
        for audience in programme.audiences or ("",)
        if not _reached(snapshot, audience, programme.code)
    ]
    assert unreachable == []


def _reached(snapshot: Snapshot, audience: str, programme: str) -> bool:
    """Return whether courses for everybody, or for this audience in every province, lead to a programme's goals."""
    parents = {term.code: term.parent for term in snapshot.audiences}
    line: set[str] = set()
    code: str | None = audience
    while code:
        line.add(code)
        code = parents[code]
    waiting = [
        c for c in snapshot.courses if not c.regions and not c.languages and (not c.audiences or line & {*c.audiences})
    ]
    taken: set[str] = set()
    held: dict[str, int] = {}
    while ready := [course for course in waiting if may_take(course, taken, held)]:
        waiting = [course for course in waiting if course not in ready]
        for course in ready:
            taken.add(course.code)
            held = learn(held, course.teaches)
    [goals] = [p.goals for p in snapshot.programmes if p.code == programme]
    return all(g.course in taken if g.course else held.get(g.competence or "", 0) >= (g.level or 1) for g in goals)


def test_learners_want_things_that_exist_and_the_edges_come_first() -> None:
    snapshot = curriculum()
    learners = generate_learners(snapshot, 120, 5)
    assert learners == generate_learners(snapshot, 120, 5)
    courses: dict[str, Course] = {course.code: course for course in snapshot.courses}
    programmes = {programme.code for programme in snapshot.programmes}
    goals = [goal for learner in learners for goal in learner.goals]
    assert {goal.programme for goal in goals if goal.programme} <= programmes
    assert {goal.course for goal in goals if goal.course} <= set(courses)
    assert any(not learner.languages for learner in learners[:12])
    assert any(learner.minutes_budget == 0 for learner in learners[:12])
