"""Every field that concerns a learner says what kind of data it is."""

import pytest
from django.apps import apps
from django.db.models import Model

KINDS = {"pseudonym", "sensitive", "profile", "operational"}


def learner_models() -> list[type[Model]]:
    return [
        m for config in apps.get_app_configs() if config.name.startswith("recommender.") for m in config.get_models()
    ]


def test_there_are_models_to_check() -> None:
    assert learner_models()


@pytest.mark.parametrize("model", learner_models(), ids=lambda m: m._meta.label)
def test_every_field_says_what_kind_of_data_it_is(model: type[Model]) -> None:
    said = getattr(model, "privacy", {})
    assert set(said) == {field.name for field in model._meta.concrete_fields}
    assert set(said.values()) <= KINDS
