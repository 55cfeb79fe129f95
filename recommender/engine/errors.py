"""Errors of the engine: calls that cannot be carried out."""

from curriculum_graph.errors import CurriculumError


class UnknownCode(CurriculumError):
    """A learner's goal names something that the release does not have. ``kind`` and ``name`` say what."""

    code = "unknown_code"
