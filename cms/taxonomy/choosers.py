"""Choosers worded in the language of who reads them."""

from typing import Any

from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.widgets import AdminSnippetChooser


class _Worded:
    """A sentence of Wagtail's that names a kind of thing, translated whenever it is read."""

    def __init__(self, sentence: Any, name: Any) -> None:
        self.sentence, self.name = sentence, name

    def __str__(self) -> str:
        return str(self.sentence) % {"object": self.name}


class TranslatedChooser(AdminSnippetChooser):
    """Wagtail's words its buttons once, when the form's class is made: in whatever language that happened to be."""

    def __init__(self, model: Any = None, **kwargs: Any) -> None:
        super().__init__(model, **kwargs)
        name = self.model._meta.verbose_name
        self.choose_one_text = lazystr(_Worded(_("Choose %(object)s"), name))
        self.choose_another_text = lazystr(_Worded(_("Choose another %(object)s"), name))
        self.link_to_chosen_text = lazystr(_Worded(_("Edit this %(object)s"), name))


class TranslatedChooserViewSet(SnippetChooserViewSet):
    """What a snippet's viewset names as its ``chooser_viewset_class``."""

    base_widget_class = TranslatedChooser
