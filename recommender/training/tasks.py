"""Jobs: they carry ids, load, and call an action; each may run twice without harm."""

from celery import shared_task
from django.utils import timezone

from recommender.engine.learning import Parameters
from recommender.training.actions import train_model
from recommender.training.selectors import find_current_version
from recommender.training.serving import aligned_folder


@shared_task
def train(release_id: str, seed: int = 0, epochs: int | None = None, actor: str = "job") -> None:
    """Train on what is stored, for a release."""
    given = {} if epochs is None else {"epochs": epochs}
    train_model(release_id, Parameters(seed=seed, **given), actor=actor, at=timezone.now())


@shared_task
def align(release_id: str) -> None:
    """Align the served model with a release, so that no learner's request has to."""
    served = find_current_version()
    if served is not None and served.release != release_id:
        aligned_folder(served.id, release_id)
