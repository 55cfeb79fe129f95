"""What a search looks for, as plain data: substrings of folded texts, and the points that each is worth.

One plan serves everywhere. A database evaluates it with ``LIKE`` and ``CASE``, a process that holds the texts with
``in``; both give the same rows in the same order, because all points are whole numbers and all texts were folded here.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from curriculum_graph.folding import accented_words, fold, fold_words, word_spans
from curriculum_graph.spelling import halves, nearest

MOST_WORDS = 12
"""Words of a query that count."""

MOST_LETTERS = 200
"""Letters of a query that count."""

FEW = 3
"""Words of a query that may all be corrected at once; with more, leaving one out is the better guess."""

Column = Literal["code", "title", "words", "exact"]
Ladder = tuple[tuple[Column, str, int], ...]
"""Substrings of columns, with points. The first that is found counts, and none of the others."""

Readings = tuple[tuple[str, ...], ...]
"""For each word of a query what it is taken for, itself first."""

Reading = Literal["exact", "corrected", "partial"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is searched of one thing. Words stand between spaces, texts between ``^`` and ``$``.

    ``code`` and ``title`` (in every language) are folded; ``words`` is everything, folded; ``exact`` is the title in
    lower case with its accents.
    """

    code: str
    title: str
    words: str
    exact: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look for: ``needed`` of the ``required`` ladders must give points; ``extras`` only add some.

    ``reading`` says how freely the query is read: as written, with corrections, or without some of its words.
    """

    reading: Reading
    required: tuple[Ladder, ...]
    extras: tuple[Ladder, ...]
    needed: int
    readings: Readings


def make_entry(code: str, titles: Iterable[str], more: Iterable[str] = ()) -> Entry:
    """Return what is searched of a thing with this code, these titles (of all languages) and these further texts."""
    titles = [title for title in titles if title]
    folded = " ".join(_between(fold_words(title)) for title in titles)
    words = _between(fold_words(code))
    rest = " ".join(dict.fromkeys(word for text in more for word in fold_words(text)))
    return Entry(
        code=words,
        title=folded,
        words=f"{words} {folded} {rest} ",
        exact=" ".join(_between(accented_words(title)) for title in titles),
    )


def plans(query: str, vocabulary: Callable[[], Collection[str]]) -> Iterator[Plan]:
    """Yield ways to read a query, from the letter to the freest; the first that finds anything is meant.

    ``vocabulary`` returns every word of the things searched, folded. It is asked only if the first plan finds nothing.
    """
    words = fold_words(query[:MOST_LETTERS])[:MOST_WORDS]
    if not words:
        return
    typed: Readings = tuple((word,) for word in words)
    yield _plan("exact", query, typed)
    known = vocabulary()
    loose: Readings = tuple((word, *_meant(word, known)) for word in words)
    strange: Readings = tuple(each if _is_strange(each[0], known) else each[:1] for each in loose)
    if strange != typed:
        yield _plan("corrected", query, strange)
    if 1 < len(words) <= FEW:  # a slip may have made another word that exists: then they must stand together
        yield _plan("corrected", query, loose, together=True)
    if len(words) > 1:
        yield _plan("partial", query, strange)


def rank(entry: Entry, plan: Plan) -> int:
    """Return how well an entry answers a plan; 0 if it does not."""
    misses = len(plan.required) - plan.needed
    total = 0
    for ladder in plan.required:
        points = _points(entry, ladder)
        total += points
        misses -= not points
        if misses < 0:
            return 0
    return total + sum(_points(entry, ladder) for ladder in plan.extras)


def marked(text: str, plan: Plan) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with whether it is a word that the plan looks for."""
    pieces: list[tuple[str, bool]] = []
    done = 0
    for start, end in word_spans(text):
        word = fold(text[start:end])
        if any(_is_read(word, readings) for readings in plan.readings):
            pieces += [(text[done:start], False), (text[start:end], True)]
            done = end
    pieces.append((text[done:], False))
    return [piece for piece in pieces if piece[0]]


def suggest(query: str, titles: Iterable[str], plan: Plan) -> str:
    """Return a corrected query as it was meant: in the words of the first of the titles found that has all of them.

    ``""`` where the query was not corrected, or no title has them.
    """
    for title in titles if plan.reading == "corrected" else ():
        found = {fold(title[start:end]): title[start:end].lower() for start, end in reversed(word_spans(title))}
        near = (
            next((each for each in readings if all(word in found for word in each.split())), "")
            for readings in plan.readings
        )
        meant = [[found[word] for word in reading.split()] for reading in near]
        if all(meant):
            words = " ".join(word for reading in meant for word in reading)
            return words if fold_words(words) != fold_words(query) else ""
    return ""


def _between(words: Iterable[str]) -> str:
    return " ".join(["^", *words, "$"])


def _points(entry: Entry, ladder: Ladder) -> int:
    for column, substring, points in ladder:
        if substring in getattr(entry, column):
            return points
    return 0


def _is_strange(word: str, known: Collection[str]) -> bool:
    return not any(other.startswith(word) for other in known)


def _meant(word: str, known: Collection[str]) -> list[str]:
    return [*nearest(word, known), *halves(word, known)]


def _is_read(word: str, readings: tuple[str, ...]) -> bool:
    first, *others = readings
    starts = word.startswith(first) if len(first) > 1 else word == first
    return starts or any(word in other.split() for other in others)


def _plan(reading: Reading, query: str, readings: Readings, *, together: bool = False) -> Plan:
    distinct = tuple(dict.fromkeys(readings))
    share = {"exact": 1.0, "corrected": 1.0, "partial": 0.6}[reading]
    words: list[Ladder] = [_word(each, is_last=each is readings[-1]) for each in distinct]
    pairs = list(_pairs(readings))
    # Where only words that nothing has are corrected, the phrase is looked for as it was likeliest meant.
    phrase = _phrase(" ".join(each[0] if together else each[:2][-1] for each in readings))
    return Plan(
        reading=reading,
        required=(*words, *pairs) if together else tuple(words),
        extras=(phrase, *_accents(query)) if together else (phrase, *pairs, *_accents(query)),
        needed=len(words) + len(pairs) if together else max(1, round(share * len(words))),
        readings=distinct,
    )


def _word(readings: tuple[str, ...], *, is_last: bool) -> Ladder:
    """Score one word: whole before begun, in the title before elsewhere, as typed before as corrected."""
    word, *others = readings
    ladder: list[tuple[Column, str, int]] = [("title", f" {word} ", 20)]
    begun = len(word) > 1 or is_last
    if begun:
        ladder.append(("title", f" {word}", 10))
    ladder += [("code", f" {word} ", 8), ("words", f" {word} ", 4)]
    if begun:
        ladder.append(("words", f" {word}", 1))
    ladder += [("title", f" {other} ", 12) for other in others]
    ladder += [("words", f" {other} ", 2) for other in others]
    return tuple(ladder)


def _phrase(words: str) -> Ladder:
    return (
        ("code", f"^ {words} $", 1000),
        ("title", f"^ {words} $", 400),
        ("code", f"^ {words}", 200),
        ("title", f"^ {words} ", 160),
        ("title", f"^ {words}", 150),
        ("title", f" {words} ", 120),
        ("title", f" {words}", 100),
        ("code", f" {words}", 60),
        ("words", f" {words} ", 30),
    )


def _pairs(readings: Readings) -> Iterator[Ladder]:
    """Score words that stand together as in the query: one of the two as typed, or each as it is likeliest meant."""
    for first, second in pairwise(readings):
        ways = [(first[0], other) for other in second] + [(other, second[0]) for other in first[1:]]
        ways += zip(first[1:2], second[1:2], strict=False)
        yield tuple(("words", f" {one} {two} ", 10) for one, two in ways)


def _accents(query: str) -> Iterator[Ladder]:
    """Score what has the accents of the query, where it has any."""
    words = accented_words(query[:MOST_LETTERS])[:MOST_WORDS]
    if [fold(word) for word in words] == words:
        return
    yield (("exact", f" {' '.join(words)} ", 40),)
    for word in dict.fromkeys(words):
        yield (("exact", f" {word} ", 5),)
    for first, second in pairwise(words):
        yield (("exact", f" {first} {second} ", 10),)
