"""What the layers above may listen to."""

from django.dispatch import Signal

program_changed = Signal()
"""Learners have other programs than before. Sent on commit; ``learners`` is a tuple of their pseudonyms."""
