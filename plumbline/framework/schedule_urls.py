"""The addresses of the schedule: activities, what is planned, planner, calendar, who reports to whom."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
