"""Of what other apps build their editors: choosers, and forms of things with a code.

Apart from :mod:`cms.taxonomy.api`, because these load Wagtail's admin, which models and imports do without.
"""

from cms.taxonomy.choosers import TranslatedChooserViewSet
from cms.taxonomy.formfields import CodeFormField, CodesFormField
from cms.taxonomy.forms import CodedForm
from cms.taxonomy.widgets import FEATURE_LABELS

__all__ = ["FEATURE_LABELS", "CodeFormField", "CodedForm", "CodesFormField", "TranslatedChooserViewSet"]
