"""How well and how fast courses are found, against Wagtail's own database search on the same rows.

    DATABASE_URL=… python -m benchmarks.search [--queries 200] [--seed 1]

Works on an installation that holds courses and a release (``make demo`` makes one). Queries are four neighbouring words
of a course's title: as written, without accents, with one slip of the finger (a letter lost, doubled, changed or
swapped with the next), both, and as Telex letters; and codes. Relevant is every course whose title has the words as
written, and the course of the code. Printed for each engine: recall@5 (of the relevant, at most five, how many are
among the first five), MRR (one over the rank of the first relevant one), and CPU milliseconds a query: median, worst.

Wagtail's index of the courses is built in a transaction that is rolled back; of a page it holds the title, and no
code. It is asked as its admin asks (``autocomplete``). That any of the words may occur (``or``) is not tried: on SQLite
each course found is then ranked by a search of its own, and thousands are.
"""

import argparse
import os
import random
import statistics
import string
import sys
import time
from collections.abc import Callable
from typing import Any

TOP = 5
WINDOW = 4
TONES = {"̀": "f", "́": "s", "̉": "r", "̃": "x", "̣": "j"}
SHAPES = {"̂": "", "̆": "w", "̛": "w"}

Search = Callable[[str], list[str]]


def slip(words: str, rng: random.Random) -> str:
    """Return the words with one slip in one of them that has three letters at least."""
    parts = words.split()
    places = [place for place, word in enumerate(parts) if len(word) > 2] or [0]
    at = rng.choice(places)
    word = parts[at]
    i = rng.randrange(len(word) - 1)
    parts[at] = rng.choice(
        [
            word[:i] + word[i + 1 :],
            word[:i] + word[i] + word[i:],
            word[:i] + rng.choice(string.ascii_lowercase) + word[i + 1 :],
            word[:i] + word[i + 1] + word[i] + word[i + 2 :],
        ]
    )
    return " ".join(parts)


def telex(words: str) -> str:
    """Return Vietnamese words as the keys that Telex takes them from."""
    import unicodedata

    typed = []
    for word in words.split():
        keys, tone = "", ""
        for letter in unicodedata.normalize("NFD", word.lower().replace("đ", "dd")):
            if letter in TONES:
                tone = TONES[letter]
            elif letter in SHAPES:
                keys += SHAPES[letter] or keys[-1:]
            else:
                keys += letter
        typed.append(keys + tone)
    return " ".join(typed)


def engines() -> dict[str, Search]:
    """Return what is compared, each as a function from a query to codes, the best first."""
    from modelsearch.backends.database import SearchBackend as WagtailBackend
    from wagtail.search.backends import get_search_backend

    from cms.catalogue.models import CoursePage
    from curriculum_graph.releases.api import find_current_release, get_search

    wagtail, ours = WagtailBackend({}), get_search_backend()
    pages = list(CoursePage.objects.defer("requires"))
    for start in range(0, len(pages), 500):
        wagtail.add_bulk(CoursePage, pages[start : start + 500])
    rows = CoursePage.objects.only("code", "title")
    release = find_current_release()
    if release is None:
        sys.exit("There is no release: publish one first.")
    search = get_search(release.id)

    def ask(query: Callable[[], Any]) -> list[str]:
        return [course.code for course in query()[:TOP]]

    return {
        "ours, drafts": lambda q: ask(lambda: ours.autocomplete(q, rows)),
        "ours, release": lambda q: [search.courses.codes[place] for place in search.search(q, {}).places[:TOP]],
        "Wagtail, autocomplete": lambda q: ask(lambda: wagtail.autocomplete(q, rows)),
    }


def queries(count: int, rng: random.Random) -> dict[str, list[tuple[str, set[str]]]]:
    """Return for each way of typing the queries, each with the codes that are relevant."""
    from cms.catalogue.models import CoursePage
    from curriculum_graph.folding import accented_words, fold
    from curriculum_graph.snapshot import text_in

    titles = {
        code: " ".join(accented_words(text_in(title)))
        for code, title in CoursePage.objects.order_by("code").values_list("code", "title_text")
    }
    asked: dict[str, list[tuple[str, set[str]]]] = {}
    for code in rng.sample(sorted(titles), count):
        words = titles[code].split()
        start = rng.randrange(max(1, len(words) - WINDOW + 1))
        window = " ".join(words[start : start + WINDOW])
        relevant = {other for other, title in titles.items() if f" {window} " in f" {title} "}
        ways = {
            "as written": window,
            "without accents": fold(window),
            "one slip": slip(window, rng),
            "slip, no accents": slip(fold(window), rng),
            "Telex letters": telex(window),
        }
        for way, query in ways.items():
            asked.setdefault(way, []).append((query, relevant))
        asked.setdefault("code", []).append((code, {code}))
    return asked


def measure(search: Search, asked: list[tuple[str, set[str]]]) -> str:
    """Return one cell: recall, MRR and milliseconds."""
    recalls, ranks, times = [], [], []
    for query, relevant in asked:
        began = time.process_time()
        found = search(query)
        times.append(1000 * (time.process_time() - began))
        recalls.append(len(relevant & set(found)) / min(TOP, len(relevant)))
        ranks.append(next((1 / rank for rank, code in enumerate(found, 1) if code in relevant), 0.0))
    milliseconds = f"{statistics.median(times):5.1f} {max(times):6.1f}"
    return f"{statistics.mean(recalls):6.3f} {statistics.mean(ranks):6.3f} {milliseconds}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    import django

    django.setup()
    from django.db import connection, transaction

    with transaction.atomic():
        compared = engines()
        asked = queries(given.queries, random.Random(given.seed))
        print(f"{given.queries} queries of each kind, {connection.vendor}; recall@{TOP}, MRR, CPU ms: median, worst")
        print(f"{'':18}" + "".join(f"{name:>30}" for name in compared))
        for way, some in asked.items():
            print(f"{way:18}" + "".join(f"{measure(search, some):>30}" for search in compared.values()), flush=True)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
