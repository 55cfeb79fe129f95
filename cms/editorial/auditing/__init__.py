"""Who changed what, when and why: Wagtail's log with reasons, entries of our own, and their screen."""
