"""Live content and people, made through the doors that everybody uses."""

import io
from typing import Any

import msgspec
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.management import call_command

from curriculum_graph.snapshot import Snapshot, to_document


def make_live(content: Snapshot, folder: Any) -> None:
    """Import ``content``, so that it is live."""
    file = folder / "catalogue.json"
    file.write_bytes(msgspec.json.encode(to_document(content)))
    call_command("import_catalogue", str(file), stdout=io.StringIO(), stderr=io.StringIO())


def command(*arguments: str) -> str:
    """Run a management command and return what it printed."""
    out = io.StringIO()
    call_command(*arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def person(name: str, *permissions: str) -> Any:
    """Return a user of the admin who has the permissions with these codenames."""
    user = get_user_model().objects.create_user(name, password="x")  # noqa: S106
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *permissions]))
    return user
