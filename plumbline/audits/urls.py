"""The addresses of audits."""

from django.urls import URLPattern, URLResolver

from plumbline.audits import moderation_urls, rounds_urls, sharing_urls

urlpatterns: list[URLPattern | URLResolver] = [
    *moderation_urls.urlpatterns,
    *rounds_urls.urlpatterns,
    *sharing_urls.urlpatterns,
]
