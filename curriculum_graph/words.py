"""The pieces that bodies are made of: elements with escaped attributes, and the few words that are ours.

The words stand here and not in a gettext catalogue because packages that leave the service carry them too, in the
language of the body and not in that of whoever is looking.
"""

from collections.abc import Mapping
from html import escape

from curriculum_graph.snapshot import BASE_LANGUAGE, Asset, Text, text_in

WORDS: Mapping[str, tuple[str, str]] = {
    "note": ("Ghi chú", "Note"),
    "tip": ("Mẹo", "Tip"),
    "warning": ("Lưu ý quan trọng", "Warning"),
    "transcript": ("Bản chép lời", "Transcript"),
    "download": ("Tải về", "Download"),
    "video": ("Video", "Video"),
    "audio": ("Bài nghe", "Audio"),
    "watch": ("Xem video", "Watch the video"),
    "missing": ("Nội dung này chưa có", "This content is not available yet"),
    "explanation": ("Xem giải thích", "See the explanation"),
    "answer": ("Câu trả lời của bạn", "Your answer"),
    "choose_one": ("Chọn một câu trả lời", "Choose one answer"),
    "choose_several": ("Có thể chọn nhiều câu trả lời", "You may choose several answers"),
    "put_in_order": ("Đánh số thứ tự từ 1", "Number them in order from 1"),
    "match": ("Ghi câu trả lời cho từng mục", "Give an answer for each entry"),
    "true": ("Đúng", "True"),
    "false": ("Sai", "False"),
}
"""Vietnamese and English."""


def tag(name: str, content: str | None, /, **attributes: str | None) -> str:
    """Return an element. ``content`` is HTML (``None``: a void element); attributes are text, and ``None`` is absent.

    ``class_`` becomes ``class`` and underscores become hyphens.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>" if content is None else f"<{name}{written}>{content}</{name}>"


def is_english(language: str) -> bool:
    """Return whether our own words in a body of this language are English; they are Vietnamese otherwise."""
    return language.lower().partition("-")[0] == "en"


def say(word: str, language: str, *, plain: bool = False) -> str:
    """Return one of our words as HTML, marked with its language where the body's is another (``plain``: as text)."""
    vietnamese, english = WORDS[word]
    if is_english(language):
        return english if plain else escape(english)
    if plain or language.lower().partition("-")[0] == BASE_LANGUAGE:
        return vietnamese if plain else escape(vietnamese)
    return tag("span", escape(vietnamese), lang=BASE_LANGUAGE)


def in_language(text: Text, language: str) -> str:
    """Return a short text as HTML in the language of the body, or in another that it has, marked as such."""
    chosen = text_in(text, language)
    if isinstance(text, str) or text.get(language) == chosen:
        return escape(chosen)
    actual = next((key for key in (BASE_LANGUAGE, *text) if text.get(key) == chosen), language)
    return tag("span", escape(chosen), lang=actual)


def size_in_words(asset: Asset, language: str) -> str:
    """Return what an asset is and how large, as in ``PDF, 1,2 MB``."""
    kind = asset.media_type.partition(";")[0].rpartition("/")[2].upper()
    if asset.file_name and "." in asset.file_name:
        kind = asset.file_name.rpartition(".")[2].upper()
    amount, unit = float(asset.bytes), "B"
    for larger in ("kB", "MB", "GB"):
        if amount < 1000:
            break
        amount, unit = amount / 1000, larger
    digits = f"{amount:.0f}" if unit == "B" or amount >= 10 else f"{amount:.1f}"
    return f"{kind}, {digits if is_english(language) else digits.replace('.', ',')} {unit}"
