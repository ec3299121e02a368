"""The branding app: the council's logo and colour, on pages and in the files it hands out."""

from django.apps import AppConfig


class BrandingConfig(AppConfig):
    name = "plumbline.branding"
    label = "branding"
    verbose_name = "Branding"
