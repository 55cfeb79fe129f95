"""What the search index holds of a coded thing: its code and its title in every language."""

from typing import Any

from wagtail.search import index

from curriculum_graph.snapshot import Text

SEARCHED = 50_000
"""Characters of a text that are searched: PostgreSQL refuses a row whose index would be longer than a mebibyte."""


def all_texts(text: Text | None) -> str:
    """Return a text in all its languages, as one string; in the order of their tags, which databases do not keep."""
    words = text if isinstance(text, str) else " ".join(words for _tag, words in sorted((text or {}).items()))
    return words[:SEARCHED]


class TextSearchField(index.SearchField):
    """A localised text, searched in all its languages."""

    def get_value(self, obj: Any) -> str:
        return all_texts(getattr(obj, self.field_name))


class TextAutocompleteField(index.AutocompleteField):
    """A localised text, found from the beginnings of its words in any language."""

    def get_value(self, obj: Any) -> str:
        return all_texts(getattr(obj, self.field_name))


CODE_SEARCH = [index.SearchField("code", boost=2), index.AutocompleteField("code"), index.FilterField("code")]


def title_search(field: str) -> list[Any]:
    """Return the search fields of a title held in ``field``."""
    return [TextSearchField(field, boost=2), TextAutocompleteField(field)]
