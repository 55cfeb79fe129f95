"""Test items as plain groups of form fields. The right answers never reach the page."""

from curriculum_graph.snapshot import Item, ItemOption
from curriculum_graph.words import in_language, say, tag


def render_question(item: Item, language: str) -> str:
    """Return a test item as a form field group.

    Every field is inside its label, and is named ``item-CODE`` (``item-CODE-OPTION`` where each option has a field of
    its own), so that the page around may put a form and a button about it. The feedback is folded away.
    """
    prompt = tag("legend", in_language(item.prompt, language))
    feedback = ""
    if item.feedback is not None:
        summary = tag("summary", say("explanation", language))
        feedback = tag("details", summary + tag("p", in_language(item.feedback, language)), class_="feedback")
    fields = tag("fieldset", prompt + _fields(item, language))
    return tag("div", fields + feedback, class_="block question", data_item=item.code)


def _fields(item: Item, language: str) -> str:
    name = f"item-{item.code}"
    if item.kind == "text_entry":
        return _entry(say("answer", language), name)
    if item.kind == "true_false" and not item.options:
        words = "".join(
            tag("p", tag("label", f"{tag('input', None, type='radio', name=name, value=value)} {say(value, language)}"))
            for value in ("true", "false")
        )
        return _hint("choose_one", language) + words
    if item.kind in ("order", "match"):
        hint = "put_in_order" if item.kind == "order" else "match"
        mode = "numeric" if item.kind == "order" else None
        return _hint(hint, language) + "".join(
            _entry(in_language(option.text, language), f"{name}-{option.code}", mode) for option in item.options
        )
    several = item.kind == "multiple_choice"
    hint = _hint("choose_several" if several else "choose_one", language)
    return hint + "".join(
        _choice(option, name, "checkbox" if several else "radio", language) for option in item.options
    )


def _hint(word: str, language: str) -> str:
    return tag("p", say(word, language), class_="hint")


def _choice(option: ItemOption, name: str, kind: str, language: str) -> str:
    field = tag("input", None, type=kind, name=name, value=option.code)
    return tag("p", tag("label", f"{field} {in_language(option.text, language)}"))


def _entry(label: str, name: str, mode: str | None = None) -> str:
    field = tag("input", None, type="text", name=name, inputmode=mode, autocomplete="off")
    return tag("p", tag("label", f"{label} {field}"))
