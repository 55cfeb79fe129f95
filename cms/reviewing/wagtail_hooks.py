"""What reviews add to the admin: a screen of everything that waits for a decision."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.catalogue.api import may_read_courses
from cms.reviewing.views import ReviewsView


class ReviewsMenuItem(MenuItem):
    """The entry "Reviews", for those who may read the catalogue."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_read_courses(request.user)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    """Put the screen below the admin's address."""
    return [
        path("reviews/", ReviewsView.as_view(), name="reviewing_reviews"),
        path("reviews/results/", ReviewsView.as_view(results_only=True), name="reviewing_reviews_results"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """Put "Reviews" into the main menu."""
    return ReviewsMenuItem(
        _("Reviews"), reverse_lazy("reviewing_reviews"), name="reviews", icon_name="tasks", order=220
    )
