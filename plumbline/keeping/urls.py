"""Addresses of the keeping area."""

from django.urls import path

from plumbline.keeping.views import disposals, events, retention

urlpatterns = [
    path("log", events.event_log, name="event_log"),
    path("log/export", events.event_log_export, name="event_log_export"),
    path("log/verify", events.event_log_verify, name="event_log_verify"),
    path("retention", retention.retention, name="retention"),
    path("retention/<slug:kind>", retention.retention_rule, name="retention_rule"),
    path("retention/<slug:kind>/dispose", disposals.disposal_propose, name="disposal_propose"),
    path("holds", retention.legal_holds, name="legal_holds"),
    path("holds/place", retention.legal_hold_place, name="legal_hold_place"),
    path("holds/<str:hold_id>/lift", retention.legal_hold_lift, name="legal_hold_lift"),
    path("disposals", disposals.disposals, name="disposals"),
    path("disposals/<str:disposal_id>", disposals.disposal, name="disposal"),
    path("disposals/<str:disposal_id>/decide", disposals.disposal_decide, name="disposal_decide"),
    path("disposals/<str:disposal_id>/export", disposals.disposal_export, name="disposal_export"),
]
