"""Where the service keeps things, tried before it starts: what is wrong is said in a sentence that tells what to do.

``os.access`` and not ``pathlib``, whose questions fail below a folder that this user may not enter.
"""

import gettext
import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from cms.settings.environment import ROOT, env

# Django's own translations need its settings, which are being read here.
_ = gettext.translation("django", ROOT / "cms" / "locale", [env.language_code], fallback=True).gettext


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for the database at ``url``; refuse what is neither SQLite nor PostgreSQL."""
    try:
        settings: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)}
    except ValueError:
        settings = {}
    engine, name = settings.get("ENGINE", ""), settings.get("NAME", "")
    if not name or not engine.endswith((".sqlite3", ".postgresql")):
        message = _(
            "DATABASE_URL names no database. Write sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME."
        )
        raise ImproperlyConfigured(message)
    if engine.endswith(".sqlite3") and name != ":memory:":
        _require_file(Path(name))
    return settings


def require_folder(variable: str, folder: Path) -> Path:
    """Return ``folder`` if this process can write there, or make it there; it is made by whoever needs it first."""
    nearest = next(path for path in (folder, *folder.absolute().parents) if os.access(path, os.F_OK))
    if _takes_files(nearest):
        return folder
    message = _("%(variable)s is %(folder)s, and this user may not write to %(nearest)s. Allow it, or name another.")
    raise ImproperlyConfigured(message % {"variable": variable, "folder": folder, "nearest": nearest})


def _require_file(file: Path) -> None:
    folder = file.absolute().parent
    if folder == ROOT / "var":
        folder.mkdir(exist_ok=True)  # where a checkout keeps what it makes
    if not _is_folder(folder):
        message = _("DATABASE_URL names %(file)s, but there is no folder %(folder)s. Make it, or name another file.")
    elif not _takes_files(folder) or not _may_change(file):
        message = _(
            "DATABASE_URL names %(file)s, and this user may not read and write it and its folder. "
            "Allow it, or name another file."
        )
    else:
        return
    raise ImproperlyConfigured(message % {"file": file, "folder": folder})


def _is_folder(path: Path) -> bool:
    return os.access(f"{path}/", os.F_OK)


def _takes_files(folder: Path) -> bool:
    """Return whether new files can be made in ``folder``; SQLite makes its journal beside the database."""
    return os.access(f"{folder}/", os.W_OK | os.X_OK)


def _may_change(file: Path) -> bool:
    return not os.access(file, os.F_OK) or (os.access(file, os.R_OK | os.W_OK) and not _is_folder(file))
