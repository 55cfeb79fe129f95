"""Forgetting what nobody needs any more; what goes with a learner goes by itself."""

from datetime import datetime

from django.db import transaction

from recommender.programs.models import BuildRun, ProgramVersion


@transaction.atomic
def forget_before(programs: datetime, runs: datetime) -> tuple[int, int]:
    """Delete the programs built before ``programs`` that others have followed, and the runs that ended before ``runs``.

    A learner's program of now stays, however old. Returns how many programs and runs went.
    """
    followed, _by_model = ProgramVersion.objects.filter(is_current=False, created_at__lt=programs).delete()
    _count, by_model = BuildRun.objects.filter(finished_at__lt=runs).delete()
    return followed, by_model.get("programs.BuildRun", 0)
