"""The addresses of audits."""

from django.urls import URLPattern, URLResolver

from plumbline.audits import alloc_urls, moderation_urls, report_urls, rounds_urls, sharing_urls, tool_urls

urlpatterns: list[URLPattern | URLResolver] = [
    *tool_urls.urlpatterns,
    *alloc_urls.urlpatterns,
    *moderation_urls.urlpatterns,
    *rounds_urls.urlpatterns,
    *report_urls.urlpatterns,
    *sharing_urls.urlpatterns,
]
