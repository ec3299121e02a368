"""The addresses of rounds, the programme, case lists and draws."""

from django.urls import path

from plumbline.audits.views import (
    case_lists,
    coverage,
    draws,
    finishing,
    local_questions,
    oversight,
    programme,
    rounds,
    samples,
    visits,
)

urlpatterns = [
    path("rounds", rounds.rounds, name="rounds"),
    path("rounds/propose", rounds.propose, name="round_propose"),
    path("rounds/<str:round_id>", rounds.round, name="round"),
    path("rounds/<str:round_id>/plan", rounds.plan, name="round_plan"),
    path("rounds/<str:round_id>/change", rounds.change, name="round_change"),
    path(
        "rounds/<str:round_id>/local-questions",
        local_questions.local_questions,
        name="round_local_questions",
    ),
    path("rounds/<str:round_id>/agreed", rounds.agreed, name="round_agreed"),
    path("rounds/<str:round_id>/cancel", rounds.cancel, name="round_cancel"),
    path("rounds/<str:round_id>/oversight", oversight.record, name="oversight_record"),
    path("oversight/<str:oversight_id>/answer", oversight.answer, name="oversight_answer"),
    path("rounds/<str:round_id>/leave-out", finishing.excuse, name="round_excuse"),
    path("rounds/<str:round_id>/case-list", case_lists.case_list, name="case_list"),
    path("rounds/<str:round_id>/case-list/import", case_lists.upload, name="case_list_upload"),
    path("rounds/<str:round_id>/visits/plan", visits.visit_plan, name="visit_plan"),
    path("rounds/<str:round_id>/seed", draws.seed, name="draw_seed"),
    path("rounds/<str:round_id>/draw", draws.draw, name="draw"),
    path("rounds/<str:round_id>/draw/make", draws.make, name="draw_make"),
    path("rounds/<str:round_id>/draw/pick", draws.pick, name="draw_pick"),
    path("rounds/<str:round_id>/sample", samples.sample, name="draw_sample"),
    path("rounds/<str:round_id>/certificate", draws.certificate, name="draw_certificate"),
    path("rounds/<str:round_id>/certificate.json", draws.certificate_file, name="draw_certificate_file"),
    path("slots/<str:slot_id>/leave-out", draws.leave_out, name="slot_leave_out"),
    path("slots/<str:slot_id>/decide", draws.decide, name="slot_decide"),
    path("case-lists/<str:case_upload_id>/columns", case_lists.columns, name="case_list_columns"),
    path("case-lists/<str:case_upload_id>/spellings", case_lists.spellings, name="case_list_spellings"),
    path("case-lists/<str:case_upload_id>", case_lists.check, name="case_list_check"),
    path("programme", programme.programme, name="programme"),
    path("programme.csv", programme.programme_csv, name="programme_csv"),
    path("coverage", coverage.coverage, name="coverage"),
    path("coverage.csv", coverage.coverage_csv, name="coverage_csv"),
]
