"""The catalogue in the admin: courses, modules, variants, test items, files, and who writes variants for whom."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.catalogue import courses, forms, listings, panels
from cms.catalogue.models import Asset, AuthorScope, CoursePage, Module, TestItem, Variant
from cms.catalogue.reading import ContentHistoryView, ContentInspectView, PermittedChooserViewSet
from cms.catalogue.scopes import is_limited, may_write
from cms.catalogue.variants.module_editing import ModuleEditView
from cms.catalogue.variants.rebase_views import RebaseView
from cms.catalogue.variants.variant_editing import VariantCreateView, VariantEditView
from cms.catalogue.variants.views import VariantsView
from cms.searching.editing import FoundIndexView


class CourseListing(PageListingViewSet):
    name = "courses"
    model = CoursePage
    icon = "doc-full"
    menu_label = _("Courses")
    index_view_class = courses.CourseIndexView
    columns = courses.COURSE_COLUMNS
    filterset_class = courses.CourseFilterSet


class ShelfViewSet(PageViewSet):
    """What the explorer shows of a shelf; everything else of courses is as Wagtail has it."""

    model = CoursePage
    index_view_class = courses.ShelfView


class _ContentViewSet(SnippetViewSet):
    """Content that is drafted, reviewed and published."""

    tabs: list[Any] = []
    chooser_viewset_class = PermittedChooserViewSet
    form_class: Any = None
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = ContentInspectView
    index_view_class = listings.ContentIndexView
    index_results_template_name = "searching/snippet_results.html"
    history_view_class = ContentHistoryView
    add_to_reference_index = False  # content refers by code, which that index cannot see

    def get_edit_handler(self) -> Any:
        return TabbedInterface(self.tabs, base_form_class=self.form_class).bind_to_model(self.model)


class ModuleViewSet(_ContentViewSet):
    model = Module
    icon = "form"
    index_view_class = listings.ModuleIndexView
    edit_view_class = ModuleEditView
    filterset_class = listings.ModuleFilterSet
    list_display = listings.MODULE_COLUMNS
    tabs = panels.MODULE_PANELS
    form_class = forms.ModuleForm
    inspect_view_fields = ["code", "title", "owner", "minutes", "megabytes", "body"]

    def get_urlpatterns(self) -> list[Any]:
        variants = self.construct_view(VariantsView)
        return [*super().get_urlpatterns(), path("variants/<str:pk>/", variants, name="variants")]


class VariantViewSet(_ContentViewSet):
    """Variants. Every view of one variant first asks whether it is within a limited author's scope."""

    model = Variant
    icon = "copy"
    index_view_class = listings.VariantIndexView
    add_view_class = VariantCreateView
    edit_view_class = VariantEditView
    filterset_class = listings.VariantFilterSet
    list_display = listings.VARIANT_COLUMNS
    tabs = panels.VARIANT_PANELS
    form_class = forms.VariantForm
    inspect_view_fields = [
        "code", "module", "title", "regions", "audiences", "industries", "languages", "accessibility", "body",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        actions = {"add", "change", "delete", "view"}
        rows = self.permission_policy.instances_user_has_any_permission_for(request.user, actions)
        return rows.select_related("module")

    def construct_view(self, view_class: Any, **kwargs: Any) -> Any:
        return _within_scope(super().construct_view(view_class, **kwargs))

    def get_urlpatterns(self) -> list[Any]:
        rebase = self.construct_view(RebaseView)
        return [*super().get_urlpatterns(), path("rebase/<str:pk>/", rebase, name="rebase")]


def _within_scope(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return the view, closed to limited authors for variants that are not theirs."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "pk" in kwargs and is_limited(request.user):
            variant = get_object_or_404(Variant, pk=unquote(str(kwargs["pk"])))
            if not may_write(request.user, variant):
                raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


class ItemViewSet(_ContentViewSet):
    model = TestItem
    icon = "help"
    filterset_class = listings.ItemFilterSet
    list_display = listings.ITEM_COLUMNS
    tabs = panels.ITEM_PANELS
    form_class = forms.ItemForm
    inspect_view_fields = ["code", "competence", "level", "kind", "prompt", "correct", "feedback", "seconds"]


class AssetViewSet(SnippetViewSet):
    model = Asset
    icon = "doc-empty"
    index_view_class = FoundIndexView
    index_results_template_name = "searching/snippet_results.html"
    chooser_viewset_class = PermittedChooserViewSet
    list_display = listings.ASSET_COLUMNS
    list_filter = ["media_type"]
    list_per_page = 50
    copy_view_enabled = False
    add_to_reference_index = False

    def get_edit_handler(self) -> Any:
        return ObjectList(panels.ASSET_PANELS, base_form_class=forms.AssetForm).bind_to_model(self.model)


class AuthorScopeViewSet(SnippetViewSet):
    model = AuthorScope
    icon = "user"
    list_display = [
        "user",
        Column("regions", label=_("Regions"), accessor=lambda row: ", ".join(row.regions)),
        Column("audiences", label=_("Audiences"), accessor=lambda row: ", ".join(row.audiences)),
        Column("languages", label=_("Languages"), accessor=lambda row: ", ".join(row.languages)),
    ]
    add_to_reference_index = False
    copy_view_enabled = False
    panels = [
        FieldPanel("user"),
        FieldPanel("regions", help_text=_("They write for these regions and all below them.")),
        FieldPanel("audiences", help_text=_("They write for these audiences and all below them.")),
        FieldPanel("languages", help_text=_("Translators write in these languages.")),
    ]


class CatalogueGroup(SnippetViewSetGroup):
    items = (CourseListing, ModuleViewSet, VariantViewSet, ItemViewSet, AssetViewSet, AuthorScopeViewSet)
    menu_label = _("Catalogue")
    menu_icon = "doc-full"
    menu_name = "catalogue"
    menu_order = 200
    add_to_admin_menu = True
