"""The addresses of allocation, requests and "This month"."""

from django.urls import URLPattern, path

from plumbline.audits.views import allocation, requests, this_month

urlpatterns: list[URLPattern] = [
    path("this-month", this_month.this_month, name="this_month"),
    path("allocation", allocation.allocation, name="allocation"),
    path("allocation/rounds/<str:round_id>", allocation.allocation_round, name="allocation_round"),
    path(
        "allocation/exceptions/<str:exception_id>",
        allocation.allocation_exception,
        name="allocation_exception",
    ),
    path(
        "allocation/exceptions/<str:exception_id>/decide",
        allocation.allocation_exception_decide,
        name="allocation_exception_decide",
    ),
    path("allocation/auditors/<str:person_id>", allocation.allocation_auditor, name="allocation_auditor"),
    path("allocation/auditors/<str:person_id>/leave", allocation.allocation_leave, name="allocation_leave"),
    path(
        "allocation/auditors/<str:person_id>/leave/off",
        allocation.allocation_leave_off,
        name="allocation_leave_off",
    ),
    path("allocation/requests", requests.audit_requests, name="audit_requests"),
    path("allocation/requests/<str:request_id>", requests.audit_request, name="audit_request"),
    path(
        "allocation/requests/<str:request_id>/decide",
        requests.audit_request_decide,
        name="audit_request_decide",
    ),
    path(
        "allocation/requests/<str:request_id>/reserve",
        requests.audit_request_reserve,
        name="audit_request_reserve",
    ),
    path("audits/<str:audit_id>/request", requests.audit_request_ask, name="audit_request_ask"),
    path("audits/<str:audit_id>/notice", requests.audit_notice, name="audit_notice"),
]
