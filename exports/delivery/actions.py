"""Exporting: write beside, validate, then put in place and note it down."""

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from curriculum_graph.errors import NotFound, Refused
from curriculum_graph.releases import api as releases
from exports.delivery.models import Package
from exports.formats.api import Source, get_format
from recommender.engine.program import Program
from recommender.learners import api as learners
from recommender.programs import api as programs


@dataclass(frozen=True, slots=True)
class Subject:
    """What to export: one course of a release, one learner's current program, or else the release itself.

    ``release`` is an id, the start of an id, or ``current``; a program is of the release that it was built from.
    """

    release: str = "current"
    course: str | None = None
    learner: str | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written, and its SHA-256."""

    path: Path
    sha256: str
    bytes: int


def export(
    format_name: str,
    subject: Subject,
    folder: Path,
    *,
    actor: str,
    at: datetime,
    progress: Callable[[str], None] = lambda step: None,
) -> Exported:
    """Write a subject in a format, and validate it before it appears in ``folder``.

    A file that is there already with the same bytes is left untouched.

    ``progress`` is told ``"reading"``, ``"writing"`` and ``"validating"``.

    Raises
    ------
    NotFound : no such release, course or learner (or the learner has no program yet).
    UnknownFormat, ScopeNotOffered : of the format.
    Refused : what was written is not valid; nothing was left in ``folder``.
    """
    chosen = get_format(format_name, "course" if subject.course else "program" if subject.learner else "release")
    progress("reading")
    learner_id = learners.get_learner(subject.learner).id if subject.learner else None
    source = _source(subject, learner_id)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / chosen.file_name(source)
    with tempfile.TemporaryDirectory(prefix=".export-", dir=folder) as scratch:
        written = Path(scratch) / target.name
        progress("writing")
        chosen.write(source, written)
        progress("validating")
        problems = chosen.validate(written)
        if problems:
            raise Refused(problems)
        digest = _sha256(written)
        size = written.stat().st_size
        if not target.exists() or _sha256(target) != digest:
            written.replace(target)
    done = Exported(path=target, sha256=digest, bytes=size)
    _note(source, learner_id, chosen.name, done, actor, at)
    return done


def _source(subject: Subject, learner_id: int | None) -> Source:
    program = None if learner_id is None else _program(learner_id, str(subject.learner))
    info = releases.get_release(program.release if program else subject.release)
    snapshot = releases.get_snapshot(info.id)
    return Source(
        snapshot=snapshot,
        release=info.id,
        published=info.at.isoformat(),
        open_asset=lambda asset: releases.open_asset(asset.sha256),
        course=releases.get_course(info.id, subject.course) if subject.course else None,
        program=program,
    )


def _program(learner_id: int, pseudonym: str) -> Program:
    current = programs.find_current(learner_id)
    if current is None:
        raise NotFound(kind="program", code=pseudonym)
    return current.stored.program


def _note(source: Source, learner_id: int | None, name: str, done: Exported, actor: str, at: datetime) -> None:
    """Note the package down, unless the same bytes were noted before."""
    what = {
        "format": name,
        "scope": source.scope,
        "subject": source.course.code if source.course else "",
        "learner_id": learner_id,
        "release": source.release,
        "sha256": done.sha256,
    }
    about = {"file_name": done.path.name, "bytes": done.bytes, "created_at": at, "created_by": actor}
    Package.objects.get_or_create(**what, defaults=about)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
