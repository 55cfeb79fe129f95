"""Entries of our own: releases, and what people are given and taken: roles, rights, scopes."""

from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import get_active_log_context, log

from curriculum_graph.releases.api import ReleaseInfo, list_moves, release_published

PUBLISHED, MOVED = "releases.publish", "releases.make_current"
ROLES, RIGHTS, SCOPE = "people.roles", "people.rights", "people.scope"
ACTIONS = {
    PUBLISHED: _("Published a release"),
    MOVED: _("Made an earlier release current"),
    ROLES: _("Changed somebody's roles"),
    RIGHTS: _("Changed the rights of a group"),
    SCOPE: _("Changed somebody's scope"),
}
SCOPED = ("regions", "audiences", "languages")


def connect() -> None:
    """Listen to what is worth an entry."""
    scope = apps.get_model("catalogue", "AuthorScope")
    release_published.connect(_record_release, dispatch_uid="audit-release")
    m2m_changed.connect(_record_roles, sender=get_user_model().groups.through, dispatch_uid="audit-roles")
    m2m_changed.connect(_record_rights, sender=Group.permissions.through, dispatch_uid="audit-rights")
    pre_save.connect(_remember_scope, sender=scope, dispatch_uid="audit-scope-before")
    post_save.connect(_record_scope, sender=scope, dispatch_uid="audit-scope")


def _record_release(release: ReleaseInfo, **_kwargs: Any) -> None:
    move = list_moves(release.id)[0]
    stored = apps.get_model("releases", "Release")._default_manager.only("id").get(id=release.id)
    user = get_user_model()._default_manager.filter(username=move.actor).first()
    data = {"reason": move.note, "actor": move.actor}
    action = PUBLISHED if move.kind == "published" else MOVED
    log(stored, action, user=user, title=release.short, data=data, timestamp=move.at)


def _record_roles(instance: Any, action: str, reverse: bool, pk_set: set[Any] | None, **_kwargs: Any) -> None:
    change = _change(action)
    if change is None or not pk_set:
        return
    people = get_user_model()._default_manager.filter(pk__in=pk_set) if reverse else [instance]
    groups = [instance.name] if reverse else list(Group.objects.filter(pk__in=pk_set).values_list("name", flat=True))
    for person in people:
        log(person, ROLES, title=person.get_username(), data={change: sorted(groups)})


def _record_rights(instance: Any, action: str, reverse: bool, pk_set: set[Any] | None, **_kwargs: Any) -> None:
    change = _change(action)
    # Without a person it is the migration that gives groups what they must have.
    if change is None or reverse or not pk_set or get_active_log_context().user is None:
        return
    names = Permission.objects.filter(pk__in=pk_set).values_list("codename", flat=True)
    log(instance, RIGHTS, data={change: sorted(names)})


def _change(action: str) -> str | None:
    return {"post_add": "added", "pre_remove": "removed"}.get(action)


def _remember_scope(instance: Any, **_kwargs: Any) -> None:
    before = type(instance)._default_manager.filter(pk=instance.pk).values(*SCOPED).first()
    instance._scope_before = before or {name: [] for name in SCOPED}


def _record_scope(instance: Any, **_kwargs: Any) -> None:
    before, after = instance._scope_before, {name: getattr(instance, name) for name in SCOPED}
    changed = {name: {"from": before[name], "to": after[name]} for name in SCOPED if before[name] != after[name]}
    if changed:
        log(instance, SCOPE, data={"changed": changed})
