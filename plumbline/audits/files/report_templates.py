"""Reads the templates of reports that stand in definitions/report_templates.yaml."""

from functools import cache

import yaml
from django.conf import settings

from plumbline.audits.rules.report_templates import EVERYTHING, FULL, ReportTemplate, templates_from


@cache
def report_templates() -> dict[str, ReportTemplate]:
    """The templates by key, in the order of the file."""
    found, faults = templates_from(_read())
    if faults:
        raise ValueError(f"definitions/report_templates.yaml: {'; '.join(faults)}")
    return {one.key: one for one in found}


def template_by(key: str) -> ReportTemplate:
    """The template of the key; that of everything where a council has taken it out since."""
    known = report_templates()
    return known.get(key) or known.get(FULL, EVERYTHING)


def template_faults() -> list[str]:
    """What is wrong with the file, in words."""
    return templates_from(_read())[1]


def _read() -> object:
    path = settings.DEFINITIONS_DIR / "report_templates.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))
