"""The addresses of sharing an audit, and of raising findings and actions from it."""

from django.urls import URLPattern, path

from plumbline.audits.views import own_audits, raising, sharing

urlpatterns: list[URLPattern] = [
    path("my-practice", own_audits.own_audits, name="own_audits"),
    path("my-practice/export/<str:file_form>", own_audits.own_audits_export, name="own_audits_export"),
    path("audits/<str:audit_id>/shared", sharing.audit_shared, name="audit_shared"),
    path("audits/<str:audit_id>/share", sharing.share, name="audit_share"),
    path("audits/<str:audit_id>/return", sharing.send_back, name="audit_return"),
    path("audits/<str:audit_id>/reply", sharing.reply, name="audit_reply"),
    path("audits/<str:audit_id>/talked-through", sharing.talked_through, name="audit_talked_through"),
    path("audits/<str:audit_id>/answer", sharing.answer, name="audit_answer"),
    path("audits/<str:audit_id>/close", sharing.close, name="audit_close"),
    path("audits/<str:audit_id>/findings/add", raising.finding_add, name="audit_finding_add"),
    path("audits/<str:audit_id>/actions/add", raising.action_add, name="audit_action_add"),
    path("rounds/<str:round_id>/findings/add", raising.round_finding_add, name="round_finding_add"),
]
