"""What browsers are told, by whichever page answers."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from cms.settings.logging import logging_config, without_learners

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": "k3" * 10 + "x7-Q" * 10,
    "ALLOWED_HOSTS": '["hoc.example.vn"]',
    "BASE_URL": "https://hoc.example.vn",
    "DATABASE_URL": "sqlite://:memory:",
    "PATH": os.environ["PATH"],
}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/nowhere", "/my/x/", "/api/v1/docs", "/api/v1/courses", "/health"])
def test_pages_run_no_script_that_is_not_a_file_of_ours(client: Client, address: str) -> None:
    answer = client.get(address)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self';" in policy and "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_admin_loads_nothing_from_elsewhere(client: Client) -> None:
    policy = client.get("/admin/login/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline';" in policy and "object-src 'none'" in policy


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_choosing_a_language_leads_to_no_other_site(client: Client, target: str) -> None:
    answer = client.post("/i18n/setlang/", {"language": "en", "next": target}, headers={"Referer": target})
    assert answer["Location"] == "/"


@pytest.mark.parametrize(
    ("logged", "kept"),
    [
        ("Not Found: /api/v1/learners/vneid/42/program", "Not Found: /api/v1/learners/…"),
        ("Gone: /my/MTI:1abc:x_y-z/", "Gone: /my/…"),
        ("Not Found: /admin/my-page", "Not Found: /admin/my-page"),
    ],
)
def test_logs_keep_no_pseudonym_and_no_key_of_a_page(logged: str, kept: str) -> None:
    assert without_learners(None, "warning", {"event": logged, "status": 404}) == {"event": kept, "status": 404}


def test_what_django_logs_of_a_failed_request_is_cleaned() -> None:
    made: Any = logging_config("INFO")["formatters"]["structured"]
    formatter = made.pop("()")(**made)
    record = logging.makeLogRecord({"msg": "%s: %s", "args": ("Not Found", "/api/v1/learners/vneid/42")})
    assert "vneid" not in formatter.format(record)


def manage(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**PRODUCTION, **changes},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_pass_the_checks_for_deployment() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL"])
def test_production_says_which_setting_is_missing(name: str) -> None:
    kept = {key: value for key, value in PRODUCTION.items() if key != name}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=kept, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0 and f"Set {name}" in done.stderr


def test_the_reference_of_the_api_is_served_from_here(client: Client) -> None:
    page = client.get("/api/v1/docs").content.decode()
    assert "https://" not in page.replace(json.dumps("https://"), "")
