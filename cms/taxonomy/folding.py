"""Words without case and accents, so that ``mat khau`` finds ``Mật khẩu``."""

import unicodedata


def fold(text: str) -> str:
    """Return the text in lower case and without diacritics; đ becomes d."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
