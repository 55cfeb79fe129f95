"""The groups of people who work here, and what each may do.

They are made after migrations and only ever added to: what an administrator grants besides stays, and a group keeps
what it must have. Scopes (which provinces an author writes for) are set per person, not per group.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps as global_apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow, WorkflowContentType
from wagtail.snippets.models import create_extra_permissions

# A group's name is data, shown as it is in every language: so each says itself in both.
DESIGNER = "Người biên soạn (Designers)"
REVIEWER = "Người duyệt (Reviewers)"
PUBLISHER = "Người phát hành (Publishers)"
AUTHOR = "Tác giả địa phương (Provincial authors)"
OPERATOR = "Người vận hành (Operators)"
AUDITOR = "Người kiểm tra (Auditors)"
WAGTAIL_GROUPS = {"Editors": "Biên tập viên (Editors)", "Moderators": "Người kiểm duyệt (Moderators)"}
"""What Wagtail's own groups are renamed to, once."""

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


def _on(models: tuple[str, ...], *actions: str) -> set[str]:
    return {f"catalogue.{action}_{model}" for model in models for action in actions}


VIEW = {f"{name.split('.')[0]}.view_{name.split('.')[1]}" for name in EVERYTHING}
CHANGE_TAXONOMIES = {f"taxonomy.{action}_{name}" for name in TAXONOMIES for action in ("add", "change", "delete")}
ROLES = {
    DESIGNER: Role(
        frozenset({ENTER} | VIEW | _on((*CONTENT, "asset"), "add", "change")),
        frozenset({"add_page", "change_page"}),
    ),
    REVIEWER: Role(
        frozenset({ENTER} | VIEW | _on(CONTENT, "change", "lock", "unlock")),
        frozenset({"change_page", "lock_page", "unlock_page"}),
    ),
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
    AUTHOR: Role(frozenset({ENTER, "catalogue.author_variant", "catalogue.view_module", "catalogue.add_asset"})),
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
            {ENTER, "releases.view_release", "learners.view_waiver", "programs.view_buildrun"}
            | VIEW
            | _on(("authorscope",), "view")
        )
    ),
}
TASK = "Moderators approval"
"""The step of Wagtail's own workflow, as Wagtail names it; reviewers and publishers approve it too."""
REVIEW = "Duyệt nội dung (Review)"
"""What that step and its workflow are renamed to, once: the name stands on the button that submits a draft."""


def make_groups(using: str = "default", **_kwargs: Any) -> None:
    """Make every group that is missing and give each what it must have. May run any number of times."""
    for label in (
        "wagtailadmin",
        "taxonomy",
        "catalogue",
        "releases",
        "learners",
        "programs",
    ):  # theirs comes after ours
        create_permissions(global_apps.get_app_config(label), verbosity=0, using=using)
    create_extra_permissions(global_apps.get_app_config("catalogue"), using=using)
    new = [name for name in ROLES if not Group.objects.using(using).filter(name=name).exists()]
    for name, role in ROLES.items():
        group = Group.objects.using(using).get_or_create(name=name)[0]
        group.permissions.add(*_find(role.permissions, using))
        _grant_pages(group, role, using)
    if new:
        _join_workflow(using)
        for name, shown in WAGTAIL_GROUPS.items():
            Group.objects.using(using).filter(name=name).update(name=shown)


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


def _join_workflow(using: str) -> None:
    """Let reviewers and publishers approve in Wagtail's own workflow, and use it for snippets that have none."""
    task = GroupApprovalTask.objects.using(using).filter(name=TASK).first()
    workflow = Workflow.objects.using(using).filter(workflow_tasks__task=task, active=True).first() if task else None
    if task is None or workflow is None:
        return
    task.groups.add(*Group.objects.using(using).filter(name__in=[REVIEWER, PUBLISHER]))
    for model in CONTENT:
        content_type = ContentType.objects.db_manager(using).get_by_natural_key("catalogue", model)
        WorkflowContentType.objects.using(using).get_or_create(
            content_type=content_type, defaults={"workflow": workflow}
        )
    for named in (task, workflow):
        named.name = REVIEW
        named.save(using=using, update_fields=["name"])
