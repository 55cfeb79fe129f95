from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "cms.catalogue"
    label = "catalogue"
    verbose_name = _("Catalogue")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.catalogue.roles import make_groups
        from cms.vietnamese.collating import teach_sqlite

        post_migrate.connect(make_groups, sender=self, dispatch_uid="catalogue-groups")
        connection_created.connect(teach_sqlite, dispatch_uid="catalogue-order")
        _register_kinds()
        _dress_models()
        _make_searchable()
        _tell_of_changes()


def _register_kinds() -> None:
    """Make content findable by pickers, and say who uses what."""
    from cms.catalogue.scopes import own_audiences, own_languages, own_regions
    from cms.catalogue.selectors import list_catalogue_uses
    from cms.taxonomy.api import Kind, limit_kind, register_kind, register_uses

    register_kind("course", Kind("catalogue.CoursePage", "wagtailadmin_pages:edit", title="title_text"))
    register_kind("module", Kind("catalogue.Module", "wagtailsnippets_catalogue_module:edit"))
    register_kind("item", Kind("catalogue.TestItem", "wagtailsnippets_catalogue_testitem:edit", title="prompt"))
    register_kind("asset", Kind("catalogue.Asset", "wagtailsnippets_catalogue_asset:edit", title="file_name"))
    limit_kind("region", own_regions)
    limit_kind("audience", own_audiences)
    limit_kind("language", own_languages)
    register_uses(list_catalogue_uses)


def _dress_models() -> None:
    """Give models their editor and preview: they know neither, so that reads and bulk imports need not load them."""
    from cms.catalogue import models, previews
    from cms.catalogue.forms import CourseForm
    from cms.catalogue.panels import COURSE_EDITOR
    from cms.catalogue.policies import CourseTester

    models.CoursePage.base_form_class = CourseForm
    models.CoursePage.edit_handler = COURSE_EDITOR
    models.CoursePage.permission_tester = CourseTester
    models.CoursePage.shown = previews.course_context
    models.Module.shown = previews.module_context
    models.Variant.shown = previews.variant_context
    models.TestItem.shown = previews.item_context


def _make_searchable() -> None:
    from cms.catalogue import models, searching

    models.CoursePage.search_entries = staticmethod(searching.course_entries)
    models.CoursePage.search_facets = staticmethod(searching.course_facets)
    models.Module.search_entries = staticmethod(searching.module_entries)
    models.Variant.search_entries = staticmethod(searching.variant_entries)
    models.TestItem.search_entries = staticmethod(searching.item_entries)
    models.Asset.search_entries = staticmethod(searching.asset_entries)
    post_save.connect(_follow_module, sender=models.Module, dispatch_uid="catalogue-search-variants")


def _follow_module(instance: Any, created: bool, **_more: Any) -> None:
    from cms.catalogue.searching import follow_modules

    if not created:
        follow_modules([instance])


def _tell_of_changes() -> None:
    """Tell authors of changed bases."""
    from cms.catalogue.variants import telling

    telling.connect()
