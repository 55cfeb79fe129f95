"""Addresses of the editorial screens, below the admin's."""

from django.urls import path

from cms.editorial.auditing.views import EntryView, LogView
from cms.editorial.views import findings, gaps, publishing, releases

urlpatterns = [
    path("reports/variant-gaps/", gaps.GapsView.as_view(), name="editorial_gaps"),
    path("reports/checks/", findings.FindingsView.as_view(), name="editorial_findings"),
    path("audit/", LogView.as_view(), name="editorial_audit"),
    path("audit/results/", LogView.as_view(results_only=True), name="editorial_audit_results"),
    path("audit/<slug:log>/<int:pk>/", EntryView.as_view(), name="editorial_audit_entry"),
    path("releases/", releases.ReleaseListView.as_view(), name="editorial_releases"),
    path("releases/compare/", releases.CompareView.as_view(), name="editorial_compare"),
    path("releases/publish/", publishing.PublishView.as_view(), name="editorial_publish"),
    path("releases/publish/<int:pk>/", publishing.RunView.as_view(), name="editorial_run"),
    path("releases/<str:release_id>/", releases.ReleaseView.as_view(), name="editorial_release"),
    path("releases/<str:release_id>/make-current/", publishing.RollBackView.as_view(), name="editorial_roll_back"),
]
