"""Every icon that the admin is told to show exists: Wagtail leaves a hole where one does not."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

ROOT = Path(__file__).parents[2]
_NAMED = re.compile(r"""(?:icon|icon_name|menu_icon|header_icon|"header_icon")\s*[:=]\s*"([a-z0-9-]+)\"""")


@pytest.mark.django_db
def test_every_icon_named_exists(admin_client: Client) -> None:
    sprite = admin_client.get(reverse("wagtailadmin_sprite")).content.decode()
    named = {
        (icon, str(module.relative_to(ROOT)))
        for package in ("cms", "curriculum_graph", "exports", "recommender")
        for module in (ROOT / package).rglob("*.py")
        for icon in _NAMED.findall(module.read_text(encoding="utf-8"))
    }
    assert len(named) > 20
    assert [entry for entry in sorted(named) if f'id="icon-{entry[0]}"' not in sprite] == []
