"""The screen on which a variant is put on the newest version of its base."""

from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton

from cms.catalogue.models import Variant
from cms.catalogue.variants.rebase_form import RebaseForm, take_name, text_name
from cms.catalogue.variants.rebase_parts import Part, Section, list_sections, parts_by_name
from cms.catalogue.variants.rebasing import Rebase, prepare_rebase, save_rebase


class RebaseView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, View):
    """Three versions side by side; what is chosen becomes a new draft."""

    model = Variant
    permission_required = "change"
    permission_policy: Any = None
    breadcrumbs_items: list[Any] = []
    template_name = "catalogue/variants/rebase.html"
    header_icon = "resubmit"
    object: Variant

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.user_has_permission_for_instance("change", self.object):
            raise PermissionDenied
        lock = self.object.get_lock()
        if lock and lock.for_user(request.user):
            messages.error(request, lock.get_message(request.user))
            return redirect(self.edit_url)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the three versions."""
        return self.show(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write what was chosen, unless one of the versions is another by now."""
        form = self.form(request.POST)
        seen = (request.POST.get("draft"), request.POST.get("base"))
        if seen != (str(self.object.latest_revision_id or 0), self.rebase.new.version):
            messages.warning(request, _("The variant or its base was changed meanwhile. Look at it once more, please."))
            return self.show(self.form())
        if "keep" in request.POST:
            return self.save(self.rebase.keeping) or self.show(form)
        if not form.is_valid():
            messages.error(request, _("Some places are not decided yet. They are marked below."))
            return self.show(form)
        return self.save(form.choices) or self.show(form)

    def save(self, choices: Any) -> HttpResponse | None:
        """Save the draft and go to its editor; return ``None`` where it could not be saved."""
        try:
            save_rebase(self.rebase, choices, actor=self.request.user)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return None
        history = reverse("wagtailsnippets_catalogue_variant:history", args=[quote(self.object.pk)])
        messages.success(
            self.request,
            _("The variant stands on the newest base now, as a draft. What learners meet has not changed yet."),
            buttons=[messages.button(history, _("Undo in its history"))],
        )
        return redirect(self.edit_url)

    @cached_property
    def rebase(self) -> Rebase:
        """The three versions."""
        return prepare_rebase(self.object)

    @cached_property
    def sections(self) -> list[Section]:
        """What they are made of."""
        return list_sections(self.rebase)

    @cached_property
    def edit_url(self) -> str:
        """The variant's editor."""
        return reverse("wagtailsnippets_catalogue_variant:edit", args=[quote(self.object.pk)])

    def form(self, data: Any = None) -> RebaseForm:
        """Return the form of the choices."""
        start = {"draft": self.object.latest_revision_id or 0, "base": self.rebase.new.version}
        return RebaseForm(data, initial=start, questions=self.rebase.questions, parts=parts_by_name(self.sections))

    def show(self, form: RebaseForm) -> HttpResponse:
        """Return the page."""
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return response

    def get_page_title(self) -> str:
        return _("The base has changed")

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailsnippets_catalogue_variant:list"), "label": _("Variants")},
            {"url": self.edit_url, "label": str(self.object)},
            {"url": "", "label": self.get_page_title()},
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_("Back to the variant"), url=self.edit_url, icon_name="edit")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form = context["form"]
        states = [question.state for question in form.questions]
        return context | {
            "variant": self.rebase.draft,
            "rebase": self.rebase,
            "sections": [
                (section, [(part, *_fields(form, part)) for part in section.parts]) for section in self.sections
            ],
            "conflicts": states.count("conflict"),
            "offers": states.count("new"),
            "edit_url": self.edit_url,
        }


def _fields(form: RebaseForm, part: Part) -> tuple[Any, Any]:
    take, text = take_name(part.name), text_name(part.name)
    return form[take] if take in form.fields else None, form[text] if text in form.fields else None
