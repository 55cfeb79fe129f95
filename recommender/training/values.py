"""What this app hands out: frozen values, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal


class NothingToLearn(Exception):
    """No stored event names a course of the release: there is nothing to train on. No model is a legal state."""

    code = "nothing_to_learn"


class NoSuchVersion(Exception):
    """No model version has this id, or several begin with it."""

    code = "no_such_version"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One model version. ``is_current``: it is what is served now; ``metrics`` are those of the main split, by
    model."""

    id: str
    release: str
    served: Literal["blend", "popularity"]
    reason: str
    trained_at: datetime
    actor: str
    seed: int
    interaction_count: int
    learner_count: int
    course_count: int
    window_from: datetime
    window_to: datetime
    parameters: Mapping[str, Any]
    report: Mapping[str, Any]
    is_current: bool
    promoted_at: datetime | None
    promoted_by: str

    @property
    def short(self) -> str:
        """The first twelve characters of the id: enough for people."""
        return self.id[:12]

    @property
    def metrics(self) -> Mapping[str, Any]:
        """Each candidate's metrics on choices held back by time, or else on those left out last; may be empty."""
        splits = self.report.get("splits", {})
        main = splits.get("by_time") or splits.get("leave_last_out") or {}
        models: Mapping[str, Any] = main.get("models", {})
        return models


@dataclass(frozen=True, slots=True)
class Trained:
    """What a training came to: the version, whether it had to be trained, and whether what is served changed."""

    version: VersionInfo
    changed: bool
    promoted: bool
