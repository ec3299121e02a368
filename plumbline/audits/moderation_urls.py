"""The addresses of moderation, and of what people judge of their own work."""

from django.urls import URLPattern, path

from plumbline.audits.views import moderation, raters, self_audits

urlpatterns: list[URLPattern] = [
    path("moderation", moderation.moderations, name="moderations"),
    path("moderation/rounds/<str:round_id>", moderation.of_round, name="moderation_round"),
    path("moderation/audits/<str:audit_id>", raters.ask, name="moderation_ask"),
    path("moderation/<str:moderation_id>", moderation.moderation, name="moderation"),
    path("moderation/<str:moderation_id>/judge", moderation.judge, name="moderation_judge"),
    path("moderation/<str:moderation_id>/rate", moderation.rate, name="moderation_rate"),
    path("moderation/<str:moderation_id>/settle", moderation.settle, name="moderation_settle"),
    path("moderation/<str:moderation_id>/assign", raters.assign, name="moderation_assign"),
    path("self-audits/<str:self_audit_id>", self_audits.self_audit, name="self_audit"),
]
