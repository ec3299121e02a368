"""The addresses of indicators."""

from django.urls import URLPattern, URLResolver, path

from plumbline.indicators.views import extracts, indicators

urlpatterns: list[URLPattern | URLResolver] = [
    path("indicators", indicators.indicators, name="indicators"),
    path("indicators/<slug:indicator_key>", indicators.indicator, name="indicator"),
    path("indicators/<slug:indicator_key>/csv", indicators.indicator_csv, name="indicator_csv"),
    path("extracts", extracts.extracts, name="extracts"),
    path("extracts/<str:extract_id>", extracts.extract, name="extract"),
    path("extracts/<str:extract_id>/<slug:indicator_key>", indicators.rows, name="indicator_rows"),
    path(
        "extracts/<str:extract_id>/<slug:indicator_key>/csv", indicators.rows_csv, name="indicator_rows_csv"
    ),
]
