"""Addresses of the work area."""

from django.urls import path

from plumbline.work import views

urlpatterns = [
    path("", views.home, name="home"),
    path("search", views.search, name="search"),
    path("messages", views.message_list, name="messages"),
    path("jobs", views.job_list, name="jobs"),
    path("jobs/<str:job_id>", views.job_detail, name="job"),
    path("jobs/<str:job_id>/cancel", views.job_cancel, name="job_cancel"),
    path("health", views.health, name="health"),
]
