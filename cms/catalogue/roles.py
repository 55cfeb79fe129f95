"""The groups of people who work here, and what each may do.

They are made after migrations and only ever added to: what an administrator grants besides stays, and a group keeps
what it must have. Scopes (which provinces an author writes for) are set per person, not per group.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps as global_apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import GroupPagePermission, Page
from wagtail.snippets.models import create_extra_permissions

# A group's name is data, shown as it is in every language: so each says itself in both.
DESIGNER = "Người biên soạn (Designers)"
SUBJECT_REVIEWER = "Người duyệt chuyên môn (Subject reviewers)"
LANGUAGE_REVIEWER = "Người duyệt ngôn ngữ và tiếp cận (Language and accessibility reviewers)"
PUBLISHER = "Người phát hành (Publishers)"
AUTHOR = "Tác giả địa phương (Provincial authors)"
TRANSLATOR = "Người dịch (Translators)"
TAXONOMIST = "Người giữ hệ phân loại (Taxonomy keepers)"
OPERATOR = "Người vận hành (Operators)"
AUDITOR = "Người kiểm tra (Auditors)"
RENAMED = {
    "Editors": "Biên tập viên (Editors)",
    "Moderators": "Người kiểm duyệt (Moderators)",
    "Người duyệt (Reviewers)": SUBJECT_REVIEWER,
}
"""What Wagtail's own groups, and those of earlier versions, are renamed to."""
SPLIT = {"Người duyệt (Reviewers)": LANGUAGE_REVIEWER}
"""The second group into which the members of one of an earlier version go, so that nobody loses what they could do."""

CONTENT = ("module", "variant", "testitem")
TAXONOMIES = (
    "language", "framework", "domain", "competence", "region", "audience", "industry", "programme", "crosswalk",
)  # fmt: skip
EVERYTHING = (*((f"catalogue.{name}") for name in (*CONTENT, "asset")), *(f"taxonomy.{name}" for name in TAXONOMIES))
ENTER = "wagtailadmin.access_admin"


@dataclass(frozen=True, slots=True)
class Role:
    """What a group may do: permissions as ``app.codename``, and page permissions on the whole tree."""

    permissions: frozenset[str]
    pages: frozenset[str] = frozenset()


READ_COURSES = "catalogue.view_coursepage"
READ_LOG = "wagtailcore.view_modellogentry"


def _on(models: tuple[str, ...], *actions: str) -> set[str]:
    return {f"catalogue.{action}_{model}" for model in models for action in actions}


VIEW = {READ_COURSES} | {f"{name.split('.')[0]}.view_{name.split('.')[1]}" for name in EVERYTHING}
VIEW_FOR_AUTHORS = VIEW - {"catalogue.view_variant"}
"""What those read who write within a scope: all but the variants of others."""
CHANGE_TAXONOMIES = {f"taxonomy.{action}_{name}" for name in TAXONOMIES for action in ("add", "change", "delete")}
REVIEW_CONTENT = Role(
    frozenset({ENTER} | VIEW | _on(CONTENT, "change", "lock", "unlock")),
    frozenset({"change_page", "lock_page", "unlock_page"}),
)
ROLES = {
    DESIGNER: Role(
        frozenset({ENTER} | VIEW | _on((*CONTENT, "asset"), "add", "change")),
        frozenset({"add_page", "change_page"}),
    ),
    SUBJECT_REVIEWER: REVIEW_CONTENT,
    LANGUAGE_REVIEWER: REVIEW_CONTENT,
    PUBLISHER: Role(
        frozenset(
            {ENTER, "releases.publish_release", "releases.view_release"}
            | VIEW
            | CHANGE_TAXONOMIES
            | _on(CONTENT, "add", "change", "delete", "publish", "lock", "unlock")
            | _on(("asset",), "add", "change", "delete")
            | _on(("authorscope",), "add", "change", "delete", "view")
        ),
        frozenset({"add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"}),
    ),
    AUTHOR: Role(frozenset({ENTER, "catalogue.author_variant", "catalogue.add_asset"} | VIEW_FOR_AUTHORS)),
    TRANSLATOR: Role(frozenset({ENTER, "catalogue.translate_variant"} | VIEW_FOR_AUTHORS)),
    TAXONOMIST: Role(frozenset({ENTER} | VIEW | CHANGE_TAXONOMIES)),
    OPERATOR: Role(
        frozenset(
            {ENTER, "releases.view_release"}
            | VIEW
            | {f"learners.{action}_waiver" for action in ("view", "add", "change")}
            | {"programs.view_buildrun", "programs.start_buildrun"}
        )
    ),
    AUDITOR: Role(
        frozenset(
            {ENTER, READ_LOG, "releases.view_release", "learners.view_waiver", "programs.view_buildrun"}
            | VIEW
            | _on(("authorscope",), "view")
        )
    ),
}


def make_groups(using: str = "default", **_kwargs: Any) -> None:
    """Make every group that is missing and give each what it must have. May run any number of times."""
    for label in (
        "wagtailadmin",
        "wagtailcore",
        "taxonomy",
        "catalogue",
        "releases",
        "learners",
        "programs",
    ):  # theirs comes after ours
        create_permissions(global_apps.get_app_config(label), verbosity=0, using=using)
    create_extra_permissions(global_apps.get_app_config("catalogue"), using=using)
    _rename_groups(using)
    for name, role in ROLES.items():
        group = Group.objects.using(using).get_or_create(name=name)[0]
        group.permissions.add(*_find(role.permissions, using))
        _grant_pages(group, role, using)


def _rename_groups(using: str) -> None:
    groups = Group.objects.using(using)
    for name, shown in RENAMED.items():
        group = groups.filter(name=name).first()
        if group is None or groups.filter(name=shown).exists():
            continue
        if name in SPLIT:
            groups.get_or_create(name=SPLIT[name])[0].user_set.add(*group.user_set.all())
        group.name = shown
        group.save(using=using, update_fields=["name"])


def _find(names: frozenset[str], using: str) -> list[Permission]:
    condition = Q()
    for name in names:
        app, codename = name.split(".")
        condition |= Q(content_type__app_label=app, codename=codename)
    return list(Permission.objects.using(using).filter(condition))


def _grant_pages(group: Group, role: Role, using: str) -> None:
    root = Page.objects.using(using).filter(depth=1).first()
    if root is None:
        return
    names = {"content_type__app_label": "wagtailcore", "codename__in": role.pages}
    for permission in Permission.objects.using(using).filter(**names):
        GroupPagePermission.objects.using(using).get_or_create(group=group, page=root, permission=permission)
