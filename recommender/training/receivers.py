"""What this app does when something happens below it."""

from typing import Any

from django.dispatch import receiver

from curriculum_graph.releases.api import ReleaseInfo, release_published
from recommender.training.tasks import align


@receiver(release_published)
def align_with_the_new_release(release: ReleaseInfo, **_more: Any) -> None:
    """Bind the served model to the release that learners meet from now on."""
    align.delay(release.id)
