"""The search index of the admin: one folded entry for each thing, in tables that every database has."""

from django.db import models


class SearchEntry(models.Model):
    """What is searched of one thing, as its newest draft says it (:class:`curriculum_graph.matching.Entry`).

    ``shelf`` names the model, of pages their common one; ``key`` is the thing's primary key. There is no foreign key,
    because any model may be indexed; entries are written and deleted with their thing. What is published is not here:
    releases have an index of their own. ``facets`` holds a line ``name=value`` for each value of a facet.
    """

    shelf = models.CharField(max_length=64)
    key = models.BigIntegerField()
    code = models.TextField()
    title = models.TextField()
    words = models.TextField()
    exact = models.TextField()
    facets = models.TextField(default="")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["shelf", "key"], name="search_entry_once")]

    def __str__(self) -> str:
        return f"{self.shelf} {self.key}"


class SearchWord(models.Model):
    """A word that occurs, or once occurred, in an entry: what misspelt words are compared with."""

    word = models.CharField(max_length=64, primary_key=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.word
