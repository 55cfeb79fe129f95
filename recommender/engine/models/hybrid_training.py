"""The one module that loads LightFM: interactions and features in, arrays out.

LightFM (Kula 2015) is a factorisation machine over features of both sides. It is trained here with the WARP loss
(Weston, Bengio and Usunier 2011), which samples wrong courses until one outranks a right one, and so works on the top
of the list. Serving needs the arrays alone; neither a web process nor a planner imports this module.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from lightfm import LightFM
from scipy import sparse

from recommender.engine.features import Csr

Float32 = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Embeddings:
    """A vector of ``d`` numbers and a bias for each feature: float32[F, d] and float32[F]."""

    learner_vectors: Float32
    learner_biases: Float32
    course_vectors: Float32
    course_biases: Float32


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast to train. ``seed`` makes the result the same, byte for byte, on the same machine."""

    dimensions: int
    epochs: int
    learning_rate: float
    seed: int


def train(interactions: Csr, learner_features: Csr, course_features: Csr, schedule: Schedule) -> Embeddings:
    """Return the embeddings of every feature.

    Parameters
    ----------
    interactions : float32[L, C] of positive weights, which scale the gradient of each interaction.
    learner_features, course_features : float32[L, Fl] and float32[C, Fc].

    Notes
    -----
    One thread: LightFM's parallel updates race, and the result would depend on the machine's mood.
    Complexity O(epochs × interactions × features of a pair × d × samples).
    """
    model = LightFM(
        no_components=schedule.dimensions,
        loss="warp",
        learning_rate=schedule.learning_rate,
        random_state=schedule.seed,
    )
    weights = sparse.coo_matrix(interactions.astype(np.float32))
    ones = sparse.coo_matrix((np.ones_like(weights.data), (weights.row, weights.col)), shape=weights.shape)
    model.fit(
        ones,
        sample_weight=weights,
        user_features=_narrow(learner_features),
        item_features=_narrow(course_features),
        epochs=schedule.epochs,
        num_threads=1,
    )
    return Embeddings(
        learner_vectors=model.user_embeddings,
        learner_biases=model.user_biases,
        course_vectors=model.item_embeddings,
        course_biases=model.item_biases,
    )


def _narrow(matrix: Csr) -> sparse.csr_matrix[np.float32]:
    """Return the matrix with 32-bit indices, the only ones that LightFM's compiled code takes."""
    parts = (matrix.data.astype(np.float32), matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32))
    return sparse.csr_matrix(parts, shape=matrix.shape)
