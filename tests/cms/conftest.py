"""People and a small world of terms for the tests of the CMS."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from cms.taxonomy.models import Audience, Competence, Domain, Framework, Language, Region
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
