"""The sentences that our own modules and templates say."""

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.extract import extract
from django.apps import apps
from django.utils.translation import templatize

ROOT = Path(__file__).resolve().parents[2]
SITE = "cms"
"""What lies in no app: settings, start page, errors."""
_ONE, _TWO, _CONTEXT, _CONTEXT_TWO = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), _ONE),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), _TWO),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), _CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), _CONTEXT_TWO),
}
Message = tuple[str | None, str, str]
"""Context, English, English plural ("" where there is none)."""


@cache
def own_apps() -> tuple[str, ...]:
    """Return the folder of each of our apps that has sentences, from the root: ``cms/catalogue``."""
    folders = [Path(config.path) for config in apps.get_app_configs()]
    ours = [folder for folder in folders if folder.is_relative_to(ROOT) and (folder / "locale").is_dir()]
    return tuple(sorted(str(folder.relative_to(ROOT)) for folder in ours if ".venv" not in folder.parts))


def sources(app: str) -> list[Path]:
    """Return the modules and templates of an app, or of the site less its apps."""
    found = sorted(p for p in (ROOT / app).rglob("*") if p.suffix in {".py", ".html"} and "migrations" not in p.parts)
    others = [] if app != SITE else [ROOT / other for other in own_apps()]
    return [p for p in found if not any(p.is_relative_to(other) for other in others)]


def messages(path: Path) -> Iterator[tuple[Message, int]]:
    """Yield what a module or template says, with its line."""
    text = path.read_text()
    if path.suffix == ".html":
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    found = extract("python", io.BytesIO(text.encode()), KEYWORDS, options={"encoding": "utf-8"})
    for line, message, _comments, context in found:
        one, many = message[:2] if isinstance(message, tuple) else (message, "")
        yield (context, str(one), str(many)), line


@cache
def used(app: str) -> dict[Message, str]:
    """Return what an app says, each with one place where it does."""
    return {
        message: f"{path.relative_to(ROOT)}:{line}" for path in sources(app) for message, line in messages(path)
    }  # fmt: skip
