"""The addresses of doing an audit, and of immediate concerns."""

from django.urls import URLPattern, path

from plumbline.audits.views import audit, concerns, grades, involving, sections, submitting

urlpatterns: list[URLPattern] = [
    path("audits/<str:audit_id>", audit.audit, name="audit"),
    path("audits/<str:audit_id>/questions/<str:question>", audit.versions, name="audit_versions"),
    path("audits/<str:audit_id>/sections/<str:section>", sections.section, name="audit_section"),
    path("audits/<str:audit_id>/sections/<str:section>/draft", sections.draft, name="audit_draft"),
    path(
        "audits/<str:audit_id>/sections/<str:section>/discard", sections.discard, name="audit_draft_discard"
    ),
    path("audits/<str:audit_id>/sections/<str:section>/conflict", sections.conflict, name="audit_conflict"),
    path("audits/<str:audit_id>/discussion", involving.discussion, name="audit_discussion"),
    path("audits/<str:audit_id>/voices", involving.voices, name="audit_voices"),
    path("audits/<str:audit_id>/voices/add", involving.voice_add, name="audit_voice_add"),
    path("voices/<str:contact_id>/change", involving.voice_change, name="voice_change"),
    path("cover-sheets/<str:sheet_id>", involving.cover_sheet, name="audit_cover"),
    path("audits/<str:audit_id>/cover/begin", involving.cover_begin, name="audit_cover_begin"),
    path("cover-sheets/<str:sheet_id>/change", involving.cover_change, name="audit_cover_change"),
    path("audits/<str:audit_id>/grades", grades.grades, name="audit_grades"),
    path("audits/<str:audit_id>/grades/overall", grades.overall, name="audit_grade_overall"),
    path("audits/<str:audit_id>/check", submitting.check, name="audit_check"),
    path("audits/<str:audit_id>/identity", submitting.identity, name="audit_identity"),
    path("audits/<str:audit_id>/identity/settle", submitting.identity_settle, name="audit_identity_settle"),
    path("audits/<str:audit_id>/concern", concerns.raise_concern, name="audit_concern"),
    path("concerns", concerns.concerns, name="concerns"),
    path("concerns/<str:concern_id>", concerns.concern, name="concern"),
    path("concerns/<str:concern_id>/acknowledge", concerns.acknowledge, name="concern_acknowledge"),
    path("concerns/<str:concern_id>/plan", concerns.plan, name="concern_plan"),
    path("concerns/<str:concern_id>/close", concerns.close, name="concern_close"),
]
