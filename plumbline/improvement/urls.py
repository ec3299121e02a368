"""The addresses of improvement."""

from django.urls import URLPattern, URLResolver, path

from plumbline.improvement.views import action_steps, actions, findings

urlpatterns: list[URLPattern | URLResolver] = [
    path("findings", findings.findings, name="findings"),
    path("findings/add", findings.add, name="finding_add"),
    path("findings/export", findings.export, name="findings_export"),
    path("findings/<str:finding_id>", findings.finding, name="finding"),
    path("findings/<str:finding_id>/change", findings.change, name="finding_change"),
    path("findings/<str:finding_id>/withdraw", findings.withdraw, name="finding_withdraw"),
    path("actions", actions.actions, name="actions"),
    path("actions/add", actions.add, name="action_add"),
    path("actions/export", actions.export, name="actions_export"),
    path("actions/<str:action_id>", actions.action, name="action"),
    path("actions/<str:action_id>/agree", action_steps.agree, name="action_agree"),
    path("actions/<str:action_id>/progress", action_steps.progress, name="action_progress"),
    path("actions/<str:action_id>/done", action_steps.done, name="action_done"),
    path("actions/<str:action_id>/close", action_steps.close, name="action_close"),
    path("actions/<str:action_id>/impact", action_steps.impact, name="action_impact"),
    path("actions/<str:action_id>/back", action_steps.back, name="action_back"),
    path("actions/<str:action_id>/reopen", action_steps.reopen, name="action_reopen"),
    path("actions/<str:action_id>/withdraw", action_steps.withdraw, name="action_withdraw"),
    path("actions/<str:action_id>/change", action_steps.change, name="action_change"),
]
