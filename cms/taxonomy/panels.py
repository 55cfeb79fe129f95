"""Panels that show what belongs to a thing, with links."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from cms.taxonomy.models import Competence


class FrameworkContentsPanel(Panel):
    """The domains of a framework and the competences of each."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "taxonomy/panels/framework_contents.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            competences = Competence.objects.none()
            if self.instance.pk:
                rows = Competence.objects.filter(framework=self.instance).select_related("domain")
                competences = rows.order_by("domain__sort_order", "domain__code", "sort_order", "code")
            of_this = f"?framework={self.instance.pk}"
            return context | {
                "competences": competences,
                "domains_url": reverse("wagtailsnippets_taxonomy_domain:list") + of_this,
                "competences_url": reverse("wagtailsnippets_taxonomy_competence:list") + of_this,
                "saved": bool(self.instance.pk),
            }
