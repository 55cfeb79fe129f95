"""Of what other apps build their editors: listings that find without accents, and forms of things with a code.

Apart from :mod:`cms.taxonomy.api`, because these load Wagtail's admin, which models and imports do without.
"""

from cms.taxonomy.forms import CodedForm
from cms.taxonomy.listings import FoldedIndexView, FoldedSearch

__all__ = ["CodedForm", "FoldedIndexView", "FoldedSearch"]
