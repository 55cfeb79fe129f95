"""A plain Wagtail site: what the admin of this service is measured beside. Nothing in it is ours but its size."""
