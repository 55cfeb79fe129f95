"""What the layers above may listen to."""

from django.dispatch import Signal

release_published = Signal()
"""Another release is current. Sent on commit, after a publication and after a roll back alike.

Receivers get ``release`` (the :class:`~curriculum_graph.releases.values.ReleaseInfo` that is now current) and
``previous`` (the id of the one before, or ``None``). A receiver that fails is logged and stops nobody.
"""
