"""What the catalogue tells others."""

from django.dispatch import Signal

base_changed = Signal()
"""Sent on commit with ``modules``, the primary keys of modules whose base says something else now and that have
variants. Which of these still stand on an earlier version: :func:`cms.catalogue.bases.list_outdated`."""
