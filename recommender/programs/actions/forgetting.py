"""Forgetting what nobody needs any more; what goes with a learner goes by itself."""

from datetime import datetime

from django.db import transaction

from recommender.programs.models import BuildRun, GivenRecommendation, ProgramVersion


@transaction.atomic
def forget_before(programs: datetime, runs: datetime) -> tuple[int, int, int]:
    """Delete what is older than ``programs`` (programs that others have followed, recommendations), and the runs that
    ended before ``runs``.

    A learner's program of now stays, however old. Returns how many programs, recommendations and runs went.
    """
    followed, _by_model = ProgramVersion.objects.filter(is_current=False, created_at__lt=programs).delete()
    given, _by_model = GivenRecommendation.objects.filter(created_at__lt=programs).delete()
    _count, by_model = BuildRun.objects.filter(finished_at__lt=runs).delete()
    return followed, given, by_model.get("programs.BuildRun", 0)
