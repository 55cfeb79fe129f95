"""Of what other apps build their editors: listings that find without accents, and forms of things with a code.

Apart from :mod:`cms.taxonomy.api`, because these load Wagtail's admin, which models and imports do without.
"""

from cms.taxonomy.forms import CodedForm
from cms.taxonomy.listings import FoldedIndexView, FoldedSearch
from cms.taxonomy.widgets import FEATURE_LABELS

__all__ = ["FEATURE_LABELS", "CodedForm", "FoldedIndexView", "FoldedSearch"]
