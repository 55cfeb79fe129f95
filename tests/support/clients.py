"""Clients that have chosen their language, as people do with the button on every page."""

from django.conf import settings
from django.test import Client


def client_in(language: str) -> Client:
    """Return a client whose pages are in ``language``."""
    client = Client()
    choose(client, language)
    return client


def choose(client: Client, language: str) -> None:
    """Have a client's pages in ``language`` from now on."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
