"""The addresses of indicators."""

from django.urls import URLPattern, URLResolver, path

from plumbline.indicators.views import extracts, indicators, loading, sampling, targets

urlpatterns: list[URLPattern | URLResolver] = [
    path("indicators", indicators.indicators, name="indicators"),
    path("indicators/<slug:indicator_key>", indicators.indicator, name="indicator"),
    path("indicators/<slug:indicator_key>/target", targets.target, name="indicator_target"),
    path("indicators/<slug:indicator_key>/csv", indicators.indicator_csv, name="indicator_csv"),
    path("extracts", extracts.extracts, name="extracts"),
    path("extracts/load", loading.give, name="extract_load"),
    path("extracts/load/<str:extract_upload_id>", loading.upload, name="extract_upload"),
    path("extracts/spellings", loading.spellings, name="extract_spellings"),
    path("extracts/<str:extract_id>", extracts.extract, name="extract"),
    path("extracts/<str:extract_id>/<slug:indicator_key>/sample", sampling.sample, name="indicator_sample"),
    path(
        "extracts/<str:extract_id>/<slug:indicator_key>/sample/csv",
        sampling.sample_csv,
        name="indicator_sample_csv",
    ),
    path("extracts/<str:extract_id>/<slug:indicator_key>", indicators.rows, name="indicator_rows"),
    path(
        "extracts/<str:extract_id>/<slug:indicator_key>/csv", indicators.rows_csv, name="indicator_rows_csv"
    ),
]
