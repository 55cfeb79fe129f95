"""For whom the courses are written."""

from dataclasses import dataclass
from functools import cache

from cms.national.authoring.prose import Bilingual, Line, bilingual, read_blocks, read_lines
from cms.national.authoring.taxonomies import root_of_audience

EVERYONE = "moi-nguoi"
SLOTS = ("tep", "nhom", "nguoi", "noi", "viec", "sp")


@dataclass(frozen=True)
class Profile:
    """A kind of learner: who they are, the levels that are written for them, and the life their lessons speak of.

    ``contexts`` says, domain by domain, what digital competence means in that life; ``slots`` fill the gaps in lessons.
    """

    code: str
    levels: tuple[int, int]
    audiences: tuple[str, ...]
    industries: tuple[str, ...]
    regions: tuple[str, ...]
    unsuited: tuple[str, ...]
    name: Bilingual
    tail: Bilingual
    slots: dict[str, str]
    contexts: dict[str, Bilingual]

    @property
    def group(self) -> str:
        """One of the four groups of the decision; empty for everyone."""
        return root_of_audience()[self.audiences[0]] if self.audiences else ""

    def context(self, competence: str) -> Bilingual:
        """Return what a competence means in that life: its group's words, where there are any, before its domain's."""
        shared = _contexts()
        own = self.contexts[competence.split(".", maxsplit=1)[0]]
        return shared.get((competence, self.group), shared.get((competence, ""), own))

    def suits(self, competence: str, level: int) -> bool:
        """Say whether a course of this competence and level is written for these people."""
        return self.levels[0] <= level <= self.levels[1] and not (level > 1 and competence in self.unsuited)


@cache
def _contexts() -> dict[tuple[str, str], Bilingual]:
    rows = (line.fields(4) for line in read_lines("contexts.txt"))
    return {(competence, group.removeprefix("-")): bilingual(vi, en) for competence, group, vi, en in rows}


@cache
def profiles() -> dict[str, Profile]:
    """Return the profiles by code."""
    found = [_profile(heading, lines) for heading, lines in read_blocks("profiles.txt")]
    return {profile.code: profile for profile in found}


def _profile(heading: Line, lines: list[Line]) -> Profile:
    code, levels, audiences, industries, regions, unsuited = heading.fields(6)
    low, high = levels.split("-")
    by_key = {}
    for line in lines:
        key, _, text = line.text.partition(":")
        by_key[key] = line._replace(text=text)
    texts = {key: bilingual(*line.fields(2)) for key, line in by_key.items() if key != "slots"}
    slots = dict(field.strip().split("=", 1) for field in by_key["slots"].text.split("|"))
    if missing := set(SLOTS) - set(slots):
        raise by_key["slots"].error(f"slots are missing: {sorted(missing)}")
    return Profile(
        code=code,
        levels=(int(low), int(high)),
        audiences=tuple(audiences.split()),
        industries=tuple(industries.split()),
        regions=tuple(regions.split()),
        unsuited=tuple(unsuited.split()),
        name=texts.pop("name"),
        tail=texts.pop("tail"),
        slots=slots,
        contexts=texts,
    )
