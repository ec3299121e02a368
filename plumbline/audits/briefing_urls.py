"""The addresses of briefings."""

from django.urls import URLPattern, path

from plumbline.audits.views import briefings as views

urlpatterns: list[URLPattern] = [
    path("briefings", views.briefings, name="briefings"),
    path("briefings/begin", views.begin, name="briefing_begin"),
    path("briefings/<str:briefing_id>", views.briefing, name="briefing"),
    path("briefings/<str:briefing_id>/write", views.write, name="briefing_write"),
    path("briefings/<str:briefing_id>/issue", views.issue, name="briefing_issue"),
    path("briefings/<str:briefing_id>/withdraw", views.withdraw, name="briefing_withdraw"),
    path("briefings/<str:briefing_id>/read", views.read, name="briefing_read"),
    path("briefings/<str:briefing_id>/file/<str:paper_form>", views.file, name="briefing_file"),
]
