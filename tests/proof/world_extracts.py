"""Extracts of the world: one whose records can be opened and one whose records are deleted, with tokens in what is told of them."""

import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from plumbline.indicators.files.load import load
from plumbline.indicators.models import (
    ExceptionStep,
    Extract,
    ExtractState,
    ExtractUpload,
    Figure,
    IndicatorException,
    PeriodKind,
    SpellingChoice,
)
from plumbline.indicators.queries.places import folder_of
from plumbline.people.models import Person
from plumbline.people.rules.roles import Role
from plumbline.shared import dates
from tests.factories.extracts import AS_AT, write_ssd
from tests.proof.oracle import Specimen
from tests.proof.world import World, token

MOMENT = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)
INDICATOR = "referrals"
# What the check of files found, beside the errors.
REPORT = {
    "is_ready": False,
    "shape": "ssd",
    "as_at": AS_AT.isoformat(),
    "digest": "",
    "rows": 1,
    "lacking": 0,
    **{name: [] for name in ("not_supplied", "quality", "notes", "to_map", "left_out")},
    "tables": {},
}


def add_extracts(world: World) -> None:
    """Adds the two extracts, each with a figure."""
    # Each process has records of its own, so that none replaces them under another that reads.
    name = f"world-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with tempfile.TemporaryDirectory() as folder:
        report = load(write_ssd(Path(folder)), folder_of(name), created_at=MOMENT, as_at=AS_AT)
    assert report.manifest is not None
    rows = dict(report.manifest.rows)
    _extract(world, name, rows, ExtractState.LOADED)
    _extract(world, "world-purged", rows, ExtractState.PURGED)
    world.literals |= {"indicator_key": INDICATOR, "exception_step": "monitor"}
    _exceptions(world)
    spelling = world.new_token("spelling", "spelling")
    SpellingChoice.objects.create(codelist="sex", spelling=spelling, code="1")
    world.shared["spelling"] = [Specimen("spelling", "spelling", "elsewhere")]
    for role in Role:
        upload = ExtractUpload.objects.create(owner=world.people[role], files=[token("extract_upload")])
        world.add("extract_upload", "own", upload, token=upload.files[0], role=role)
        upload.report = REPORT | {"errors": [world.new_token("extract_upload", upload.public_id)]}
        upload.save()
    first = Extract.objects.as_system("extract").earliest("pk")
    SpellingChoice.objects.create(
        codelist="yes_no", spelling=world.new_token("extract", first.public_id), code="Y"
    )


def _exceptions(world: World) -> None:
    other = Person(name="Owner of an indicator in the world")
    other.save()
    owners = [("", other), *((str(role), world.people[role]) for role in Role)]
    for number, (role, owner) in enumerate(owners):
        row = IndicatorException(
            indicator=INDICATOR, reason="off_target", kind=PeriodKind.MONTH, owner=owner, said="4", latest="4"
        )
        row.first_on = row.last_on = AS_AT - timedelta(days=number)
        row.extract = Extract.objects.as_system("extract").earliest("pk")
        row.story = token("indicator_exception")
        row.outcome = world.new_token("indicator_exception", row.public_id)
        row.save()
        told = world.new_token("indicator_exception", row.public_id)
        ExceptionStep.objects.create(exception=row, state=row.state, text=told)
        relation = "own" if role else "elsewhere"
        world.add("indicator_exception", relation, row, token=row.story, role=role)
        row.outcome = world.new_token("indicator_exception", row.public_id)
        row.save()
        text = world.new_token("indicator_exception", row.public_id)
        ExceptionStep.objects.create(exception=row, state=row.state, text=text)


def _extract(world: World, name: str, rows: dict[str, int], state: ExtractState) -> None:
    row = Extract(name=name, state=state, shape="ssd", digest="0" * 64, as_at=AS_AT, rows=sum(rows.values()))
    token = world.new_token("extract", row.public_id)
    fault = {
        "title": token,
        "code": "X1",
        "official": "",
        "table": "ssd_person",
        "severity": "error",
        "outcome": "faults",
        "count": 1,
        "rows": 1,
        "samples": [world.new_token("extract", row.public_id)],
        "effect": world.new_token("extract", row.public_id),
        "indicators": [],
        "missing": [],
    }
    row.manifest = {
        "rows": rows,
        "not_supplied": [],
        "teams": {"T1": world.new_token("extract", row.public_id)},
    }
    row.quality = [fault]
    row.loaded_at, row.purge_on = MOMENT, dates.today()
    row.purged_at = MOMENT if state == ExtractState.PURGED else None
    row.save()
    Figure.objects.create(
        extract=row,
        indicator=INDICATOR,
        version="1",
        kind=PeriodKind.MONTH,
        starts_on=AS_AT.replace(day=1),
        ends_on=AS_AT,
        numerator=4,
        excluded={world.new_token("extract", row.public_id): 1},
        values={world.new_token("extract", row.public_id): 1},
    )
    world.add("extract", "elsewhere", row, state=state, token=token)
