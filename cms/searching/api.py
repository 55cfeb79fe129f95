"""What other apps may use of the search."""

from cms.searching.backend import Results, find_keys
from cms.searching.index import write

__all__ = ["Results", "find_keys", "write"]
