"""The public face of the formats."""

from exports.formats.registry import FORMATS, Format, ScopeNotOffered, UnknownFormat, get_format
from exports.formats.source import Scope, Source

__all__ = ["FORMATS", "Format", "Scope", "ScopeNotOffered", "Source", "UnknownFormat", "get_format"]
