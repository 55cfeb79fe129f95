"""The learner's own pages. ``token`` stands for the learner (:mod:`recommender.programs.links`)."""

from django.urls import path

from recommender.programs import views

app_name = "programs"
urlpatterns = [
    path("<str:token>/", views.my_path, name="path"),
    path("<str:token>/changes/", views.changes, name="changes"),
    path("<str:token>/goals/", views.my_goals, name="goals"),
    path("<str:token>/next/", views.what_next, name="next"),
    path("<str:token>/what-if/", views.suppose, name="what_if"),
    path("<str:token>/courses/", views.find_course, name="search"),
    path("<str:token>/files/<path:code>", views.course_file, name="file"),
    path("<str:token>/courses/<path:code>/", views.course, name="course"),
]
