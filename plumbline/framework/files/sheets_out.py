"""Definitions laid out as the sheets of a workbook, for people who work in spreadsheets."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from plumbline.framework.files import layout
from plumbline.framework.files.content import (
    Activity,
    Content,
    Criterion,
    Driver,
    Forum,
    ReportLine,
    Schedule,
    Standard,
    StandardSet,
)
from plumbline.framework.files.layout import Column
from plumbline.framework.files.plain import kind_of
from plumbline.framework.rules.cadence import words
from plumbline.shared.given import Scalar
from plumbline.shared.tables import Sheet


def sheets_of(content: Content) -> tuple[Sheet, ...]:
    """The sheets of the definition: the main one first, "About" last."""
    about = _about(content)
    if isinstance(content, StandardSet):
        return (_standards(content), _notes(content), about)
    return (_activities(content), _forums(content), _drivers(content), about)


def _sheet(name: str, columns: tuple[Column, ...], rows: Iterable[Mapping[str, object]]) -> Sheet:
    headings = tuple(column.heading for column in columns)
    cells = (tuple(_cell(row.get(column.key)) for column in columns) for row in rows)
    return Sheet(name, (headings, *cells))


def _cell(value: object) -> Scalar:
    if isinstance(value, tuple):
        return "\n".join(str(_cell(part)) for part in value) or None
    if isinstance(value, ReportLine):
        return f"{value.forum}: {value.how.value}"
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, str | int | date):
        return None if value == "" else value
    return words(value)  # type: ignore[arg-type]


def _about(content: Content) -> Sheet:
    values = vars(content) | {"kind": kind_of(content)}
    rows = tuple((column.heading, _cell(values.get(column.key))) for column in layout.ABOUT)
    return Sheet("About", (layout.ABOUT_HEADINGS, *rows))


def _standards(content: StandardSet) -> Sheet:
    rows: list[Mapping[str, object]] = []
    for standard in content.standards:
        rows += [_criterion(standard, criterion) for criterion in standard.criteria] or [_standard(standard)]
    return _sheet("Standards", layout.STANDARDS, rows)


def _standard(standard: Standard) -> dict[str, object]:
    return {
        "standard.number": standard.number,
        "standard.title": standard.title,
        "standard.purpose": standard.purpose,
    }


def _criterion(standard: Standard, criterion: Criterion) -> Mapping[str, object]:
    return _standard(standard) | vars(criterion)


def _notes(content: StandardSet) -> Sheet:
    rows = [{"key": c.key, "on": note.on, "text": note.text} for c in content.criteria for note in c.notes]
    return _sheet("Notes", layout.NOTES, rows)


def _activities(content: Schedule) -> Sheet:
    return _sheet("Activities", layout.ACTIVITIES, map(_activity, content.activities))


def _activity(activity: Activity) -> Mapping[str, object]:
    volume = activity.volume
    limits = {"volume.least": volume.least, "volume.most": volume.most} if volume else {}
    return vars(activity) | limits


def _forums(content: Schedule) -> Sheet:
    rows: Iterable[Forum] = content.forums
    return _sheet("Forums", layout.FORUMS, map(vars, rows))


def _drivers(content: Schedule) -> Sheet:
    rows: Iterable[Driver] = content.drivers
    return _sheet("Drivers", layout.DRIVERS, map(vars, rows))
