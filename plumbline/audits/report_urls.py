"""The addresses of reports."""

from django.urls import URLPattern, path

from plumbline.audits.views import finishing, reports
from plumbline.audits.views import report_steps as steps
from plumbline.audits.views import report_writing as writing

urlpatterns: list[URLPattern] = [
    path("reports", reports.reports, name="reports"),
    path("reports/begin", writing.begin, name="report_begin"),
    path("reports/begin-again", finishing.begin_again, name="report_begin_again"),
    path("reports/themes/<str:theme_id>", writing.theme, name="report_theme"),
    path("reports/themes/<str:theme_id>/remove", writing.remove_theme, name="report_theme_remove"),
    path("reports/themes/<str:theme_id>/pick", writing.pick, name="report_pick"),
    path("reports/quotations/<str:quotation_id>", writing.quotation, name="report_quotation"),
    path(
        "reports/quotations/<str:quotation_id>/remove",
        writing.remove_quotation,
        name="report_quotation_remove",
    ),
    path("reports/<str:report_id>", reports.report, name="report"),
    path("reports/<str:report_id>/annex", reports.annex, name="report_annex"),
    path("reports/<str:report_id>/changes", reports.changes, name="report_changes"),
    path("reports/<str:report_id>/export/<str:file_form>", reports.export, name="report_export"),
    path("reports/<str:report_id>/preview", reports.shareable_preview, name="report_preview"),
    path("reports/<str:report_id>/shareable", reports.shareable, name="shareable_report"),
    path(
        "reports/<str:report_id>/shareable/<str:file_form>", reports.shareable_export, name="shareable_export"
    ),
    path("reports/<str:report_id>/write/<str:text_part>", writing.write, name="report_write"),
    path("reports/<str:report_id>/themes/add", writing.add_theme, name="report_theme_add"),
    path("reports/<str:report_id>/template", writing.template, name="report_template"),
    path("reports/<str:report_id>/put-forward", steps.put_forward, name="report_put_forward"),
    path("reports/<str:report_id>/send-back", steps.send_back, name="report_send_back"),
    path("reports/<str:report_id>/issue", steps.issue, name="report_issue"),
]
