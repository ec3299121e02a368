"""The addresses of practice standards and of importing a framework."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
