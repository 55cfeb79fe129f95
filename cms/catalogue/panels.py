"""The editors of the catalogue: which field stands where, and what helps beside it."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
)

from cms.catalogue.advice.findings import Finding, list_findings
from cms.catalogue.selectors import describe_targets, list_courses_with_module, list_variants_of


class ProblemsPanel(Panel):
    """What is wrong in the draft as it was last saved, and what could be better; nothing when all is well."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "catalogue/panels/problems.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and bool(self.findings)

        @cached_property
        def findings(self) -> list[Finding]:
            """What the checks found in what was last saved."""
            return list_findings(self.instance)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {
                "errors": [finding for finding in self.findings if finding.is_error],
                "warnings": [finding for finding in self.findings if not finding.is_error],
            }


class SharedPanel(Panel):
    """Says of a module that courses share, or that variants were written from, what publishing a change does."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "catalogue/panels/shared.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and (self.course_count > 1 or self.variant_count > 0)

        @cached_property
        def course_count(self) -> int:
            """In how many courses the module is."""
            return list_courses_with_module(self.instance.code).count()

        @cached_property
        def variant_count(self) -> int:
            """How many variants it has."""
            return int(self.instance.variants.count())


class VariantsPanel(Panel):
    """The variants of a module and the courses that list it, with links."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "catalogue/panels/variants.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            variants = list(list_variants_of(self.instance, self.request.user))
            return context | {
                "variants": list(zip(variants, describe_targets(variants), strict=True)),
                "courses": list_courses_with_module(self.instance.code),
                "variants_url": reverse("wagtailsnippets_catalogue_module:variants", args=[self.instance.pk]),
                "add_url": f"{reverse('wagtailsnippets_catalogue_variant:add')}?module={self.instance.pk}",
            }


class ReasonPanel(Panel):
    """Why something is changed: goes into the log, and is no field of the thing."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "catalogue/panels/reason.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)


TARGETING_HELP = _("Leave a list empty where it is for everyone. One that names a group is also for all below it.")
TARGETING = MultiFieldPanel(
    [FieldPanel("audiences"), FieldPanel("regions"), FieldPanel("industries"), FieldPanel("languages")],
    heading=_("For whom"),
    help_text=TARGETING_HELP,
)
ACCESSIBILITY = FieldPanel(
    "accessibility", help_text=_("What it offers. Learners who need something meet only what offers it.")
)
SIZE = FieldRowPanel(
    [
        FieldPanel("minutes", help_text=_("How long it takes to learn.")),
        FieldPanel("megabytes", help_text=_("How much a learner downloads.")),
    ]
)
PUBLISHING = PublishingPanel()
REASON = ReasonPanel(heading=_("Reason"))

COURSE_EDITOR = TabbedInterface(
    [
        ObjectList(
            [
                ProblemsPanel(heading=_("Problems in this draft")),
                FieldPanel("code", help_text=_("Chosen once: others refer to it. Never used again for anything else.")),
                FieldPanel("title_text"),
                FieldPanel("summary", help_text=_("Two or three plain sentences: what one can do afterwards.")),
                FieldPanel("modules", help_text=_("In teaching order. A module may be part of several courses.")),
                FieldPanel("keywords"),
            ],
            heading=_("Content"),
        ),
        ObjectList(
            [
                FieldPanel(
                    "teaches", help_text=_("The level of each competence at which the course leaves a learner.")
                ),
                FieldPanel(
                    "requires",
                    help_text=_("Every requirement must hold. Inside one, any single way is enough."),
                ),
                FieldPanel("recommended_after", help_text=_("Better after these courses, though not only then.")),
            ],
            heading=_("Teaching and requirements"),
        ),
        ObjectList([TARGETING, ACCESSIBILITY], heading=_("For whom")),
        ObjectList(
            [
                SIZE,
                FieldPanel("mode"),
                FieldPanel("owner_code", help_text=_("The code of who answers for the course.")),
                FieldPanel("licence"),
                PUBLISHING,
                REASON,
                CommentPanel(),
            ],
            heading=_("Settings"),
        ),
    ]
)
MODULE_PANELS = [
    ObjectList(
        [
            ProblemsPanel(heading=_("Problems in this draft")),
            SharedPanel(heading=_("Shared module")),
            FieldPanel("code", help_text=_("Chosen once: others refer to it.")),
            FieldPanel("title"),
            FieldPanel("body"),
        ],
        heading=_("Content"),
    ),
    ObjectList([VariantsPanel(heading=_("Variants and courses"))], heading=_("Variants and courses")),
    ObjectList([SIZE, FieldPanel("owner"), PUBLISHING, REASON], heading=_("Settings")),
]
VARIANT_PANELS = [
    ObjectList(
        [
            ProblemsPanel(heading=_("Problems in this draft")),
            FieldPanel("module"),
            FieldPanel("code", help_text=_("Unique within the module, for example vn-14 or km.")),
            FieldPanel("title", help_text=_("Empty: the module's own title.")),
            FieldPanel("body"),
        ],
        heading=_("Content"),
    ),
    ObjectList([TARGETING, ACCESSIBILITY], heading=_("For whom")),
    ObjectList([SIZE, FieldPanel("owner"), PUBLISHING, REASON], heading=_("Settings")),
]
ITEM_PANELS = [
    ObjectList(
        [
            ProblemsPanel(heading=_("Problems in this draft")),
            FieldPanel("code"),
            FieldRowPanel([FieldPanel("competence"), FieldPanel("level")]),
            FieldPanel("kind"),
            FieldPanel("prompt"),
            FieldPanel("options"),
            FieldPanel("correct", help_text=_("Codes of the right options, or the texts that count as right.")),
            FieldPanel("feedback"),
        ],
        heading=_("Content"),
    ),
    ObjectList(
        [
            FieldPanel("seconds", help_text=_("How long an answer usually takes.")),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("difficulty"), FieldPanel("discrimination"), FieldPanel("guessing")])],
                heading=_("Measured properties"),
                help_text=_("From trials with learners. Leave them empty until there are any."),
            ),
            PUBLISHING,
            REASON,
        ],
        heading=_("Settings"),
    ),
]
ASSET_PANELS = [
    FieldPanel("code", help_text=_("Chosen once: bodies refer to it.")),
    FieldPanel("upload"),
    FieldPanel("file_name", help_text=_("Empty: the name of the uploaded file.")),
    FieldRowPanel(
        [
            FieldPanel("media_type", read_only=True),
            FieldPanel("bytes", read_only=True),
        ]
    ),
    FieldPanel("sha256", read_only=True),
    FieldPanel("licence"),
    FieldPanel("attribution", help_text=_("Who made it, as their licence asks.")),
]
