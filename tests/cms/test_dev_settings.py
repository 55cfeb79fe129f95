"""The settings of a developer's machine, under which imports and publications of any size run too."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(("command", "expected"), [("import_catalogue", "False"), ("runserver", "True")])
def test_statements_are_kept_only_where_pages_are_served(command: str, expected: str) -> None:
    show = "from django.conf import settings; print(settings.DEBUG)"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.dev"}
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", show, command], capture_output=True, text=True, check=True, env=environment, cwd=root
    )
    assert run.stdout.strip() == expected
