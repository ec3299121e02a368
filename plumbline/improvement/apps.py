"""The improvement app: findings and what is done about them; it knows nothing of where a finding came from."""

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "plumbline.improvement"
    label = "improvement"
    verbose_name = "Improvement"
