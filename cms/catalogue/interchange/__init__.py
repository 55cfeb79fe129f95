"""The whole catalogue from content to a document, and from a document to content, in bulk."""
