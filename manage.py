#!/usr/bin/env python
"""Run a management command."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    except DatabaseError:
        sentence = _what_the_database_lacks()
        if not sentence:
            raise
        sys.exit(sentence)


def _what_the_database_lacks() -> str:
    """Return why no command can work on the database, or nothing where that is not what went wrong."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor
    from django.utils.translation import gettext as _

    try:
        connection.close()
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return _("The database is empty or of an older version. Run “manage.py migrate” first, then this again.")
    except DatabaseError as error:
        return _("The database that DATABASE_URL names cannot be used: %(reason)s") % {"reason": error}
    return ""


if __name__ == "__main__":
    main()
