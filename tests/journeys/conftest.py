"""What journeys have in common: commands as people type them."""

import io
import sys
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.utils import translation

Run = Callable[..., str]


@pytest.fixture
def run(transactional_db: None) -> Run:
    """Run a management command and return what it printed on standard output."""

    def run_command(name: str, *arguments: object) -> str:
        output = io.StringIO()
        with translation.override("en"):
            call_command(name, *map(str, arguments), stdout=output, stderr=sys.stderr)
        return output.getvalue()

    return run_command
