"""Every field that concerns a learner says what kind of data it is."""

import pytest
from django.apps import apps
from django.db.models import Model

KINDS = {"pseudonym", "sensitive", "profile", "operational"}


def learner_models() -> list[type[Model]]:
    """Return every model of the recommender, and every other model of which a row belongs to a learner."""
    learner = apps.get_model("learners", "Learner")
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("recommender.")
        or any(field.related_model is learner for field in model._meta.concrete_fields)
    ]


def test_there_are_models_to_check() -> None:
    assert learner_models()


@pytest.mark.parametrize("model", learner_models(), ids=lambda m: m._meta.label)
def test_every_field_says_what_kind_of_data_it_is(model: type[Model]) -> None:
    said = getattr(model, "privacy", {})
    assert set(said) == {field.name for field in model._meta.concrete_fields}
    assert set(said.values()) <= KINDS
