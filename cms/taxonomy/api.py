"""What other apps may use of the taxonomies: to keep, read, write and find what has a code.

The parts of which editors are built are in :mod:`cms.taxonomy.editing`: models and imports do without them.
"""

from cms.taxonomy import bulk
from cms.taxonomy.blocks import CodeBlock, LevelsBlock, LocalisedTextBlock, PlainListBlock, RecordBlock, check_one_way
from cms.taxonomy.fields import CodeField, CodesField, LocalisedTextField, RecordsField, localised
from cms.taxonomy.interchange import (
    prune_taxonomies,
    read_taxonomies,
    write_rows,
    write_taxonomies,
)
from cms.taxonomy.kinds import Kind, limit_kind, register_kind
from cms.taxonomy.selectors import (
    Line,
    Lineage,
    get_texts,
    get_titles,
    get_tree,
    list_audience_lines,
    list_choices,
    list_codes,
    list_competence_levels,
    list_descendant_codes,
    list_lineages,
    list_missing_codes,
    list_top_terms,
)
from cms.taxonomy.tally import Report
from cms.taxonomy.usage import USES_SHOWN, Use, list_uses, register_uses
from cms.taxonomy.widgets import FEATURE_LABELS

__all__ = [
    "FEATURE_LABELS",
    "USES_SHOWN",
    "CodeBlock",
    "CodeField",
    "CodesField",
    "Kind",
    "LevelsBlock",
    "Line",
    "Lineage",
    "LocalisedTextBlock",
    "LocalisedTextField",
    "PlainListBlock",
    "RecordBlock",
    "RecordsField",
    "Report",
    "Use",
    "bulk",
    "check_one_way",
    "get_texts",
    "get_titles",
    "get_tree",
    "limit_kind",
    "list_audience_lines",
    "list_choices",
    "list_codes",
    "list_competence_levels",
    "list_descendant_codes",
    "list_lineages",
    "list_missing_codes",
    "list_top_terms",
    "list_uses",
    "localised",
    "prune_taxonomies",
    "read_taxonomies",
    "register_kind",
    "register_uses",
    "write_rows",
    "write_taxonomies",
]
