from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "cms.catalogue"
    label = "catalogue"
    verbose_name = _("Catalogue")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.catalogue import selectors
        from cms.taxonomy.kinds import Kind, register_kind
        from cms.taxonomy.usage import register_uses

        register_kind("course", Kind("catalogue.CoursePage", "wagtailadmin_pages:edit", title="title_text"))
        register_kind("module", Kind("catalogue.Module", "wagtailsnippets_catalogue_module:edit"))
        register_kind("item", Kind("catalogue.TestItem", "wagtailsnippets_catalogue_testitem:edit", title="prompt"))
        register_kind("asset", Kind("catalogue.Asset", "wagtailsnippets_catalogue_asset:edit", title="file_name"))
        register_uses(selectors.list_catalogue_uses)
