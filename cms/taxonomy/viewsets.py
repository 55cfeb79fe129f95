"""The taxonomies in the admin: one listing and one editor each, in one menu."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.searching.editing import FoundIndexView
from cms.taxonomy import models
from cms.taxonomy.choosers import TranslatedChooserViewSet
from cms.taxonomy.forms import CodedForm, CompetenceForm, TermForm
from cms.taxonomy.listings import TERM_COLUMNS, TermIndexView, term_filters
from cms.taxonomy.panels import FrameworkContentsPanel

NAMED = [FieldPanel("code"), FieldPanel("title")]
DATES = MultiFieldPanel(
    [FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")])],
    heading=_("When it exists"),
    help_text=_("Leave a day empty where there is none. Things are dated and replaced, not deleted."),
)
CODE = Column("code", label=_("Code"), sort_key="code")


class _TaxonomyViewSet(SnippetViewSet):
    icon = "tag"
    index_view_class = FoundIndexView
    index_results_template_name = "searching/snippet_results.html"
    chooser_viewset_class = TranslatedChooserViewSet
    list_display: list[Any] = ["shown_title", CODE]
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False  # content refers by code, which that index cannot see
    form_class: type[CodedForm] = CodedForm

    def get_edit_handler(self) -> Any:
        return ObjectList(self.panels, base_form_class=self.form_class).bind_to_model(self.model)


class LanguageViewSet(_TaxonomyViewSet):
    model = models.Language
    icon = "globe"
    panels = [
        FieldPanel("code", help_text=_("A BCP 47 tag, for example vi, en, km. Content names the language with it.")),
        FieldPanel("title"),
    ]


class FrameworkViewSet(_TaxonomyViewSet):
    model = models.Framework
    icon = "list-ol"
    list_display = [
        "shown_title",
        CODE,
        Column("version", label=_("Version")),
        Column("levels", label=_("Levels"), sort_key="levels"),
        Column("valid_from", label=_("Valid from"), sort_key="valid_from"),
    ]
    panels = [
        *NAMED,
        FieldPanel(
            "levels", help_text=_("How many levels a competence has. Levels are never compared across frameworks.")
        ),
        FieldRowPanel([FieldPanel("version")]),
        FieldPanel("source", help_text=_("Where it is published. Say so here when descriptors are not official.")),
        DATES,
        FrameworkContentsPanel(heading=_("Domains and competences")),
    ]


class DomainViewSet(_TaxonomyViewSet):
    model = models.Domain
    list_display = ["shown_title", CODE, Column("framework", label=_("Framework"), accessor="framework.code")]
    list_filter = ["framework"]
    panels = [*NAMED, FieldPanel("framework"), FieldPanel("sort_order")]

    def get_queryset(self, request: Any) -> Any:
        return models.Domain.objects.select_related("framework")


class CompetenceViewSet(_TaxonomyViewSet):
    model = models.Competence
    icon = "tick-inverse"
    list_display = [
        "shown_title",
        CODE,
        Column("domain", label=_("Domain"), accessor="domain.shown_title"),
        Column("framework", label=_("Framework"), accessor="framework.code"),
    ]
    list_filter = ["framework", "domain"]
    form_class = CompetenceForm
    panels = [
        FieldPanel("code", help_text=_("Begins with its framework, for example tt02:1.1.")),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("framework"), FieldPanel("domain")]),
        FieldPanel("descriptors"),
        FieldPanel("sort_order"),
    ]

    def get_queryset(self, request: Any) -> Any:
        return models.Competence.objects.select_related("framework", "domain")


class CrosswalkViewSet(_TaxonomyViewSet):
    model = models.Crosswalk
    icon = "arrow-right"
    list_display = ["__str__", "relation"]
    list_filter = ["relation"]
    panels = [FieldPanel("source"), FieldPanel("relation"), FieldPanel("target"), FieldPanel("note")]


class _TermViewSet(_TaxonomyViewSet):
    index_view_class = TermIndexView
    list_display = TERM_COLUMNS
    form_class = TermForm
    panels = [
        *NAMED,
        FieldPanel("parent", help_text=_("What it is part of. Content for the parent is also content for this.")),
        DATES,
        FieldPanel("replaced_by", help_text=_("What took its place, when it was merged or renamed.")),
    ]

    @property
    def filterset_class(self) -> Any:
        return term_filters(self.model)


class RegionViewSet(_TermViewSet):
    model = models.Region
    icon = "site"


class AudienceViewSet(_TermViewSet):
    model = models.Audience
    icon = "group"
    panels = [
        *_TermViewSet.panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("reading_grade"), FieldPanel("max_megabytes")])],
            heading=_("What content for them may ask"),
            help_text=_("Authors are warned where a body goes beyond it."),
        ),
    ]


class IndustryViewSet(_TermViewSet):
    model = models.Industry
    icon = "cogs"


class ProgrammeViewSet(_TaxonomyViewSet):
    model = models.Programme
    icon = "crosshairs"
    list_display = ["shown_title", CODE, Column("goals", label=_("Goals"), accessor=lambda row: len(row.goals))]
    panels = [
        *NAMED,
        MultiFieldPanel(
            [FieldPanel("audiences"), FieldPanel("regions")],
            heading=_("To whom it is assigned"),
            help_text=_("Empty means everyone."),
        ),
        FieldPanel("goals", help_text=_("Each goal is a course, or a competence at a level.")),
    ]


class TaxonomyGroup(SnippetViewSetGroup):
    items = (
        RegionViewSet,
        AudienceViewSet,
        IndustryViewSet,
        LanguageViewSet,
        FrameworkViewSet,
        DomainViewSet,
        CompetenceViewSet,
        CrosswalkViewSet,
        ProgrammeViewSet,
    )
    menu_label = _("Taxonomies")
    menu_icon = "tag"
    menu_name = "taxonomies"
    menu_order = 210
    add_to_admin_menu = True
