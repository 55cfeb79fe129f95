"""Reads: which model versions there are, and which is served."""

from django.db.models import QuerySet

from recommender.training.models import ModelVersion, Promotion
from recommender.training.values import NoSuchVersion, VersionInfo


def find_current_id() -> str | None:
    """Return the id of the version that is served, or ``None``. One query of one row."""
    return Promotion.objects.order_by("-id").values_list("version_id", flat=True).first()


def find_current_version() -> VersionInfo | None:
    """Return the version that is served, or ``None``."""
    current = find_current_id()
    return None if current is None else get_version(current)


def list_versions(offset: int = 0, limit: int | None = None) -> list[VersionInfo]:
    """Return the versions, newest first, in three queries."""
    return _infos(ModelVersion.objects.all()[offset : None if limit is None else offset + limit])


def count_versions() -> int:
    """Return how many versions there are."""
    return ModelVersion.objects.count()


def get_version(name: str) -> VersionInfo:
    """Return a version by its id, or by the beginning of it (four characters or more).

    Raises
    ------
    NoSuchVersion
        None or several are meant.
    """
    found = _infos(ModelVersion.objects.filter(id__startswith=name)[:2]) if len(name) >= 4 else []
    if len(found) != 1:
        raise NoSuchVersion(name)
    return found[0]


def find_by_inputs(inputs: str) -> VersionInfo | None:
    """Return the newest version that was trained from these inputs."""
    return next(iter(_infos(ModelVersion.objects.filter(inputs=inputs)[:1])), None)


def find_previous_id() -> str | None:
    """Return what was served before the version that is served now; ``None``: nothing, or no model."""
    current = find_current_id()
    served = Promotion.objects.order_by("-id").values_list("version_id", flat=True)
    return next((version for version in served.iterator() if version != current), None)


def _infos(rows: QuerySet[ModelVersion]) -> list[VersionInfo]:
    current = find_current_id()
    versions = list(rows)
    last = {
        promotion.version_id: promotion
        for promotion in Promotion.objects.filter(version__in=[row.id for row in versions]).order_by("id")
    }
    return [_info(row, last.get(row.id), row.id == current) for row in versions]


def _info(row: ModelVersion, promotion: Promotion | None, is_current: bool) -> VersionInfo:
    return VersionInfo(
        id=row.id,
        release=row.release_id,
        served="blend" if row.served == "blend" else "popularity",
        reason=row.reason,
        trained_at=row.trained_at,
        actor=row.actor,
        seed=row.seed,
        interaction_count=row.interaction_count,
        learner_count=row.learner_count,
        course_count=row.course_count,
        window_from=row.window_from,
        window_to=row.window_to,
        parameters=row.parameters,
        report=row.report,
        is_current=is_current,
        promoted_at=promotion.promoted_at if promotion else None,
        promoted_by=promotion.promoted_by if promotion else "",
    )
