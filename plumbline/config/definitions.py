"""Reads everything under definitions/ and says what is wrong with it."""

from collections.abc import Iterator
from pathlib import Path

import yaml
from django.conf import settings

from indicator_engine import DefinitionFault
from plumbline.audits.files.reading import read_tool_file
from plumbline.audits.files.report_templates import report_templates, template_faults
from plumbline.framework.files.areas import read_areas
from plumbline.framework.files.content import StandardSet
from plumbline.framework.files.drivers import read_drivers
from plumbline.framework.files.reading import read_file
from plumbline.improvement.rules.causes import CausesMistake, choices_from
from plumbline.indicators.files.load import shipped_definitions
from plumbline.keeping.queries.retention import record_kinds, shipped_rules
from plumbline.keeping.rules.retention import MOST_MONTHS
from plumbline.people.checks import public_routes
from plumbline.people.rules.field_rights import read_field_rights
from plumbline.people.rules.permissions import PermissionsMistake, read_permissions
from plumbline.shared.glossary import glossary
from plumbline.shared.scoped import system_reads


def faults() -> Iterator[str]:
    """Each fault in words, with its file and place."""
    folder = settings.DEFINITIONS_DIR
    drivers = read_drivers((folder / "drivers.yaml").read_bytes())
    yield from (f"definitions/drivers.yaml: {problem}" for problem in drivers.problems)
    keys = {driver.key for driver in drivers.content}
    areas: set[str] = set()
    for path in sorted((folder / "frameworks").glob("*.yaml")):
        found = read_areas(path.read_bytes(), keys, areas)
        yield from (f"definitions/frameworks/{path.name}: {problem}" for problem in found.problems)
        areas |= {area.key for area in found.content.areas} if found.content else set()
    for kind in ("standards", "schedule"):
        files = sorted((folder / kind).glob("*.yaml"))
        if not files:
            yield f"definitions/{kind} holds no file."
        for path in files:
            for problem in read_file(path.read_bytes(), keys, areas).problems:
                yield f"definitions/{kind}/{path.name}: {problem}"
    yield from _tool_faults(folder, areas)
    yield from _template_faults()
    try:
        shipped_definitions(folder)
    except DefinitionFault as mistake:
        yield f"definitions: {mistake}"
    try:
        table = read_permissions(folder / "permissions.csv")
        read_field_rights(folder / "field_rights.csv", table)
    except PermissionsMistake as mistake:
        yield f"definitions/{mistake}"
    try:
        path = folder / "improvement" / "causes.yaml"
        choices_from(yaml.safe_load(path.read_text(encoding="utf-8")))
    except CausesMistake as mistake:
        yield f"definitions/improvement/causes.yaml: {mistake}"
    vocabulary = yaml.safe_load((folder / "vocabulary.yaml").read_text(encoding="utf-8"))
    if not vocabulary:
        yield "definitions/vocabulary.yaml is empty."
    yield from (
        f"definitions/system_reads.csv: {reason} has no explanation."
        for reason, why in system_reads().items()
        if not why
    )
    for key in sorted(set(record_kinds()) ^ set(shipped_rules())):
        yield f"definitions/retention.csv: {key} must be there once, as a kind of record that an area keeps."
    yield from (
        f"definitions/retention.csv: {key} has no explanation, or not between 1 and {MOST_MONTHS} months."
        for key, (months, why) in shipped_rules().items()
        if not why or (months is not None and not 1 <= months <= MOST_MONTHS)
    )
    if not public_routes():
        yield "definitions/public_urls.txt is empty."
    names = [term.name.lower() for term in glossary()]
    yield from (
        f"GLOSSARY.md explains {name!r} twice."
        for name in sorted({name for name in names if names.count(name) > 1})
    )
    yield from (f"GLOSSARY.md does not explain {term.name!r}." for term in glossary() if not term.meaning)


def _template_faults() -> Iterator[str]:
    """What is wrong with the templates of reports, and forums that they name and the schedule has not."""
    yield from (f"definitions/report_templates.yaml: {fault}" for fault in template_faults())
    if not template_faults():
        schedule = "\n".join(
            path.read_text(encoding="utf-8")
            for path in (settings.DEFINITIONS_DIR / "schedule").glob("*.yaml")
        )
        yield from (
            f"definitions/report_templates.yaml: {one.key} goes to {one.forum}, which no schedule has."
            for one in report_templates().values()
            if one.forum and f"key: {one.forum}\n" not in schedule
        )


def _tool_faults(folder: Path, areas: set[str]) -> Iterator[str]:
    """What is wrong or odd in an audit tool, and names that two tools share."""
    criteria = {
        criterion.key
        for path in (folder / "standards").glob("*.yaml")
        if isinstance(content := read_file(path.read_bytes(), areas=areas).content, StandardSet)
        for criterion in content.criteria
    }
    files = sorted((folder / "audit_tools").glob("*.yaml"))
    if not files:
        yield "definitions/audit_tools holds no file."
    first: dict[str, str] = {}
    for path in files:
        reading = read_tool_file(path.read_bytes(), criteria)
        yield from (f"definitions/audit_tools/{path.name}: {problem}" for problem in reading.problems)
        if reading.content and (other := first.setdefault(reading.content["key"], path.name)) != path.name:
            yield f"definitions/audit_tools/{path.name} has the key of {other}."
