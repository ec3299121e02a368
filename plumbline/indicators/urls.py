"""The addresses of indicators."""

from django.urls import URLPattern, URLResolver, path

from plumbline.indicators.views import (
    exceptions,
    extracts,
    indicators,
    loading,
    notes,
    sampling,
    targets,
    team_figures,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("indicators", indicators.indicators, name="indicators"),
    path("indicators/teams", team_figures.team_figures, name="team_figures"),
    path("indicators/<slug:indicator_key>", indicators.indicator, name="indicator"),
    path("indicators/<slug:indicator_key>/note", notes.note, name="indicator_note"),
    path("indicators/<slug:indicator_key>/target", targets.target, name="indicator_target"),
    path("indicators/<slug:indicator_key>/csv", indicators.indicator_csv, name="indicator_csv"),
    path("exceptions", exceptions.exceptions, name="indicator_exceptions"),
    path("exceptions/report", exceptions.report, name="exception_report"),
    path("exceptions/report/csv", exceptions.report_csv, name="exception_report_csv"),
    path("exceptions/<str:indicator_exception_id>", exceptions.exception, name="indicator_exception"),
    path("exceptions/<str:indicator_exception_id>/explain", exceptions.explain, name="exception_explain"),
    path("exceptions/<str:indicator_exception_id>/act", exceptions.act, name="exception_act"),
    path(
        "exceptions/<str:indicator_exception_id>/<slug:exception_step>",
        exceptions.step,
        name="exception_step",
    ),
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
