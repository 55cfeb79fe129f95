"""Wagtail's own checks of a preview (axe-core), for what is seen only when a body is drawn."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem


class ContrastItem(ContentCheckerItem):
    """Wagtail's checks, with contrast, and without those that our own checks of the text make better."""

    axe_run_only = [
        "button-name", "color-contrast", "empty-table-header", "frame-title", "image-alt", "input-button-name", "label",
        "link-in-text-block", "link-name", "list", "table-duplicate-name", "target-size", "td-headers-attr",
    ]  # fmt: skip
    axe_messages: dict[str, dict[str, Any]] = ContentCheckerItem.axe_messages | {
        "color-contrast": {
            "error_name": _("Too little contrast"),
            "help_text": _("Make the text darker or the background lighter"),
        },
        "image-alt": {
            "error_name": _("Picture without alternative text"),
            "help_text": _("Write what it shows, or mark it as decoration"),
        },
    }
