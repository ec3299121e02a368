"""Which indicators of an extract are off target, or worse than chance explains, and since when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from indicator_engine import Indicator
from plumbline.indicators.models import ExceptionReason, Extract, Figure, PeriodKind, Target
from plumbline.indicators.presenters.series import LEAST, series_of
from plumbline.indicators.presenters.targets import against
from plumbline.indicators.presenters.words import figure_text, of_text, period_text
from plumbline.indicators.queries.benchmarks import children_of
from plumbline.indicators.queries.definitions import indicators
from plumbline.indicators.queries.figures import figures_of, months_of_all
from plumbline.indicators.queries.notes import Rebases, rebases
from plumbline.indicators.queries.targets import judged, targets
from plumbline.indicators.rules.children import Children
from plumbline.indicators.rules.exceptions import Run, run_at_the_end
from plumbline.indicators.rules.targets import Standing
from stats.spc import Kind


@dataclass(frozen=True)
class Stand:
    """How one indicator stands for one reason: `run` is None where its latest figure, of the day `on`, is not off."""

    indicator: Indicator
    reason: ExceptionReason
    kind: PeriodKind
    on: date
    run: Run | None
    said: str
    target: Target | None = None


def stands_of(extract: Extract) -> Iterator[Stand]:
    """Every indicator with a target, and every one whose chart can tell more than chance from less."""
    known, months, anew = targets(), months_of_all(extract), rebases()
    children = children_of(extract, settings.AUTHORITY)
    for key, one in indicators().items():
        rows = months.get(key, [])
        if key in known and (stand := _against_target(one, known[key], extract, rows, children)):
            yield stand
        if (
            len(rows) >= LEAST
            and one.polarity != "neutral"
            and (stand := _by_chance(one, rows, children, anew.get(key, ())))
        ):
            yield stand


def _against_target(
    one: Indicator, target: Target, extract: Extract, months: Sequence[Figure], children: Children
) -> Stand | None:
    kind = PeriodKind(target.kind)
    rows = months if kind is PeriodKind.MONTH else figures_of(extract, one, kind)
    found = {row.ends_on: judged(target, row, children) for row in rows}
    last = next(((row, found[row.ends_on]) for row in reversed(rows) if found[row.ends_on]), None)
    if last is None or last[1] is None:
        return None
    flags = [
        (day, None if one_is is None else one_is.standing is Standing.OFF) for day, one_is in found.items()
    ]
    said = f"{against(one.unit, last[1])}, {period_text(last[0].starts_on, last[0].ends_on)}"
    run = run_at_the_end(flags)
    return Stand(one, ExceptionReason.OFF_TARGET, kind, last[0].ends_on, run, said, target)


def _by_chance(one: Indicator, rows: Sequence[Figure], children: Children, anew: Rebases) -> Stand | None:
    points = [point for point in series_of(one, rows, children, anew).points if point.kind is not None]
    if not points:
        return None
    flags: list[tuple[date, bool | None]] = [(point.on, point.kind is Kind.CONCERN) for point in points]
    row = _row(rows)[points[-1].on]
    of = f", {of_text(row)}" if row.denominator else ""
    said = f"{figure_text(one, row, children)}{of}, {period_text(row.starts_on, row.ends_on)}"
    return Stand(one, ExceptionReason.SIGNAL, PeriodKind.MONTH, row.ends_on, run_at_the_end(flags), said)


def _row(rows: Sequence[Figure]) -> Mapping[date, Figure]:
    return {row.ends_on: row for row in rows}
