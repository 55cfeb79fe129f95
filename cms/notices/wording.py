"""Sentences of notices, in the language of whoever reads.

An app registers the kinds of notices that it gives when it is ready: a title and a sentence, each with ``%(name)s`` for
what the notice's data say, and which of Wagtail's preferences for e-mail it follows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime

from cms.notices.models import Notice


@dataclass(frozen=True, slots=True)
class Kind:
    """What notices of a kind say. ``preference`` is ``submitted``, ``approved`` or ``rejected``, or empty."""

    title: Any
    sentence: Any
    preference: str = ""


_kinds: dict[str, Kind] = {}


def register_notice(name: str, kind: Kind) -> None:
    """Make a kind of notices known under a name."""
    _kinds[name] = kind


def find_kind(name: str) -> Kind | None:
    """Return the kind with this name; None where the app that gave it is gone."""
    return _kinds.get(name)


def title_of(notice: Notice) -> str:
    """Return what a notice is, in a few words."""
    return _worded(notice, "title")


def sentence_of(notice: Notice) -> str:
    """Return what a notice says."""
    return _worded(notice, "sentence")


def _worded(notice: Notice, part: str) -> str:
    kind = find_kind(notice.kind)
    return str(getattr(kind, part)) % _shown(notice.data) if kind else notice.kind


def _shown(data: Mapping[str, Any]) -> dict[str, str]:
    return {name: _value(value) for name, value in data.items()}


def _value(value: Any) -> str:
    when = parse_datetime(value) if isinstance(value, str) and len(value) >= 20 and value[4:5] == "-" else None
    return date_format(localtime(when), "SHORT_DATE_FORMAT") if when else str(value)
