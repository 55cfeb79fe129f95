"""What training reads: a release's courses, and what learners did."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from curriculum_graph.releases import api as releases
from curriculum_graph.snapshot import Course
from recommender.engine.features import CourseTable, FeatureTable, Trees, course_table, feature_table, learner_features
from recommender.engine.interactions import Interactions, interactions_from
from recommender.learners import api as learners

BATCH = 200
"""Courses decoded at a time: their bodies, which no model reads, are let go at once."""


@dataclass(frozen=True, slots=True)
class Material:
    """All that a model is trained from; the rows of the tables are the interactions' learners and courses."""

    interactions: Interactions
    learners: FeatureTable
    courses: CourseTable
    trees: Trees


def courses_of(release_id: str) -> tuple[CourseTable, Trees]:
    """Return the courses of a release as features, and its trees."""
    slim = msgspec.structs.replace(releases.get_frame(release_id), courses=tuple(_without_bodies(release_id)))
    return course_table(slim), Trees.of(slim)


def _without_bodies(release_id: str) -> Iterator[Course]:
    for course in releases.iter_courses(release_id, BATCH):
        yield msgspec.structs.replace(course, modules=(), summary=None)


def material_for(release_id: str) -> Material:
    """Return everything stored that bears on the courses of a release. Queries do not grow with events."""
    courses, trees = courses_of(release_id)
    interactions = interactions_from(learners.iter_events(), courses.rows)
    features: dict[str, tuple[str, ...]] = dict.fromkeys(interactions.learners, ())
    for profile in learners.iter_profiles():
        if profile.learner in features:
            features[profile.learner] = learner_features(profile, trees)
    return Material(interactions, feature_table(features), courses, trees)
