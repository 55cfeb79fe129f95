from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

TAXONOMIES = ("language", "framework", "domain", "competence", "region", "audience", "industry", "programme")


class TaxonomyConfig(AppConfig):
    name = "cms.taxonomy"
    label = "taxonomy"
    verbose_name = _("Taxonomies")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import cms.taxonomy.lookups  # noqa: F401 - so that columns of codes can be asked
        from cms.taxonomy import selectors, usage
        from cms.taxonomy.kinds import Kind, register_kind

        notes = {"region": "parent__title", "audience": "parent__title", "industry": "parent__title"}
        notes |= {"competence": "domain__title", "domain": "framework__title"}
        for name in TAXONOMIES:
            edit = f"wagtailsnippets_taxonomy_{name}:edit"
            register_kind(name, Kind(model=f"taxonomy.{name}", edit=edit, note=notes.get(name, "")))
        usage.register_uses(selectors.list_taxonomy_uses)
