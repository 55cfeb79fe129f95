"""The authors' own screens meet WCAG 2.2 AA, on a desk and on a phone."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

from curriculum_graph.releases.api import list_releases
from recommender.engine.learner import Learner, Waived
from recommender.engine.waiving import WaiverDocument
from recommender.learners.actions import put_waiver
from recommender.learners.api import get_learner, put_learner, revoke_waiver
from tests.cms.editorial.live import command
from tests.factories.importing import full_package
from tests.support.accessibility import spills, violations

NOW = datetime(2026, 11, 24, tzinfo=UTC)
NOT_OURS = ("page-has-heading-one", 'target-size: <button id="w-minimap-toggle"')
"""Of Wagtail: its editor of a snippet begins with a heading of the second level, its minimap has a small button."""


@pytest.fixture
def addresses(transactional_db: None, live_server: Any, tmp_path: Path) -> dict[str, str]:
    """The address of each screen of ours, by name, with one thing of each kind to show."""
    file = tmp_path / "catalogue.zip"
    file.write_bytes(full_package())
    command("import_catalogue", str(file))
    command("publish_release", "--note", "Bản đầu tiên")
    [release] = list_releases()
    _waivers()
    paths = {
        "home": reverse("wagtailadmin_home"),
        "releases": reverse("editorial_releases"),
        "release": reverse("editorial_release", args=[release.id]),
        "compare": reverse("editorial_compare") + f"?from={release.id}&to={release.id}",
        "publish": reverse("editorial_publish"),
        "models": reverse("training_versions"),
        "waivers": reverse("learners_waivers"),
        "waiving": reverse("learners_waive"),
    }
    return {name: live_server.url + path for name, path in paths.items()} | _editors(live_server.url)


def _waivers() -> None:
    """Add a learner with one waiver of each state."""
    course = Waived(course="an-toan/mat-khau", until="2020-01-01", reason="chứng chỉ")
    put_learner(Learner(learner="ng-4f1c", waived=(course,)), at=NOW)
    learner = get_learner("ng-4f1c").id
    for key in ("holds", "taken back"):
        put_waiver(learner, key, WaiverDocument(course=key, reason="chứng chỉ"), author="minh", at=NOW)
    revoke_waiver("ng-4f1c", "taken back", author="minh", at=NOW)


def _editors(url: str) -> dict[str, str]:
    from cms.catalogue.models import CoursePage, Module, TestItem, Variant
    from cms.taxonomy.models import Framework, Region

    course = CoursePage.objects.get(code="an-toan/mat-khau")
    module = Module.objects.get(code="mk-1")
    rows = {
        "module": module,
        "variant": Variant.objects.get(code="nong-dan-km"),
        "testitem": TestItem.objects.order_by("code")[0],
        "framework": Framework.objects.get(code="nls"),
        "region": Region.objects.get(code="vn-hg"),
    }
    editors = {
        name: reverse(f"wagtailsnippets_{row._meta.app_label}_{name}:edit", args=[row.pk]) for name, row in rows.items()
    }
    module.body = [{"type": "markdown", "value": {"text": "Khác hẳn"}, "id": "a"}]
    module.save_revision().publish()
    editors["variants"] = reverse("wagtailsnippets_catalogue_module:variants", args=[module.pk]) + "?region=vn-hg"
    editors["rebase"] = reverse("wagtailsnippets_catalogue_variant:rebase", args=[rows["variant"].pk])
    editors["gaps"] = reverse("editorial_gaps")
    editors["course"] = reverse("wagtailadmin_pages:edit", args=[course.pk])
    editors["author's scope"] = reverse("wagtailsnippets_catalogue_authorscope:add")
    return {name: url + path for name, path in editors.items()}


@pytest.fixture
def signed_in(browser: WebDriver, live_server: Any, addresses: dict[str, str]) -> WebDriver:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("root-of-all"))
    browser.get(f"{live_server.url}/static/nothing")
    browser.add_cookie({"name": "sessionid", "value": client.cookies["sessionid"].value})
    return browser


@pytest.mark.parametrize("width", [1280, 360])
def test_the_authors_screens_meet_wcag_2_2_aa(signed_in: WebDriver, addresses: dict[str, str], width: int) -> None:
    signed_in.set_window_size(width, 900)
    found = {}
    for name, address in addresses.items():
        signed_in.get(address)
        WebDriverWait(signed_in, 30).until(lambda page: page.execute_script("return document.readyState") == "complete")
        assert signed_in.current_url == address  # and not the page to sign in
        lines = [line for line in violations(signed_in, contrast=False) if not line.startswith(NOT_OURS)]
        found[name] = lines + (["the page moves sideways"] if spills(signed_in) else [])
    assert {name: lines for name, lines in found.items() if lines} == {}
