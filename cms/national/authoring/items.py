"""Test items from the questions that authors wrote below their lessons."""

from cms.national.authoring.frameworks import qualified
from cms.national.authoring.prose import Bilingual
from cms.national.authoring.topics import Question, Topic, topics
from curriculum_graph.snapshot import Item, ItemKind, ItemOption

KINDS: dict[str, ItemKind] = {
    "one": "single_choice",
    "many": "multiple_choice",
    "truth": "true_false",
    "order": "order",
    "type": "text_entry",
}
SECONDS = {"one": 45, "many": 60, "truth": 30, "order": 75, "type": 60}


def item_code(topic: Topic, number: int) -> str:
    """Return the code of the ``number``-th question (from 1) of a topic."""
    return f"cau-{topic.competence}-b{topic.level}{topic.key}-{number}"


def items() -> tuple[Item, ...]:
    """Return all test items, level by level within each competence."""
    return tuple(
        _item(topic, number, question)
        for here in topics().values()
        for topic in here
        for number, question in enumerate(topic.questions, start=1)
    )


def _item(topic: Topic, number: int, question: Question) -> Item:
    options, correct = _answers(topic, number, question)
    choices = len(options)
    guessing = {"one": 1 / max(choices, 1), "truth": 0.5}.get(question.kind, 0.0)
    return Item(
        code=item_code(topic, number),
        competence=qualified(topic.competence),
        level=topic.level,
        kind=KINDS[question.kind],
        prompt=question.prompt,
        options=options,
        correct=correct,
        feedback=question.feedback,
        seconds=SECONDS[question.kind] + 5 * topic.level,
        difficulty=round(-2.4 + 0.65 * (topic.level - 1) + _nudge(topic, number), 2),
        discrimination=round(1.0 + 0.05 * ((7 * topic.level + 3 * number) % 7), 2),
        guessing=round(guessing, 2),
    )


def _nudge(topic: Topic, number: int) -> float:
    """Return how much harder (or easier) an item is than its level: none that touches the next level's."""
    return 0.1 * ((len(topic.questions[number - 1].prompt["vi"]) % 5) - 2)


def _answers(topic: Topic, number: int, question: Question) -> tuple[tuple[ItemOption, ...], tuple[str, ...]]:
    """Return options in the order in which they are shown, and the right ones (for ``order``, all, in order)."""
    if question.kind == "truth":
        return (), ("true" if question.options[0][0] else "false",)
    if question.kind == "type":
        return (), tuple(dict.fromkeys(text for _, option in question.options for text in option.values()))
    count = len(question.options)
    shift = (len(question.prompt["vi"]) + topic.level + number) % count
    shown = [question.options[(index * _stride(count) + shift) % count] for index in range(count)]
    letters = dict(zip((id(option) for option in shown), "abcdefgh", strict=False))
    options = tuple(_option(letters[id(option)], option[1]) for option in shown)
    return options, tuple(letters[id(option)] for option in question.options if option[0])


def _stride(count: int) -> int:
    """Return a step that visits all of ``count`` places and does not leave neighbours together."""
    return {3: 2, 4: 3, 5: 2, 6: 5}.get(count, 1)


def _option(code: str, text: Bilingual) -> ItemOption:
    return ItemOption(code=code, text=text)
