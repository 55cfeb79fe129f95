"""Every address of the service: the composition root of the web process.

Not here: Wagtail's pages, because learners meet releases and never what is live in the CMS; and ``MEDIA_URL``, because
files are sent by views that say what a browser may do with them.
"""

from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtailadmin_urls

from cms.api import api
from cms.views import editor_words, health, home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("health", health, name="health"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", api.urls),
    path("my/", include("recommender.programs.urls")),
    path("admin/jsi18n/", editor_words),  # before Wagtail's own, whose Vietnamese has gaps
    path("admin/", include(wagtailadmin_urls)),
]
