"""Courses, modules, variants, test items and assets, as designers write them.

Everything refers to everything else by code (see :class:`cms.taxonomy.fields.CodesField`). One page is one course in
all languages: short texts hold one text per language, and a body in another language is a variant.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.catalogue.authored import Authored, Previewed, Searched
from cms.catalogue.blocks import BodyBlock, OptionsBlock, RequirementsBlock
from cms.catalogue.noted import CheckedAddress, CheckedThing, NotedFinding  # noqa: F401 - Django looks here for models
from cms.catalogue.slugs import slug_for
from cms.catalogue.versions import Based, Versioned
from cms.taxonomy.api import CodeField, CodesField, LevelsBlock, LocalisedTextField, RecordsField, localised
from curriculum_graph.matching import Entry
from curriculum_graph.snapshot import text_in


def validate_above_zero(value: float) -> None:
    """Refuse zero and less."""
    if not value > 0:
        raise ValidationError(_("Give a number above 0, or leave it empty."))


class Body(models.Model):
    """What a module and its variants have in common."""

    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True, validators=[MinValueValidator(1)])
    megabytes = models.FloatField(_("megabytes"), null=True, blank=True, validators=[MinValueValidator(0)])
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    class Meta:
        abstract = True


class Targeted(models.Model):
    """For whom a course or a variant is; an empty list means everyone."""

    audiences = CodesField(_("audiences"), kind="audience")
    regions = CodesField(_("regions"), kind="region")
    industries = CodesField(_("industries"), kind="industry")
    languages = CodesField(_("languages"), kind="language")
    accessibility = CodesField(_("accessibility features"), kind="accessibility")

    class Meta:
        abstract = True


class Module(Versioned, Authored, Body):
    """A teaching unit with its base body. Reusable: any number of courses may list it."""

    code_kind = "module"

    code = CodeField(unique=True)
    title = LocalisedTextField(_("title"))
    owner = models.CharField(_("owner"), blank=True)

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{localised(self.title)} ({self.code})"

    @property
    @admin.display(description=_("title"), ordering="code")
    def shown_title(self) -> str:
        """The title in the reader's language."""
        return localised(self.title) or self.code

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "catalogue/preview/module.html"


class Variant(Based, Authored, Body, Targeted):
    """A body that takes the place of a module's base for some learners. Owned apart from the base."""

    code_kind = "variant"

    module = models.ForeignKey(Module, models.CASCADE, related_name="variants", verbose_name=_("module"))
    code = CodeField()
    title = LocalisedTextField(_("title"), null=True, blank=True)
    owner = models.CharField(_("owner"), blank=True)

    class Meta:
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        ordering = ["module", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["module", "code"],
                name="variant_code_once_a_module",
                violation_error_message=_("This module has a variant with this code already: choose another code."),
            )
        ]
        permissions = [
            ("author_variant", _("May write variants for their own regions and audiences")),
            ("translate_variant", _("May write variants and texts in their own languages")),
        ]

    def __str__(self) -> str:
        return f"{localised(self.title) or self.code} ({self.code})"

    @property
    @admin.display(description=_("title"), ordering="code")
    def shown_title(self) -> str:
        """The title in the reader's language; the module's where it has none of its own."""
        return localised(self.title) or localised(self.module.title) or self.code

    @property
    def is_outdated(self) -> bool:
        """Whether the module's base says something else than the version from which this was written."""
        return self.base_version not in ("", self.module.version)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "catalogue/preview/variant.html"


class TestItem(Authored):
    """A test item of the placement and mastery tests. Fields and their meaning are the contract's ``item``."""

    code_kind = "item"

    __test__ = False  # not a test case, whatever pytest thinks of the name

    class Kind(models.TextChoices):
        SINGLE = "single_choice", _("single choice")
        MULTIPLE = "multiple_choice", _("multiple choice")
        TRUE_FALSE = "true_false", _("true or false")
        TEXT = "text_entry", _("text entry")
        ORDER = "order", _("put in order")
        MATCH = "match", _("match")

    code = CodeField(unique=True)
    competence = CodeField(_("competence"), kind="competence")
    level = models.PositiveSmallIntegerField(_("level"), validators=[MinValueValidator(1), MaxValueValidator(32)])
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    prompt = LocalisedTextField(_("prompt"), long=True)
    options = RecordsField(_("options"), block=OptionsBlock, default=list, blank=True)
    correct = CodesField(_("correct answers"))
    feedback = LocalisedTextField(_("feedback"), null=True, blank=True, long=True)
    seconds = models.PositiveBigIntegerField(_("seconds"), null=True, blank=True, validators=[MinValueValidator(1)])
    difficulty = models.FloatField(_("difficulty"), null=True, blank=True)
    discrimination = models.FloatField(_("discrimination"), null=True, blank=True, validators=[validate_above_zero])
    guessing = models.FloatField(
        _("guessing"), null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )

    class Meta:
        verbose_name = _("test item")
        verbose_name_plural = _("test items")
        ordering = ["code"]

    def __str__(self) -> str:
        return str(self.code)

    @property
    @admin.display(description=_("prompt"), ordering="code")
    def shown_title(self) -> str:
        """The prompt in the reader's language."""
        return localised(self.prompt) or self.code

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "catalogue/preview/item.html"


class Asset(Searched, models.Model):
    """A file that bodies use. Its bytes are kept by content hash (``curriculum_graph.releases``)."""

    code_kind = "asset"

    code = CodeField(unique=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    media_type = models.CharField(_("media type"))
    bytes = models.PositiveBigIntegerField(_("size in bytes"))
    file_name = models.CharField(_("file name"), null=True, blank=True)
    licence = models.CharField(_("licence"), null=True, blank=True)
    attribution = models.TextField(_("attribution"), null=True, blank=True)

    class Meta:
        verbose_name = _("asset")
        verbose_name_plural = _("assets")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.file_name or self.code


class CatalogueIndexPage(Page):
    """The root of the catalogue. Its children are owners."""

    max_count = 1
    subpage_types = ["catalogue.OwnerPage"]

    class Meta:
        verbose_name = _("catalogue")
        verbose_name_plural = _("catalogues")


class OwnerPage(Page):
    """The courses of one owner (the ministry, a province, an agency); ``code`` is the contract's ``owner``."""

    code = models.CharField(_("code"), blank=True)
    parent_page_types = ["catalogue.CatalogueIndexPage"]
    subpage_types = ["catalogue.SubjectPage"]

    class Meta:
        verbose_name = _("owner of courses")
        verbose_name_plural = _("owners of courses")


class SubjectPage(Page):
    """The courses of one owner on one subject: keeps the tree shallow and bushy."""

    code = models.CharField(_("code"), blank=True)
    parent_page_types = ["catalogue.OwnerPage"]
    subpage_types = ["catalogue.CoursePage"]

    class Meta:
        verbose_name = _("subject of courses")
        verbose_name_plural = _("subjects of courses")


class CoursePage(Previewed, Targeted, Page):
    """A course, in all languages. ``modules`` lists the codes of its modules in teaching order.

    Wagtail's own title and address follow the Vietnamese title and the code; nobody edits them.
    """

    code_kind = "course"
    search_entries: ClassVar[Callable[[Any], list[Entry]]]
    search_facets: ClassVar[Callable[[Any], list[list[tuple[str, str]]]]]
    parent_page_types = ["catalogue.SubjectPage"]
    subpage_types: list[str] = []

    class Mode(models.TextChoices):
        ONLINE = "online", _("online")
        CLASSROOM = "classroom", _("in a classroom")
        BLENDED = "blended", _("online and in a classroom")

    code = CodeField(unique=True)
    title_text = LocalisedTextField(_("title"))
    summary = LocalisedTextField(_("summary"), null=True, blank=True, long=True)
    minutes = models.PositiveIntegerField(_("minutes"), validators=[MinValueValidator(1)])
    megabytes = models.FloatField(_("megabytes"), null=True, blank=True, validators=[MinValueValidator(0)])
    mode = models.CharField(_("mode"), max_length=16, null=True, blank=True, choices=Mode.choices)
    owner_code = models.CharField(_("owner"), null=True, blank=True)
    licence = models.CharField(_("licence"), null=True, blank=True)
    teaches = RecordsField(_("teaches"), block=LevelsBlock, default=list, blank=True)
    requires = StreamField(RequirementsBlock(), verbose_name=_("requirements"), blank=True)
    recommended_after = CodesField(_("recommended after"), kind="course")
    keywords = CodesField(_("keywords"))
    modules = CodesField(_("modules"), kind="module", ordered=True)

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def __str__(self) -> str:
        return f"{localised(self.title_text)} ({self.code})"

    @property
    @admin.display(description=_("title"), ordering="title")
    def shown_title(self) -> str:
        """The title in the reader's language."""
        return localised(self.title_text) or self.code

    def get_admin_display_title(self) -> str:
        """The title in the reader's language; where it has none there, that of the newest draft.

        Lists of pages of all kinds do not read the titles by language, and asking for each would cost a query a row.
        """
        language = get_language() or "vi"
        titles = None if "title_text" in self.get_deferred_fields() else self.title_text
        own = titles.get(language) if isinstance(titles, dict) and language != "vi" else None
        return str(own or super().get_admin_display_title())

    permission_tester: ClassVar[Callable[[Any, Any], Any]]
    """Tells what a user may do with a course; the app sets it when it is ready, because models know no rights."""

    def permissions_for_user(self, user: Any) -> Any:
        """Return what answers whether the user may do this or that."""
        return type(self).permission_tester(user, self)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._follow_title_and_code()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        self._follow_title_and_code()
        super().minimal_clean()

    def _follow_title_and_code(self) -> None:
        self.title = (text_in(self.title_text).strip() or self.code or "")[:255]
        self.slug = slug_for(self.code or "")

    def clean(self) -> None:
        try:
            super().clean()
        except ValidationError as error:
            if "slug" not in getattr(error, "error_dict", {}):
                raise
            message = _("Another page here has the address that this code makes: choose another code.")
            raise ValidationError({"code": message}) from error

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "catalogue/preview/course.html"


class AuthorScope(models.Model):
    """The regions and audiences for which somebody writes variants, and the languages into which they translate.

    It counts for those who hold ``author_variant`` or ``translate_variant`` but not ``change_variant``: without a row
    they may write nothing. A reviewer who has a row decides about what is within it alone. Which group somebody is in
    is not said here.
    """

    privacy = dict.fromkeys(("id", "user", "regions", "audiences", "languages"), "operational")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="author_scope", verbose_name=_("author")
    )
    regions = CodesField(_("regions"), kind="region")
    audiences = CodesField(_("audiences"), kind="audience")
    languages = CodesField(_("languages"), kind="language")

    class Meta:
        verbose_name = _("author's scope")
        verbose_name_plural = _("authors' scopes")

    def __str__(self) -> str:
        return str(self.user)
