"""People, a small world of terms and a small catalogue for the tests of the CMS."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page

from cms.catalogue.models import CatalogueIndexPage, CoursePage, Module, OwnerPage, SubjectPage, Variant
from cms.taxonomy.models import Audience, Competence, Domain, Framework, Language, Region
from tests.support.bodies import markdown
from tests.support.clients import client_in


@pytest.fixture
def admin_client(db: None) -> Client:
    """A client signed in as somebody who may do everything."""
    client = client_in("en")
    user = get_user_model().objects.create_superuser("root-of-all", "root@example.org")
    client.force_login(user)
    return client


@pytest.fixture
def client_of(db: None) -> Callable[..., Client]:
    """Return a maker of clients signed in as a new member of a group."""

    def sign_in(group: str, name: str = "") -> Client:
        user = get_user_model().objects.create_user(name or group.replace(" ", "-").lower())
        user.groups.add(Group.objects.get(name=group))
        client = client_in("en")
        client.force_login(user)
        client.user = user  # type: ignore[attr-defined]
        return client

    return sign_in


@pytest.fixture
def world(db: None) -> dict[str, Any]:
    """Two provinces with a commune each, two audiences, a framework with one competence, two languages."""
    north = Region.objects.create(code="vn-n", title={"vi": "Miền núi phía Bắc", "en": "Northern mountains"})
    son_la = Region.objects.create(code="vn-14", title="Sơn La", parent=north)
    lao_cai = Region.objects.create(code="vn-15", title="Lào Cai", parent=north)
    commune = Region.objects.create(code="vn-14-001", title="Mường La", parent=son_la)
    people = Audience.objects.create(code="citizens", title={"vi": "Người dân", "en": "Citizens"})
    farmers = Audience.objects.create(code="farmers", title={"vi": "Nông dân", "en": "Farmers"}, parent=people)
    framework = Framework.objects.create(code="tt02", title="Thông tư 02/2025", levels=8)
    domain = Domain.objects.create(code="tt02:4", title={"vi": "An toàn", "en": "Safety"}, framework=framework)
    competence = Competence.objects.create(
        code="tt02:4.1", title={"vi": "Bảo vệ thiết bị", "en": "Devices"}, framework=framework, domain=domain
    )
    for code, title in (("vi", "Tiếng Việt"), ("en", "Tiếng Anh")):
        Language.objects.create(code=code, title=title)
    return {
        "north": north, "son_la": son_la, "lao_cai": lao_cai, "commune": commune, "citizens": people,
        "farmers": farmers, "framework": framework, "domain": domain, "competence": competence,
    }  # fmt: skip


@pytest.fixture
def subject(db: None) -> Page:
    """The page below which courses of the tests go."""
    index = Page.get_first_root_node().add_child(instance=CatalogueIndexPage(title="Chương trình", slug="catalogue"))
    owner = index.add_child(instance=OwnerPage(title="Bộ", slug="bo", code="moet"))
    page: Page = owner.add_child(instance=SubjectPage(title="An toàn", slug="an-toan", code="tt02:4.1"))
    return page


@pytest.fixture
def make_course(subject: Page) -> Callable[..., CoursePage]:
    """Return a maker of live courses."""

    def make(code: str, **fields: Any) -> CoursePage:
        course: CoursePage = subject.add_child(
            instance=CoursePage(**{"code": code, "title_text": f"Khoá {code}", "minutes": 30, **fields})
        )
        return course

    return make


@pytest.fixture
def module(db: None) -> Module:
    """A live module with a base body."""
    made = Module.objects.create(
        code="m1", title={"vi": "Mật khẩu", "en": "Passwords"}, owner="moet", body=markdown("# Dài\n\nvà riêng")
    )
    made.save_revision().publish()
    return made


@pytest.fixture
def make_variant(module: Module) -> Callable[..., Variant]:
    """Return a maker of live variants of that module."""

    def make(code: str, **fields: Any) -> Variant:
        made = Variant.objects.create(module=module, code=code, body=markdown("Riêng"), **fields)
        made.save_revision().publish()
        made.refresh_from_db()
        return made

    return make
