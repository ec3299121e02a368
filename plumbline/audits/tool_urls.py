"""The addresses of audit tools."""

from django.urls import URLPattern, path

from plumbline.audits.views import tools

urlpatterns: list[URLPattern] = [
    path("audit-tools", tools.audit_tools, name="audit_tools"),
    path("audit-tools/import", tools.import_tool, name="audit_tool_import"),
    path("audit-tools/<str:tool_id>", tools.audit_tool, name="audit_tool"),
    path("audit-tools/<str:tool_id>/difference", tools.difference, name="audit_tool_difference"),
    path("audit-tools/<str:tool_id>/publish", tools.publish, name="audit_tool_publish"),
    path("audit-tools/<str:tool_id>/discard", tools.discard, name="audit_tool_discard"),
    path("audit-tools/<str:tool_id>/export/<str:form>", tools.export, name="audit_tool_export"),
]
