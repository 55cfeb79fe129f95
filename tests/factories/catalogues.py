"""Catalogue documents made up for tests: any that the contract allows, and one of a stated size."""

import string
from datetime import date
from typing import Any

from hypothesis import strategies as st

FEATURES = ("captions", "transcript", "audio", "sign_language", "easy_read", "screen_reader", "keyboard")
RELATIONS = ("exact", "close", "broader", "narrower", "related")
ITEM_KINDS = ("single_choice", "multiple_choice", "true_false", "text_entry", "order", "match")

_words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
_languages = st.sampled_from(["vi", "en", "km", "jra", "hmn", "zh-Hant-TW"])
_texts = _words | st.dictionaries(_languages, _words, min_size=1, max_size=2)
_codes = st.builds(
    str.__add__,
    st.sampled_from(string.ascii_letters + string.digits),
    st.text(string.ascii_lowercase + "AZ09._:/-", max_size=6),
)
_dates = st.dates(date(2000, 1, 1), date(2100, 1, 1))
_coin: st.SearchStrategy[Any] = st.booleans()
_numbers = st.floats(-8, 8, allow_nan=False)
_sizes = st.integers(0, 2000) | st.floats(0, 2000)
_minutes = st.integers(1, 2**31 - 1)


def _some(codes: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(codes), unique=True, max_size=3) if codes else st.just([])


def _distinct(max_size: int) -> st.SearchStrategy[list[str]]:
    return st.lists(_codes, unique=True, max_size=max_size)


@st.composite
def catalogues(draw: st.DrawFn, max_courses: int = 5) -> dict[str, Any]:
    """Draw a catalogue document that the schema allows, whose codes resolve and in which nobody is locked out."""
    known: dict[str, Any] = {"items": [], "assets": draw(_distinct(3))}
    document: dict[str, Any] = {"format": "curriculum-catalogue/1"}
    document["languages"] = [
        {"code": code, "title": draw(_texts)} for code in draw(st.lists(_languages, unique=True, max_size=3))
    ]
    document["frameworks"] = draw(_frameworks())
    known["levels"] = [
        (competence["code"], framework["levels"])
        for framework in document["frameworks"]
        for competence in framework["competences"]
    ]
    for part in ("regions", "audiences", "industries"):
        document[part] = draw(_terms())
        known[part] = [term["code"] for term in document[part]]
    document["assets"] = [draw(_assets(code)) for code in known["assets"]]
    document["items"] = [draw(_items(code, known)) for code in draw(_distinct(3)) if known["levels"]]
    known["items"] = [item["code"] for item in document["items"]]
    modules = [draw(_modules(code, known)) for code in draw(_distinct(4))]
    document["courses"] = []
    for code in draw(_distinct(max_courses)):
        before = [course["code"] for course in document["courses"]]
        document["courses"].append(draw(_courses(code, before, modules, known)))
    known["courses"] = [course["code"] for course in document["courses"]]
    document["programmes"] = [
        draw(_programmes(code, known)) for code in draw(_distinct(2)) if known["courses"] or known["levels"]
    ]
    document["crosswalks"] = draw(_crosswalks([code for code, _levels in known["levels"]]))
    return document


@st.composite
def _frameworks(draw: st.DrawFn) -> list[dict[str, Any]]:
    frameworks = []
    for code in draw(st.lists(st.sampled_from(["tt", "dc", "qd"]), unique=True, max_size=2)):
        domains = [f"{code}:{part}" for part in draw(_distinct(2))]
        levels = draw(st.integers(1, 32))
        competences = []
        for part in draw(_distinct(3)):
            competence: dict[str, Any] = {"code": f"{code}:{part}", "title": draw(_texts)}
            if domains and draw(_coin):
                competence["domain"] = draw(st.sampled_from(domains))
            numbers = st.integers(1, levels).map(str)
            competence["descriptors"] = draw(st.dictionaries(numbers, _texts, max_size=2))
            competences.append(competence)
        framework = {
            "code": code,
            "title": draw(_texts),
            "levels": levels,
            "domains": [{"code": domain, "title": draw(_texts)} for domain in domains],
            "competences": competences,
            **draw(_period()),
            **draw(st.fixed_dictionaries({}, optional={"version": _words, "source": _words})),
        }
        frameworks.append(framework)
    return frameworks


@st.composite
def _period(draw: st.DrawFn) -> dict[str, str]:
    days = sorted(draw(st.lists(_dates, min_size=2, max_size=2)))
    period = {"valid_from": days[0].isoformat(), "valid_until": days[1].isoformat()}
    return {name: day for name, day in period.items() if draw(_coin)}


@st.composite
def _terms(draw: st.DrawFn) -> list[dict[str, Any]]:
    terms: list[dict[str, Any]] = []
    for code in draw(_distinct(4)):
        term: dict[str, Any] = {"code": code, "title": draw(_texts), **draw(_period())}
        for link in ("parent", "replaced_by"):
            if terms and draw(_coin):
                term[link] = draw(st.sampled_from(terms))["code"]
        terms.append(term)
    return draw(st.permutations(terms))


@st.composite
def _assets(draw: st.DrawFn, code: str) -> dict[str, Any]:
    optional = {"file_name": _words, "licence": _words, "attribution": _words}
    return {
        "code": code,
        "sha256": draw(st.binary(min_size=32, max_size=32)).hex(),
        "media_type": draw(st.sampled_from(["image/png", "video/mp4", "application/pdf"])),
        "bytes": draw(st.integers(0, 2**31 - 1)),
        **draw(st.fixed_dictionaries({}, optional=optional)),
    }


@st.composite
def _levels(draw: st.DrawFn, known: dict[str, Any]) -> dict[str, Any]:
    competence, levels = draw(st.sampled_from(known["levels"]))
    return {"competence": competence, "level": draw(st.integers(1, levels))}


@st.composite
def _items(draw: st.DrawFn, code: str, known: dict[str, Any]) -> dict[str, Any]:
    optional = {
        "feedback": _texts,
        "seconds": _minutes,
        "difficulty": _numbers,
        "discrimination": st.floats(0.01, 4),
        "guessing": st.floats(0, 1),
    }
    options = draw(_distinct(3))
    return {
        "code": code,
        **draw(_levels(known)),
        "kind": draw(st.sampled_from(ITEM_KINDS)),
        "prompt": draw(_texts),
        "options": [{"code": option, "text": draw(_texts)} for option in options],
        "correct": draw(_some(options)),
        **draw(st.fixed_dictionaries({}, optional=optional)),
    }


@st.composite
def _blocks(draw: st.DrawFn, known: dict[str, Any]) -> dict[str, Any]:
    kinds = ["markdown", "callout", "steps", "link"]
    kinds += ["image", "video", "audio", "download"] if known["assets"] else []
    kinds += ["question"] if known["items"] else []
    kind = draw(st.sampled_from(kinds))
    asset = st.sampled_from(known["assets"]) if known["assets"] else st.nothing()
    media: dict[str, st.SearchStrategy[Any]] = {"title": _texts, "transcript": _words, "seconds": _minutes}
    captions = st.fixed_dictionaries({"language": _languages, "asset": asset})
    shapes: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
        "markdown": ({"text": _words}, {}),
        "callout": ({"kind": st.sampled_from(["note", "tip", "warning"]), "text": _words}, {}),
        "steps": ({"steps": st.lists(_words, min_size=1, max_size=3)}, {}),
        "link": ({"url": st.just("https://video.example.vn/1")}, media),
        "image": ({"asset": asset, "alt": _texts}, {"caption": _texts}),
        "video": ({"asset": asset}, {**media, "captions": st.lists(captions, min_size=1, max_size=2)}),
        "audio": ({"asset": asset}, media),
        "download": ({"asset": asset, "title": _texts}, {}),
        "question": ({"item": st.sampled_from(known["items"]) if known["items"] else st.nothing()}, {}),
    }
    required, optional = shapes[kind]
    return {
        "type": "video" if kind == "link" else kind,
        **draw(st.fixed_dictionaries(required, optional=optional)),
    }


@st.composite
def _bodies(draw: st.DrawFn, known: dict[str, Any]) -> dict[str, Any]:
    form = draw(st.sampled_from(["markdown", "blocks", "nothing"]))
    if form == "markdown":
        return {"markdown": draw(_words)}
    return {"blocks": draw(st.lists(_blocks(known), max_size=3))} if form == "blocks" else {}


@st.composite
def _targets(draw: st.DrawFn, known: dict[str, Any]) -> dict[str, Any]:
    return {
        **{part: draw(_some(known[part])) for part in ("audiences", "regions", "industries")},
        "languages": draw(st.lists(_languages, unique=True, max_size=2)),
        "accessibility": draw(st.lists(st.sampled_from(FEATURES), unique=True, max_size=3)),
    }


@st.composite
def _modules(draw: st.DrawFn, code: str, known: dict[str, Any]) -> dict[str, Any]:
    optional = {"minutes": _minutes, "megabytes": _sizes}
    variants = [
        {
            "code": variant,
            **draw(_bodies(known)),
            **draw(_targets(known)),
            **draw(st.fixed_dictionaries({}, optional={"title": _texts, **optional})),
        }
        for variant in draw(_distinct(3))
    ]
    return {
        "code": code,
        "title": draw(_texts),
        "variants": variants,
        **draw(_bodies(known)),
        **draw(st.fixed_dictionaries({}, optional=optional)),
    }


@st.composite
def _groups(draw: st.DrawFn, before: list[str], known: dict[str, Any]) -> dict[str, Any]:
    ways = [st.fixed_dictionaries({"course": st.sampled_from(before)})]
    group: dict[str, Any] = {"any_of": draw(st.lists(st.one_of(ways), min_size=1, max_size=3))}
    if known["levels"] and draw(_coin):
        group["any_of"].append(draw(_levels(known)))
    return group | draw(st.fixed_dictionaries({}, optional={"rationale": _texts}))


@st.composite
def _courses(
    draw: st.DrawFn, code: str, before: list[str], modules: list[dict[str, Any]], known: dict[str, Any]
) -> dict[str, Any]:
    optional = {
        "summary": _texts,
        "megabytes": _sizes,
        "mode": st.sampled_from(["online", "classroom", "blended"]),
        "owner": _words,
        "licence": _words,
        "keywords": st.lists(_words, max_size=3),
    }
    numbers = draw(st.lists(st.integers(0, len(modules) - 1), unique=True, max_size=3)) if modules else []
    groups = st.lists(_groups(before, known), max_size=2) if before else st.just([])
    taught = st.lists(_levels(known), max_size=2, unique_by=lambda level: level["competence"])
    return {
        "code": code,
        "title": draw(_texts),
        "minutes": draw(_minutes),
        "teaches": draw(taught) if known["levels"] else [],
        "requires": draw(groups),
        "recommended_after": draw(_some(before)),
        "modules": [modules[number] for number in numbers],
        **draw(_targets(known)),
        **draw(st.fixed_dictionaries({}, optional=optional)),
    }


@st.composite
def _programmes(draw: st.DrawFn, code: str, known: dict[str, Any]) -> dict[str, Any]:
    ways = [st.fixed_dictionaries({"course": st.sampled_from(known["courses"])})] if known["courses"] else []
    goals: st.SearchStrategy[dict[str, Any]] = st.one_of(*ways, *([_levels(known)] if known["levels"] else []))
    weights = st.fixed_dictionaries({}, optional={"weight": st.integers(1, 9) | st.floats(0.1, 9)})
    return {
        "code": code,
        "title": draw(_texts),
        "goals": [draw(goals) | draw(weights) for _ in range(draw(st.integers(1, 3)))],
        "audiences": draw(_some(known["audiences"])),
        "regions": draw(_some(known["regions"])),
    }


@st.composite
def _crosswalks(draw: st.DrawFn, competences: list[str]) -> list[dict[str, Any]]:
    if len(competences) < 2:
        return []
    pairs = st.tuples(st.sampled_from(competences), st.sampled_from(competences), st.sampled_from(RELATIONS))
    different = pairs.filter(lambda pair: pair[0] != pair[1])
    return [
        {"from": source, "to": target, "relation": relation}
        | draw(st.fixed_dictionaries({}, optional={"note": _texts}))
        for source, target, relation in draw(st.lists(different, unique=True, max_size=3))
    ]
