"""How much of what an editor can read is there in Vietnamese, domain by domain.

Counted are the sentences of every installed app's English catalogue, less those that only developers meet: said in
management commands, system checks and tests alone, or names of languages that the site does not speak. A sentence is
in Vietnamese when Django's merged catalogue, in the order in which it looks things up, has a translation; one that
repeats the English counts only where our own catalogues say that it is right so ("IPv4").
"""

import gettext
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import django
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.utils.translation.trans_real import DjangoTranslation

from cms.vietnamese import sources

LANGUAGE = "vi"
ENOUGH = 95.0
"""Per cent of the sentences of each foreign domain; ours must all be there."""
DOMAINS = ("django", "djangojs")
FOR_DEVELOPERS = re.compile(r"(^|/)(management/commands/|checks?\.py|tests?/|conf/global_settings\.py)")
Key = str | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one domain says, and what of it is missing in Vietnamese."""

    name: str
    count: int
    missing: tuple[str, ...]
    enough: float = ENOUGH

    @property
    def percent(self) -> float:
        return 100.0 * (self.count - len(self.missing)) / self.count if self.count else 100.0

    @property
    def suffices(self) -> bool:
        return self.percent >= self.enough


def measure() -> list[Coverage]:
    """Count Django's and Wagtail's domains, then our own apps."""
    theirs = [measure_theirs(name, folder, domain) for domain in DOMAINS for name, folder in foreign(domain)]
    return [*theirs, *(measure_ours(app) for app in (sources.SITE, *sources.own_apps()))]


def foreign(domain: str) -> Iterator[tuple[str, Path]]:
    """Yield the name and ``locale`` folder of what we build on, where it says anything in this domain."""
    places = [("django", Path(django.__file__).parent / "conf" / "locale")]
    places += [(config.name, Path(config.path) / "locale") for config in apps.get_app_configs()]
    ours = {sources.ROOT / app / "locale" for app in sources.own_apps()}
    for name, folder in sorted(places):
        if folder not in ours and english(folder, domain).is_file():
            yield name, folder


def english(folder: Path, domain: str) -> Path:
    """Return where an app keeps its English sentences."""
    return folder / "en" / "LC_MESSAGES" / f"{domain}.po"


def for_editors(folder: Path, domain: str) -> list[Entry]:
    """Return the sentences of an English catalogue that not only developers can meet."""
    with english(folder, domain).open("rb") as file:
        entries = [entry for entry in read_po(file, locale="en") if entry.id]
    return [entry for entry in entries if not _for_developers(entry)]


def _for_developers(entry: Entry) -> bool:
    places = [place for place, _line in entry.locations]
    return bool(places) and all(FOR_DEVELOPERS.search(place) for place in places)


def measure_theirs(name: str, folder: Path, domain: str) -> Coverage:
    """Count the sentences of one foreign domain."""
    entries = for_editors(folder, domain)
    known = in_force(domain, folder if domain != "django" else None)
    missing = [_english(entry) for entry in entries if not _is_said(entry, known, ours(domain))]
    return Coverage(name if domain == "django" else f"{name} ({domain})", len(entries), tuple(missing))


def measure_ours(app: str) -> Coverage:
    """Count the sentences that one of our apps says."""
    known = in_force("django", None)
    found = sources.used(app)
    missing = [
        f"{place}: {one}"
        for (context, one, many), place in found.items()
        if not known.get(_key(context, one, plural=bool(many)))
    ]
    return Coverage(app.replace("/", "."), len(found), tuple(missing), enough=100.0)


@cache
def in_force(domain: str, folder: Path | None) -> Mapping[Key, str]:
    """Return the Vietnamese that Django would give, from all catalogues in their order."""
    folders = [str(folder)] if folder else None
    merged = DjangoTranslation(LANGUAGE, domain=domain, localedirs=folders)._catalog  # type: ignore[attr-defined]  # its gettext answers with the English where it knows nothing
    return {key: text for layer in reversed(merged._catalogs) for key, text in layer.items()}


@cache
def ours(domain: str) -> frozenset[Key]:
    """Return what our own catalogues on ``LOCALE_PATHS`` say."""
    files = [gettext.find(domain, str(path), [LANGUAGE]) for path in settings.LOCALE_PATHS]
    found: set[Key] = set()
    for file in filter(None, files):
        with Path(file).open("rb") as compiled:
            found.update(gettext.GNUTranslations(compiled)._catalog)  # type: ignore[attr-defined]  # has no public listing
    return frozenset(found)


def _english(entry: Entry) -> str:
    return str(entry.id[0] if entry.pluralizable else entry.id)


def _key(context: str | None, one: str, *, plural: bool) -> Key:
    key = f"{context}\x04{one}" if context else one
    return (key, 0) if plural else key


def _is_said(entry: Entry, known: Mapping[Key, str], own: frozenset[Key]) -> bool:
    key = _key(entry.context, _english(entry), plural=entry.pluralizable)
    text = known.get(key)
    return bool(text) and (text not in (entry.id if entry.pluralizable else (entry.id,)) or key in own)
