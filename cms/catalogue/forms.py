"""Forms of the catalogue."""

import mimetypes
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm

from cms.catalogue.advice.findings import list_errors
from cms.catalogue.bases import find_base
from cms.catalogue.scopes import get_scope, is_limited
from cms.taxonomy.editing import CodedForm
from curriculum_graph.releases.api import store_asset

UNKNOWN_TYPE = "application/octet-stream"


class _CheckedForm(CodedForm):
    """A form of drafted content: a draft may have problems, what is submitted or published may not."""

    def code_is_settled(self) -> bool:
        return self.instance.pk is not None and self.instance.first_published_at is not None

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.is_deferred_validation and not self.errors:
            errors = list_errors(self.instance)
            for error in errors:
                self.add_error(None, f"{error.place}: {error.sentence} {error.cure}".strip())
            self.instance.is_checked = not errors  # so that nobody asks again before publishing just this


class CourseForm(_CheckedForm, WagtailAdminPageForm):
    """A course. The page's title and address follow its title and code."""


class ModuleForm(_CheckedForm):
    """A module."""


class ItemForm(_CheckedForm):
    """A test item."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        options = [option["code"] for option in data.get("options") or []]
        doubles = sorted({code for code in options if options.count(code) > 1})
        if doubles:
            message = _("Two options have the code “%(code)s”: give each its own.")
            self.add_error("options", ValidationError(message, params={"code": doubles[0]}))
        return data


class VariantForm(_CheckedForm):
    """A variant. A provincial author's is for their own regions or audiences, and for nobody else."""

    stands_on = forms.CharField(required=False, widget=forms.HiddenInput)
    """The version of the base that a new variant was begun from, whatever the base says when it is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields["stands_on"].initial = self.instance.base_version
        else:
            del self.fields["stands_on"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        version, module = data.get("stands_on"), data.get("module")
        if version and module and find_base(module, version):
            self.instance.base_version = version
        if is_limited(self.for_user):
            scope = get_scope(self.for_user)
            regions, audiences = data.get("regions") or [], data.get("audiences") or []
            languages = data.get("languages") or []
            if not scope.allows(regions, audiences, languages):
                if scope.languages and not scope.regions and not scope.audiences:
                    self.add_error("languages", _("Say into which of your own languages this variant translates."))
                else:
                    outside = [code for code in regions if code not in scope.regions]
                    self.add_error("regions", _outside_scope(outside))
        return data


def _outside_scope(regions: list[str]) -> ValidationError:
    if not regions:
        return ValidationError(_("Say for which of your own regions or audiences this variant is."))
    return ValidationError(
        ngettext_lazy(
            "You write for your own regions, and %(codes)s is not one of them: take it out.",
            "You write for your own regions, and %(codes)s are not among them: take them out.",
            len(regions),
        ),
        params={"codes": ", ".join(regions)},
    )


class AssetForm(CodedForm):
    """A file: its hash, size and type are found out here, never typed."""

    upload = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("Choosing another file replaces the bytes; everything that names the code shows the new file."),
    )

    def clean_upload(self) -> Any:
        upload = self.cleaned_data.get("upload")
        if upload is None and not self.instance.sha256:
            raise ValidationError(_("Choose the file to upload."))
        if upload is not None and upload.size > settings.MAX_UPLOAD_BYTES:
            limit = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
            message = _("The file is larger than %(limit)d MB: make it smaller, or split it.")
            raise ValidationError(message, params={"limit": limit})
        return upload

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        upload = data.get("upload")
        if upload is not None and not self.errors:
            upload.seek(0)
            self.instance.sha256 = store_asset(upload)
            self.instance.bytes = upload.size
            guessed = mimetypes.guess_type(upload.name)[0]
            self.instance.media_type = guessed or upload.content_type or UNKNOWN_TYPE
            self.instance.file_name = data.get("file_name") or upload.name
            data["file_name"] = self.instance.file_name
        return data
