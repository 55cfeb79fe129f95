"""What curriculum content is filed under: languages, frameworks, regions, audiences, industries, programmes.

Rows mirror the catalogue document. They are dated and replaced, not deleted, once anything published names them.
"""

from django.contrib import admin
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from cms.taxonomy.blocks import DescriptorsBlock, GoalsBlock
from cms.taxonomy.codes import validate_language
from cms.taxonomy.fields import CodeField, CodesField, LocalisedTextField, RecordsField, localised


class Coded(index.Indexed, models.Model):
    """A thing with a code and a title. ``code_kind`` is the name under which others refer to it."""

    code_kind = ""
    search_fields = [index.SearchField("code"), index.AutocompleteField("title")]

    code = CodeField(unique=True)
    title = LocalisedTextField(_("title"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{localised(self.title)} ({self.code})"

    @property
    @admin.display(description=_("title"), ordering="code")
    def shown_title(self) -> str:
        """The title in the reader's language."""
        return localised(self.title) or self.code


class Dated(models.Model):
    """A thing that exists from one day until another (the last day included)."""

    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        abstract = True


class Language(Coded):
    """A language that texts are written in; its code is a BCP 47 tag."""

    code_kind = "language"

    code = models.CharField(_("code"), unique=True, validators=[validate_language])

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["code"]


class Framework(Coded, Dated):
    """One version of a competence framework. Another version is another row with another code."""

    code_kind = "framework"

    levels = models.PositiveSmallIntegerField(_("levels"), validators=[MinValueValidator(1), MaxValueValidator(32)])
    version = models.CharField(_("version"), null=True, blank=True)
    source = models.TextField(_("source"), null=True, blank=True)

    class Meta:
        verbose_name = _("competence framework")
        verbose_name_plural = _("competence frameworks")
        ordering = ["code"]


class Domain(Coded):
    """A group of competences of one framework."""

    code_kind = "domain"

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="domains", verbose_name=_("framework"))
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("domain")
        verbose_name_plural = _("domains")
        ordering = ["framework", "sort_order", "code"]


class Competence(Coded):
    """A competence of one framework; ``descriptors`` maps a level number (as a string) to a short text."""

    code_kind = "competence"

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="competences", verbose_name=_("framework"))
    domain = models.ForeignKey(
        Domain, models.PROTECT, null=True, blank=True, related_name="competences", verbose_name=_("domain")
    )
    descriptors = RecordsField(_("level descriptors"), block=DescriptorsBlock, null=True, blank=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("competence")
        verbose_name_plural = _("competences")
        ordering = ["framework", "sort_order", "code"]


class Term(Coded, Dated):
    """A node of a dated tree."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )

    class Meta:
        abstract = True


class Region(Term):
    """A socio-economic region, a province or a commune."""

    code_kind = "region"

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code"]


class Audience(Term):
    """A group of learners, below the four groups of Decision 757/QĐ-BKHCN.

    How hard and how heavy content for it may be guides authors. It is no part of the catalogue document: no learner is
    refused anything by it.
    """

    code_kind = "audience"

    reading_grade = models.PositiveSmallIntegerField(
        _("reading grade"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(18)],
        help_text=_("The school grade that texts for this audience may ask for. Empty: as the audience above."),
    )
    max_megabytes = models.FloatField(
        _("megabytes at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("What one body for this audience may weigh. Empty: as the audience above."),
    )

    class Meta:
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        ordering = ["code"]


class Industry(Term):
    """An industry or field of work."""

    code_kind = "industry"

    class Meta:
        verbose_name = _("industry")
        verbose_name_plural = _("industries")
        ordering = ["code"]


class Programme(Coded):
    """A named set of goals that an authority assigns to a group of learners.

    ``goals`` is the contract's list: ``{"course": …}`` or ``{"competence": …, "level": …}``, perhaps with a weight.
    """

    code_kind = "programme"

    audiences = CodesField(_("audiences"), kind="audience")
    regions = CodesField(_("regions"), kind="region")
    goals = RecordsField(_("goals"), block=GoalsBlock, default=list)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["code"]


class Crosswalk(models.Model):
    """How a competence, a domain or a whole framework relates to another. Informs people; satisfies no requirement."""

    class Relation(models.TextChoices):
        EXACT = "exact", _("exact match")
        CLOSE = "close", _("close match")
        BROADER = "broader", _("broader")
        NARROWER = "narrower", _("narrower")
        RELATED = "related", _("related")

    source = CodeField(_("from"), kind="competence")
    target = CodeField(_("to"), kind="competence")
    relation = models.CharField(_("relation"), max_length=16, choices=Relation.choices)
    note = LocalisedTextField(_("note"), null=True, blank=True)

    class Meta:
        verbose_name = _("crosswalk")
        verbose_name_plural = _("crosswalks")
        constraints = [models.UniqueConstraint(fields=["source", "target", "relation"], name="crosswalk_once")]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
