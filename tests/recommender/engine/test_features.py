"""Learners and courses as named features."""

from curriculum_graph.snapshot import Course, Group, LevelOf, Requirement, Snapshot
from recommender.engine.features import Trees, course_features, course_table, encoded, learner_features, lineage
from recommender.engine.learner import Learner
from tests.recommender.engine.two_worlds import snapshot

TREES = Trees(regions={"province": "north"}, audiences={"teacher": "civil"}, industries={"rice": "farming"})


def test_a_learner_has_their_terms_and_all_that_stand_above_the_root_first() -> None:
    learner = Learner(
        learner="l", region="province", audiences=("teacher", "elder"), industries=("rice",), languages=("vi",)
    )
    assert learner_features(learner, TREES) == (
        "region:north", "region:province", "audience:civil", "audience:teacher", "audience:elder",
        "industry:farming", "industry:rice", "language:vi",
    )  # fmt: skip


def test_a_learner_of_whom_nothing_is_known_has_no_features() -> None:
    assert learner_features(Learner(learner="l"), TREES) == ()


def test_a_tree_that_bites_its_tail_ends_all_the_same() -> None:
    assert lineage("a", {"a": "b", "b": "a"}) == ["b", "a"]


def test_a_course_has_what_it_teaches_for_whom_by_whom_and_its_words() -> None:
    course = Course(
        code="c", title={"vi": "An toàn số", "en": "Safety"}, minutes=1, owner="hanoi", keywords=("virus",),
        teaches=(LevelOf(competence="tt02:4.1", level=2),), regions=("hanoi",), languages=("vi",),
    )  # fmt: skip
    assert set(course_features(course)) == {
        "course:c", "teaches:tt02:4.1@2", "competence:tt02:4.1", "region:hanoi", "language:vi", "owner:hanoi",
        "keyword:virus", "word:an", "word:toàn", "word:số",
    }  # fmt: skip


def test_courses_are_in_the_order_of_the_compiled_graph() -> None:
    rows = course_table(snapshot()).rows
    assert list(rows) == sorted(rows)


def test_a_competence_in_a_group_is_satisfied_by_each_course_that_teaches_it_high_enough() -> None:
    def course(code: str, level: int, *groups: Group) -> Course:
        return Course(
            code=code, title=code, minutes=1, teaches=(LevelOf(competence="k", level=level),), requires=groups
        )

    either = Group(any_of=(Requirement(competence="k", level=2), Requirement(course="a")))
    courses = (course("a", 1), course("b", 2), course("c", 3), course("d", 1), course("e", 8, either))
    table = course_table(Snapshot(format="curriculum-catalogue/1", courses=courses))
    assert table.group_course.tolist() == [4]
    assert table.group_options.toarray().tolist() == [[1, 1, 1, 0, 1]]


def test_encoding_keeps_the_names_it_is_given_and_drops_the_rest() -> None:
    table = course_table(snapshot(1))
    assert encoded(table, ("keyword:clerks", "keyword:unknown")).toarray().tolist() == [[1, 0], [0, 0]]


def test_a_release_without_courses_has_an_empty_table() -> None:
    table = course_table(Snapshot(format="curriculum-catalogue/1"))
    assert table.matrix.shape == (0, 0)
