"""Quality and CPU of the recommender beside named peers, on held-back choices.

On `../shared/data/udemy` (8,196 courses, 92,403 completions) where it lies beside the repository, else on generated
data with a known structure. Peers are asked the very same choices: the last course of each learner, all courses not
taken being candidates. Peers: random order, scikit-learn's TF-IDF with cosine on a learner's profile, EASE (Steck
2019), LightFM as it comes (learner and course identities and course features, served from its own vectors),
popularity.
"""

import gzip
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from curriculum_graph.snapshot import Course, Snapshot, text_in
from recommender.engine.evaluating import gains, interval, rank_of
from recommender.engine.features import CourseTable, encoded, feature_table, kind_of
from recommender.engine.features import course_table as table_of
from recommender.engine.interactions import Interactions, interactions_from
from recommender.engine.learner import Event
from recommender.engine.learning import Parameters, learn
from recommender.engine.models.ranker import interaction_matrix
from recommender.engine.splitting import Split, leave_last_out

HERE = Path(__file__).resolve().parent
UDEMY = HERE.parent.parent / "shared" / "data" / "udemy"
OUT = HERE / "out" / "recommender.json"
PARAMETERS = Parameters()
EASE_COURSES = 4_000  # beyond it, inverting a dense matrix of courses takes minutes and gigabytes

Score = Callable[[int, np.ndarray], np.ndarray]


def udemy() -> tuple[Snapshot, list[Event]]:
    snapshot = msgspec.json.decode(gzip.decompress((UDEMY / "catalogue.json.gz").read_bytes()), type=Snapshot)
    decode = msgspec.json.Decoder(Event).decode
    with gzip.open(UDEMY / "events.jsonl.gz") as lines:
        return snapshot, [decode(line) for line in lines]


def generated(courses: int = 1_000, learners: int = 8_000) -> tuple[Snapshot, list[Event]]:
    """Return courses of 25 subjects, and learners who mostly stay within two of them."""
    rng = np.random.default_rng(0)
    subject = np.arange(courses) % 25
    made = tuple(
        Course(code=f"c{i:05}", title=f"subject {subject[i]} part {i}", minutes=60, keywords=(f"s{subject[i]}",))
        for i in range(courses)
    )
    appeal = rng.pareto(1.5, courses) + 0.05
    events = []
    for learner in range(learners):
        liked = rng.choice(25, 2, replace=False)
        chance = appeal * np.where(np.isin(subject, liked), 20.0, 1.0)
        chosen = rng.choice(courses, 5, replace=False, p=chance / chance.sum())
        for n, course in enumerate(chosen):
            hour, day = divmod(learner * 7 + n * 9_001, 28)
            at = f"2026-{1 + n:02}-{1 + day:02}T00:{hour % 60:02}:00Z"
            taken = Event(id=f"e{learner}-{n}", learner=f"l{learner:05}", verb="completed", at=at)
            events.append(msgspec.structs.replace(taken, course=f"c{course:05}"))
    return Snapshot(format="curriculum-catalogue/1", courses=made), events


def peers(snapshot: Snapshot, courses: CourseTable, split: Split) -> dict[str, Callable[[], Score]]:
    train = interaction_matrix(split.train)

    def random() -> Score:
        rng = np.random.default_rng(0)
        return lambda learner, history: rng.random(len(courses.rows))

    def tfidf() -> Score:
        from sklearn.feature_extraction.text import TfidfVectorizer

        by_code = {course.code: course for course in snapshot.courses}
        texts = [" ".join((text_in(by_code[code].title), *by_code[code].keywords)) for code in courses.rows]
        vectors = TfidfVectorizer().fit_transform(texts)
        return lambda learner, history: np.asarray(vectors @ vectors[history].mean(axis=0).T).ravel()

    def ease() -> Score:
        gram = (train.T @ train).toarray().astype(np.float32)
        gram[np.diag_indices_from(gram)] += 100.0
        inverse = np.linalg.inv(gram)
        weights = inverse / -np.diag(inverse)
        weights[np.diag_indices_from(weights)] = 0.0
        return lambda learner, history: weights[history].sum(axis=0)

    def lightfm() -> Score:
        from scipy import sparse

        from recommender.engine.models.hybrid_training import Schedule
        from recommender.engine.models.hybrid_training import train as fit

        names = [name for name in courses.names if kind_of(name) != "word"]
        features = encoded(courses, names)
        learners = sparse.eye_array(train.shape[0], dtype=np.float32, format="csr")
        found = fit(train, learners, features, Schedule(32, PARAMETERS.epochs, PARAMETERS.learning_rate, 0))
        vectors, biases = features @ found.course_vectors, features @ found.course_biases
        return lambda learner, history: vectors @ found.learner_vectors[learner] + biases

    named = {"random": random, "TF-IDF profile (scikit-learn)": tfidf, "LightFM as it comes": lightfm}
    return {**named, "EASE": ease} if len(courses.rows) <= EASE_COURSES else named


def measured(fit: Callable[[], Score], split: Split) -> tuple[np.ndarray, dict[str, Any]]:
    start = time.process_time()
    score = fit()
    fitted = time.process_time()
    ranks = np.array([rank_of(score(h.learner, h.history), h.course, h.history) for h in split.test])
    done = time.process_time()
    return ranks, {"fit_seconds": fitted - start, "milliseconds_a_learner": 1e3 * (done - fitted) / len(split.test)}


def main() -> None:
    source = "udemy" if UDEMY.exists() else "generated"
    snapshot, events = udemy() if source == "udemy" else generated()
    courses = table_of(snapshot)
    interactions: Interactions = interactions_from(events, courses.rows)
    split = leave_last_out(interactions, PARAMETERS.held_limit, PARAMETERS.seed)
    print(f"{source}: {len(courses.rows)} courses, {len(interactions.at)} interactions, {len(split.test)} choices")
    results: dict[str, Any] = {}
    for name, fit in peers(snapshot, courses, split).items():
        ranks, cost = measured(fit, split)
        results[name] = {"hr@10": vars_of(gains(ranks, "hr")), "ndcg@10": vars_of(gains(ranks, "ndcg")), **cost}
    learners = feature_table(dict.fromkeys(interactions.learners, ()))
    start = time.process_time()
    learnt = learn(interactions, learners, courses, PARAMETERS)
    seconds = time.process_time() - start
    for name, metrics in learnt.report["splits"]["leave_last_out"]["models"].items():
        results[f"ours: {name}"] = {key: metrics[key] for key in ("hr@10", "ndcg@10")}
    history = split.test[0].history
    start = time.process_time()
    for _ in range(200):
        learnt.blend.relevance((), history)
    results["ours: blend"] |= {
        "fit_seconds": seconds, "milliseconds_a_learner": 5 * (time.process_time() - start)
    }  # fmt: skip
    show(results)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps({"data": source, "results": results, "report": learnt.report}, indent=1))


def vars_of(values: np.ndarray) -> dict[str, float]:
    found = interval(values, PARAMETERS.seed)
    return {"mean": found.mean, "low": found.low, "high": found.high}


def show(results: dict[str, Any]) -> None:
    print(f"{'model':<32} {'HR@10':>7} {'NDCG@10':>8}  95 % interval      CPU fit s   ms a learner")
    for name, row in sorted(results.items(), key=lambda item: item[1]["ndcg@10"]["mean"]):
        hit, ndcg = row["hr@10"], row["ndcg@10"]
        cost = f"{row['fit_seconds']:>9.1f} {row['milliseconds_a_learner']:>14.2f}" if "fit_seconds" in row else ""
        bounds = f"[{ndcg['low']:.4f}, {ndcg['high']:.4f}]"
        print(f"{name:<32} {hit['mean']:>7.4f} {ndcg['mean']:>8.4f}  {bounds} {cost}")


if __name__ == "__main__":
    main()
