"""What other apps may use of reviews: what waits, for whom, and what is late."""

from cms.reviewing.selectors import list_waiting, list_waiting_for, overdue
from cms.reviewing.telling import edit_url

__all__ = ["edit_url", "list_waiting", "list_waiting_for", "overdue"]
