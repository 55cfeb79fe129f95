"""Questions to a column of codes, on SQLite and PostgreSQL alike."""

import json
from typing import TYPE_CHECKING, Any

from django.db.models import Lookup

from cms.taxonomy.fields import CodesField

if TYPE_CHECKING:
    _Lookup = Lookup[Any]
else:
    _Lookup = Lookup


class _CodesLookup(_Lookup):
    prepare_rhs = False
    sqlite = ""
    postgresql = ""

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        return ("%s", [json.dumps([value] if isinstance(value, str) else sorted(value))])

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, column_params = self.process_lhs(compiler, connection)
        value, value_params = self.process_rhs(compiler, connection)
        template = self.postgresql if connection.vendor == "postgresql" else self.sqlite
        return template.format(column=column, value=value), [*column_params, *value_params]


@CodesField.register_lookup
class NamesAny(_CodesLookup):
    """The list holds one of these codes: ``regions__names_any=["vn-01", "vn-04"]``, or one code alone."""

    lookup_name = "names_any"
    sqlite = (
        "EXISTS (SELECT 1 FROM json_each({column}) AS held WHERE held.value IN (SELECT value FROM json_each({value})))"
    )
    postgresql = "EXISTS (SELECT 1 FROM jsonb_array_elements({column}) AS held(code) WHERE {value}::jsonb @> held.code)"


@CodesField.register_lookup
class NamesOnly(_CodesLookup):
    """The list holds nothing but these codes (an empty list does)."""

    lookup_name = "names_only"
    sqlite = (
        "NOT EXISTS (SELECT 1 FROM json_each({column}) AS held"
        " WHERE held.value NOT IN (SELECT value FROM json_each({value})))"
    )
    postgresql = "{column} <@ {value}::jsonb"
