"""Checks as authors meet them: of a draft, in words and with a way to the place; noted for the report."""
