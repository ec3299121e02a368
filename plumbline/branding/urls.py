"""Addresses of branding."""

from django.urls import path

from plumbline.branding import views

urlpatterns = [
    path("branding", views.branding, name="branding"),
    path("branding/change", views.change, name="branding_change"),
    path("branding/colours.css", views.colours, name="branding_colours"),
    path("branding/logo.png", views.logo, name="branding_logo"),
]
