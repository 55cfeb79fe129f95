"""In which language a request is answered."""

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class ChosenLanguageMiddleware(LocaleMiddleware):
    """Answer pages in the language that the person chose, else in Vietnamese; the API as ``Accept-Language`` asks.

    What a phone asks for is not what its owner reads: most phones in Viet Nam that ask for English were never set up.
    A program that calls the API, on the other hand, says what it means.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Set the language of the request."""
        if request.path_info.startswith("/api/"):
            super().process_request(request)
            return
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = {code for code, _ in settings.LANGUAGES}
        translation.activate(chosen if chosen in known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()
