"""The addresses of audits."""

from django.urls import URLPattern, URLResolver

from plumbline.audits import (
    alloc_urls,
    briefing_urls,
    form_urls,
    moderation_urls,
    practice_urls,
    report_urls,
    rounds_urls,
    sharing_urls,
    tool_urls,
)

urlpatterns: list[URLPattern | URLResolver] = [
    *alloc_urls.urlpatterns,
    *briefing_urls.urlpatterns,
    *form_urls.urlpatterns,
    *moderation_urls.urlpatterns,
    *practice_urls.urlpatterns,
    *report_urls.urlpatterns,
    *rounds_urls.urlpatterns,
    *sharing_urls.urlpatterns,
    *tool_urls.urlpatterns,
]
