"""Random curricula that are sound: every code resolves, and nobody is locked out."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeVar

from hypothesis import strategies as st

from curriculum_graph.snapshot import (
    FORMAT,
    Asset,
    AudioBlock,
    Block,
    CalloutBlock,
    Captions,
    Competence,
    Course,
    Crosswalk,
    Domain,
    DownloadBlock,
    Framework,
    Goal,
    Group,
    ImageBlock,
    Item,
    ItemOption,
    Language,
    LevelOf,
    MarkdownBlock,
    Module,
    Programme,
    QuestionBlock,
    Requirement,
    Snapshot,
    StepsBlock,
    Term,
    Text,
    Variant,
    VideoBlock,
    body_fields,
)

WORDS = st.sampled_from(("", "a", "null", "Ữ", "😀", "e\u0301", "\u2028\ufeff", '"\\\n\t/', "<b>&amp;", "\x1f\x7f"))
FEATURES = ("captions", "transcript", "audio", "sign_language", "easy_read", "screen_reader", "keyboard")
_Where = dict[str, st.SearchStrategy[Any]]
T = TypeVar("T")
TAGS = ("vi", "en", "km", "jra")
NUMBERS = st.floats(0, 500, allow_nan=False)


def texts() -> st.SearchStrategy[Text]:
    return st.one_of(WORDS, st.dictionaries(st.sampled_from(TAGS), WORDS, min_size=1, max_size=2))


def some(codes: Sequence[str], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    if not codes:
        return st.just(())
    return st.lists(st.sampled_from(codes), unique=True, max_size=most).map(tuple)


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.one_of(st.none(), strategy)


@st.composite
def terms(draw: st.DrawFn, prefix: str) -> tuple[Term, ...]:
    codes = [f"{prefix}{number}" for number in range(draw(st.integers(0, 5)))]
    found = []
    for number, code in enumerate(codes):
        parent = draw(maybe(st.sampled_from(codes[:number]))) if number else None
        start = draw(maybe(st.dates().map(str)))
        found.append(Term(code=code, title=draw(texts()), parent=parent, valid_from=start))
    return tuple(draw(st.permutations(found)))


@st.composite
def frameworks(draw: st.DrawFn) -> tuple[Framework, ...]:
    found = []
    for code in ("tt02", "digcomp3")[: draw(st.integers(0, 2))]:
        domain = Domain(code=f"{code}:1", title=draw(texts()))
        competences = tuple(
            Competence(
                code=f"{code}:1.{number}",
                title=draw(texts()),
                domain=draw(maybe(st.just(domain.code))),
                descriptors=draw(st.dictionaries(st.sampled_from("12"), texts(), max_size=2)),
            )
            for number in range(draw(st.integers(1, 3)))
        )
        levels = draw(st.integers(2, 8))
        found.append(
            Framework(code=code, title=draw(texts()), levels=levels, domains=(domain,), competences=competences)
        )
    return tuple(found)


@st.composite
def bodies(draw: st.DrawFn, assets: Sequence[str], items: Sequence[str]) -> tuple[Block, ...]:
    kinds: list[st.SearchStrategy[Block]] = [
        st.builds(MarkdownBlock, text=WORDS),
        st.builds(CalloutBlock, kind=st.sampled_from(("note", "tip", "warning")), text=WORDS),
        st.builds(StepsBlock, steps=st.lists(WORDS, min_size=1, max_size=3).map(tuple)),
        st.builds(
            VideoBlock, url=st.just("https://video.example/1"), title=maybe(texts()), seconds=maybe(st.integers(1, 9))
        ),
    ]
    if assets:
        asset = st.sampled_from(assets)
        captions = st.lists(st.builds(Captions, language=st.sampled_from(TAGS), asset=asset), max_size=2).map(tuple)
        kinds += [
            st.builds(ImageBlock, asset=asset, alt=texts(), caption=maybe(texts())),
            st.builds(VideoBlock, asset=asset, captions=captions, transcript=maybe(WORDS)),
            st.builds(AudioBlock, asset=asset, title=maybe(texts()), transcript=maybe(WORDS)),
            st.builds(DownloadBlock, asset=asset, title=texts()),
        ]
    if items:
        kinds.append(st.builds(QuestionBlock, item=st.sampled_from(items)))
    return tuple(draw(st.lists(st.one_of(kinds), max_size=3)))


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """A sound curriculum of up to five courses, with something of every kind that the document knows."""
    regions, audiences, industries = draw(terms("r")), draw(terms("a")), draw(terms("i"))
    found = draw(frameworks())
    levels = [
        LevelOf(competence=competence.code, level=level)
        for framework in found
        for competence in framework.competences
        for level in range(1, framework.levels + 1)
    ]
    assets = tuple(
        Asset(code=f"f{n}", sha256=f"{n:064x}", media_type="image/png", bytes=draw(st.integers(0, 2**40)))
        for n in range(draw(st.integers(0, 2)))
    )
    items = tuple(draw(_item(f"q{n}", levels)) for n in range(draw(st.integers(0, 2)) if levels else 0))
    where: _Where = {
        "regions": some([term.code for term in regions]),
        "audiences": some([term.code for term in audiences]),
        "industries": some([term.code for term in industries]),
        "languages": some(TAGS),
        "accessibility": some(FEATURES),
        "megabytes": maybe(NUMBERS),
    }
    blocks = bodies([asset.code for asset in assets], [item.code for item in items])
    modules = [draw(_module(f"m{n}", blocks, where)) for n in range(draw(st.integers(0, 3)))]
    codes = [f"c{n}" for n in range(draw(st.integers(0, 5)))]
    courses = [draw(_course(codes[: n + 1], levels, modules, where)) for n in range(len(codes))]
    goals = [Goal(course=code) for code in codes] + [
        Goal(competence=held.competence, level=held.level, weight=2.5) for held in levels
    ]
    programmes = tuple(
        Programme(
            code=f"p{n}",
            title=draw(texts()),
            goals=tuple(draw(st.lists(st.sampled_from(goals), min_size=1, max_size=3))),
        )
        for n in range(draw(st.integers(0, 2)) if goals else 0)
    )
    crosswalks = tuple(
        Crosswalk(source=one.competence, target=other.competence, relation="close") for one, other in pairwise(levels)
    )[:1]
    return Snapshot(
        format=FORMAT, frameworks=found, regions=regions, audiences=audiences, industries=industries,
        courses=tuple(draw(st.permutations(courses))), programmes=programmes, items=items, assets=assets,
        crosswalks=crosswalks, languages=tuple(Language(code=tag, title=tag) for tag in draw(some(TAGS))),
    )  # fmt: skip


@st.composite
def _item(draw: st.DrawFn, code: str, levels: Sequence[LevelOf]) -> Item:
    level = draw(st.sampled_from(levels))
    options = tuple(ItemOption(code=name, text=draw(texts())) for name in "abc")
    return Item(
        code=code, competence=level.competence, level=level.level, prompt=draw(texts()), options=options,
        kind=draw(st.sampled_from(("single_choice", "order"))), correct=("b",), difficulty=draw(maybe(st.floats(-3, 3)))
    )  # fmt: skip


@st.composite
def _module(draw: st.DrawFn, code: str, blocks: st.SearchStrategy[tuple[Block, ...]], where: _Where) -> Module:
    variants = tuple(
        Variant(code=f"v{n}", **body_fields(draw(blocks)), **{name: draw(values) for name, values in where.items()})
        for n in range(draw(st.integers(0, 2)))
    )
    return Module(code=code, title=draw(texts()), variants=variants, **body_fields(draw(blocks)))


@st.composite
def _course(
    draw: st.DrawFn, codes: Sequence[str], levels: Sequence[LevelOf], modules: Sequence[Module], where: _Where
) -> Course:
    *earlier, code = codes
    entries: list[Requirement] = [Requirement(course=other) for other in earlier]
    groups = st.lists(st.sampled_from(entries), min_size=1, max_size=2).map(lambda chosen: Group(any_of=tuple(chosen)))
    return Course(
        code=code, title=draw(texts()), minutes=draw(st.integers(1, 600)), summary=draw(maybe(texts())),
        teaches=tuple(draw(st.lists(st.sampled_from(levels), max_size=2))) if levels else (),
        requires=tuple(draw(st.lists(groups, max_size=2))) if entries else (),
        recommended_after=draw(some(earlier)), keywords=tuple(draw(st.lists(WORDS, max_size=2))),
        modules=tuple(draw(st.permutations(modules)))[:2],
        **{name: draw(values) for name, values in where.items()},
    )  # fmt: skip
