"""The addresses of the framework: practice standards, imports, and the schedule."""

from plumbline.framework import schedule_urls, standards_urls

urlpatterns = [*standards_urls.urlpatterns, *schedule_urls.urlpatterns]
