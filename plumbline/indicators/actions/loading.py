"""Loads an extract whole, with its figures, or not at all; and deletes its records when their day has come."""

import shutil
from collections.abc import Callable, Container
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from indicator_engine import Count, Engine, Period, open_extract
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.indicators.actions.exceptions import look_again
from plumbline.indicators.files.load import ExtractExists, LoadReport, load
from plumbline.indicators.files.manifest import day_in
from plumbline.indicators.models import Extract, ExtractState, Figure, PeriodKind
from plumbline.indicators.queries.definitions import indicators, record_tables
from plumbline.indicators.queries.places import folder_of
from plumbline.indicators.queries.uploads import spelling_choices
from plumbline.indicators.rules.held import not_held
from plumbline.indicators.rules.spans import TEAM_MONTHS, months_before, quarters_before, years_before
from plumbline.people.models import Person
from plumbline.shared import dates

# Source: this project's choice: long enough to ask last year's question again, short enough to hold little.
KEPT_FOR = timedelta(days=3 * 365)
AT_ONCE = 2_000


def load_extract(
    *,
    by: Person | None,
    path: Path,
    name: str,
    as_at: date | None = None,
    child_population: int | None = None,
    leave_unknown_empty: bool = False,
    progress: Callable[[int, str], None] = lambda rows, source: None,
) -> tuple[LoadReport, Extract | None]:
    """What came of loading the files, and the extract; None where the report says why nothing was loaded.

    The same content under the same name changes nothing.
    Raises: ExtractExists; what `progress` raises.
    """
    moment = timezone.now()
    report = load(
        path,
        folder_of(name),
        created_at=moment,
        progress=progress,
        choices=spelling_choices(),
        as_at=as_at,
        leave_unknown_empty=leave_unknown_empty,
    )
    if report.folder is None or report.manifest is None:
        return report, None
    manifest = report.manifest
    if kept := Extract.objects.as_system("extract").filter(name=name).first():
        # Files that a restored backup did not hold are put back; other records never take a name that is known.
        if kept.digest == manifest.digest and kept.state == ExtractState.LOADED:
            return report, kept
        shutil.rmtree(report.folder, ignore_errors=True)
        raise ExtractExists(f"The extract {name} is known and its records were others, or are deleted.")
    day = as_at or day_in(manifest.reference) or dates.day_of(moment)
    try:
        unseen = not_held(manifest, indicators())
        counted, teams = count_figures(
            report.folder,
            day,
            leaving_out=unseen,
            step=lambda: progress(sum(manifest.rows.values()), "figures"),
        )
        with transaction.atomic():
            row = Extract.objects.create(
                name=name,
                shape=manifest.shape,
                digest=manifest.digest,
                as_at=day,
                rows=sum(manifest.rows.values()),
                child_population=child_population,
                manifest=_plain(manifest, report) | {"teams": teams, "not_held": unseen},
                quality=[asdict(one) for one in report.quality],
                loaded_at=moment,
                loaded_by=by,
                purge_on=dates.day_of(moment) + KEPT_FOR,
            )
            for one in counted:
                one.extract = row
            Figure.objects.bulk_create(counted, batch_size=AT_ONCE)
            detail = {"rows": row.rows, "digest": row.digest[:16], "figures": len(counted)}
            record(by=by, kind=Kind.ACTION, action="extract.load", obj=row, detail=detail)
    except BaseException:
        # A folder without its row would be records that nobody sees and nothing deletes.
        shutil.rmtree(report.folder, ignore_errors=True)
        raise
    look_again()
    return report, row


def count_figures(
    folder: Path, day: date, *, leaving_out: Container[str] = (), step: Callable[[], object] = lambda: None
) -> tuple[list[Figure], dict[str, str]]:
    """The figures of indicators, unsaved, and the names of the teams by their ids in the extract; calls `step` on the way.

    Months, quarters and years are counted for all together, the last months by team.
    """
    # A nought of what the return does not hold would be a lie: there is no figure.
    known = {key: one for key, one in indicators().items() if key not in leaving_out}
    by_team = [key for key, one in known.items() if "team" in one.breakdowns]
    made: list[Figure] = []
    with open_extract(folder, record_tables()) as opened:
        engine = Engine(opened, known)
        wanted: tuple[tuple[PeriodKind, list[Period]], ...] = (
            (PeriodKind.MONTH, months_before(day)),
            (PeriodKind.QUARTER, quarters_before(day)),
            (PeriodKind.YEAR, years_before(day)),
        )
        for kind, spans in wanted:
            made += [_figure(one, kind) for one in engine.counts(known, spans)]
            step()
        by_teams = engine.counts(by_team, months_before(day, TEAM_MONTHS), by=("team",))
        made += [_figure(one, PeriodKind.MONTH) for one in by_teams]
        named = opened.database.run("SELECT dept_team_id, dept_team_name FROM ssd_department")
    return made, {str(key): str(name) for key, name in named if key and name}


def purge_extract(*, by: Person | None, extract: Extract) -> Extract:
    """The extract without its records; what was counted from them stays. Safe to do twice."""
    with transaction.atomic():
        row = Extract.objects.as_system("extract").select_for_update().get(pk=extract.pk)
        if row.state == ExtractState.LOADED:
            row.state, row.purged_at = ExtractState.PURGED, timezone.now()
            # References of children stand in the examples of faults too, and go with the records.
            row.quality = [one | {"samples": []} for one in row.quality]
            row.manifest = row.manifest | {"left_empty": []}
            row.save(update_fields=["state", "purged_at", "quality", "manifest"])
            record(by=by, kind=Kind.ACTION, action="extract.purge", obj=row)
    # After the row says so: a crash in between leaves files that the next run deletes.
    shutil.rmtree(folder_of(row.name), ignore_errors=True)
    return row


def purge_what_is_due() -> int:
    """How many extracts lost their records because their day has come. Safe to do twice."""
    rows = Extract.objects.as_system("extract")
    due = list(rows.filter(state=ExtractState.LOADED, purge_on__lte=dates.today()))
    left = [one for one in rows.filter(state=ExtractState.PURGED) if folder_of(one.name).exists()]
    for one in (*due, *left):
        purge_extract(by=None, extract=one)
    return len(due)


def _figure(count: Count, kind: PeriodKind) -> Figure:
    of, group = count.group[0] if count.group else ("", "")
    return Figure(
        indicator=count.indicator,
        version=indicators()[count.indicator].version,
        kind=kind,
        starts_on=count.period.start,
        ends_on=count.period.end,
        of=of,
        group=group[:80],
        numerator=count.numerator,
        denominator=count.denominator,
        too_recent=count.too_recent,
        excluded={reason: number for reason, number in count.excluded.items() if number},
        values={str(value): number for value, number in count.values.items()},
    )


def _plain(manifest: Any, report: LoadReport) -> dict[str, Any]:
    kept: dict[str, Any] = asdict(manifest)
    kept["created_at"] = manifest.created_at.isoformat()
    kept["problems"] = [str(one) for one in report.problems]
    return kept
