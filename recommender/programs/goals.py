"""The programmes that a learner may take as goals."""

from dataclasses import dataclass

from curriculum_graph.releases.api import get_frame, get_graph
from curriculum_graph.snapshot import Programme
from recommender.engine.api import profile_of
from recommender.engine.learner import Learner
from recommender.programs.titles import Title, title_in


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    title: Title
    is_meant: bool


def list_choices(release_id: str, learner: Learner, language: str) -> list[Choice]:
    """Return the programmes of a release, those meant for the learner's audience and region first."""
    graph = get_graph(release_id)
    profile = profile_of(graph, learner)
    audiences = {code for code, mine in zip(graph.audiences.codes, profile.audiences, strict=True) if mine}
    regions = {code for code, mine in zip(graph.regions.codes, profile.regions, strict=True) if mine}

    def is_meant(programme: Programme) -> bool:
        return (not programme.audiences or not audiences.isdisjoint(programme.audiences)) and (
            not programme.regions or not regions.isdisjoint(programme.regions)
        )

    choices = [
        Choice(programme.code, title_in(programme.title, language), is_meant(programme))
        for programme in get_frame(release_id).programmes
    ]
    return sorted(choices, key=lambda choice: not choice.is_meant)
