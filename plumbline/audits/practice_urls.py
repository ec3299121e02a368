"""The addresses of practice audits: the names are those of an audit's own pages, with another beginning."""

from django.urls import URLPattern, path

from plumbline.audits.views import practice

HERE = "practice/<str:practice_id>"
urlpatterns: list[URLPattern] = [
    path("practice", practice.practices, name="practices"),
    path(HERE, practice.practice, name="practice"),
    path(f"{HERE}/record", practice.case_record, name="practice_record"),
    path(f"{HERE}/discussion", practice.discussion, name="practice_discussion"),
    path(f"{HERE}/voices", practice.voices, name="practice_voices"),
    path(f"{HERE}/voices/add", practice.voice_add, name="practice_voice_add"),
    path(f"{HERE}/sections/<str:section>", practice.section, name="practice_section"),
    path(f"{HERE}/sections/<str:section>/draft", practice.draft, name="practice_draft"),
    path(f"{HERE}/grades", practice.grades, name="practice_grades"),
    path(f"{HERE}/grades/overall", practice.overall, name="practice_grade_overall"),
    path(f"{HERE}/check", practice.check, name="practice_check"),
    path(f"{HERE}/delete", practice.delete, name="practice_delete"),
]
