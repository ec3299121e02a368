"""Counts for indicators, periods and breakdowns from an extract, and the rows behind any of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from indicator_engine.definition import Indicator
from indicator_engine.derived import in_order
from indicator_engine.extract import Extract
from indicator_engine.periods import Period
from indicator_engine.statements import (
    FIRST_EXCLUDED,
    MET,
    NOT_MET,
    TOO_RECENT,
    by_value,
    counting,
    listing,
)

Group = tuple[tuple[str, str], ...]
Number = int | float
# A sum of parts of full-time posts is settled to six places, so that the order of adding cannot show.
PLACES = 6
# Beyond so many rows in derived tables they are made anew when asked for again, so that memory stays bounded.
KEPT_ROWS = 3_000_000
# How many episodes of need times days are looked at together; six years of months of one council are a seventh of it.
EPISODE_DAYS = 10_000_000


@dataclass(frozen=True)
class Count:
    """What was counted for one indicator, period and group. Statistics on it are for `stats`.

    `denominator` is None for counts, rates and mixes; for a percentage or ratio it is what was judged.
    `excluded` counts rows that could not be judged, by reason; `too_recent` those whose outcome is not due.
    `values` says how many rows had each value, for medians (whole numbers) and mixes (texts).
    """

    indicator: str
    period: Period
    group: Group
    numerator: Number
    denominator: Number | None
    excluded: Mapping[str, int] = field(default_factory=dict)
    too_recent: int = 0
    values: Mapping[int | str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One counted event or spell: whose, which record, when, where, and what became of it.

    `outcome` is met, not_met, too_recent or excluded; an indicator without a test has met for all it counts.
    `also` are the breakdowns that were asked for.
    """

    person_id: str
    record_id: str
    date: dt.date
    team: str
    worker: str
    outcome: str
    reason: str = ""
    value: Number | str | None = None
    also: Group = ()


class Engine:
    """Counts over one extract. Derived tables are made when first needed and kept while they are small.

    One thread at a time.
    """

    def __init__(self, extract: Extract, indicators: Mapping[str, Indicator]) -> None:
        self.extract, self.indicators = extract, indicators
        self._made = extract.made

    def counts(
        self, indicator_keys: Iterable[str], periods: Sequence[Period], by: Sequence[str] = ()
    ) -> list[Count]:
        """Counts of every indicator in every period, for all together or for each group that occurs.

        Without `by` there is a count for each indicator and period, zeros among them.
        Raises: KeyError for an unknown indicator; ValueError for a breakdown that one of them does not have.
        """
        chosen = [self.indicators[key] for key in dict.fromkeys(indicator_keys)]
        for indicator in chosen:
            _refuse_breakdowns(indicator, by)
        found: dict[tuple[str, int, Group], Count] = {}
        groups, whole = _sharing_events(chosen), dict(enumerate(periods))
        flows = [together for together in groups if not together[0].table.is_dated]
        stocks = [together for together in groups if together[0].table.is_dated]
        self._count_all(flows, whole, by, found)
        for batch in self._batches(whole) if stocks else ():
            self._set_days(frozenset(period.end for period in batch.values()))
            self._count_all(stocks, batch, by, found)
        if not by:
            for indicator in chosen:
                for number, period in enumerate(periods):
                    found.setdefault((indicator.key, number, ()), _zero(indicator, period))
        order = {indicator.key: number for number, indicator in enumerate(chosen)}
        return [found[key] for key in sorted(found, key=lambda key: (order[key[0]], key[1], key[2]))]

    def rows(
        self, indicator_key: str, period: Period, group: Group = (), also: Sequence[str] = ()
    ) -> list[Row]:
        """The events behind a figure, those left out with their reason, in order of date.

        `also` names breakdowns that each row is to tell. Raises: as `counts`.
        """
        indicator = self.indicators[indicator_key]
        wanted = dict(group)
        _refuse_breakdowns(indicator, (*wanted, *also))
        shown = [name for name in ("team", "worker") if name in indicator.breakdowns]
        by = list(dict.fromkeys((*shown, *wanted, *also)))
        self._set_periods({0: period})
        self._set_days(frozenset({period.end}))
        sql, needs = listing(indicator, by)
        self._make(needs)
        rows = []
        for person, record, day, state, value, *groups in self.extract.database.run(sql):
            named = dict(zip(by, groups, strict=True))
            if all(named[name] == value_ for name, value_ in wanted.items()):
                outcome, reason = _outcome(indicator, int(state))
                team, worker = named.get("team", ""), named.get("worker", "")
                told = tuple((name, str(named[name] or "")) for name in also)
                rows.append(Row(person or "", record or "", day, team, worker, outcome, reason, value, told))
        return rows

    def _make_room(self, needed: set[str]) -> None:
        """Drops lists of events that nothing asks for any more, once the tables made are large together."""
        if sum(self._made.rows.values()) <= KEPT_ROWS:
            return
        later = {table.name for table in in_order(needed)}
        for table in reversed(in_order(set(self._made.rows))):
            if table.kind != "part" and table.name not in later:
                self.extract.database.run(f"DROP TABLE IF EXISTS {table.name}")
                del self._made.rows[table.name]

    def let_go(self) -> None:
        """Drops the derived tables, so that the records can be changed."""
        for table in reversed(in_order(set(self._made.rows))):
            self.extract.database.run(f"DROP TABLE IF EXISTS {table.name}")
        self._made.rows.clear()

    def _count_all(
        self,
        groups: list[list[Indicator]],
        periods: Mapping[int, Period],
        by: Sequence[str],
        found: dict[tuple[str, int, Group], Count],
    ) -> None:
        self._set_periods(periods)
        for number, together in enumerate(groups):
            self._count(together, periods, by, found)
            for indicator in together:
                if indicator.value:
                    self._add_values(indicator, by, found)
            self._make_room({indicator.events for later in groups[number + 1 :] for indicator in later})

    def _batches(self, periods: Mapping[int, Period]) -> list[dict[int, Period]]:
        """The periods in as many lots as memory needs: what is open on a day is listed for every day at once."""
        [(episodes,)] = self.extract.database.run("SELECT COUNT(*) FROM ssd_cin_episodes")
        days = sorted({period.end for period in periods.values()})
        at_once = max(1, EPISODE_DAYS // max(1, int(episodes)))
        lots = [set(days[first : first + at_once]) for first in range(0, len(days), at_once)]
        return [{n: period for n, period in periods.items() if period.end in lot} for lot in lots]

    def _count(
        self,
        together: list[Indicator],
        periods: Mapping[int, Period],
        by: Sequence[str],
        found: dict[tuple[str, int, Group], Count],
    ) -> None:
        sql, needs = counting(together, by)
        self._make(needs)
        for number, *cells in self.extract.database.run(sql):
            group = tuple(zip(by, (str(cell) for cell in cells[: len(by)]), strict=True))
            figures = iter(cells[len(by) :])
            for indicator in together:
                rows = next(figures)
                count = _counted(indicator, periods[number], group, figures)
                # A group in which nothing is of this indicator is there for the sake of another.
                if rows or not by:
                    found[(indicator.key, number, group)] = count

    def _add_values(
        self, indicator: Indicator, by: Sequence[str], found: dict[tuple[str, int, Group], Count]
    ) -> None:
        sql, needs = by_value(indicator, by)
        self._make(needs)
        for number, *cells in self.extract.database.run(sql):
            group = tuple(zip(by, (str(cell) for cell in cells[: len(by)]), strict=True))
            # The mapping was made a moment ago in `_count`, and nobody else has it yet.
            values = found[(indicator.key, number, group)].values
            assert isinstance(values, dict)
            for value in _values(indicator, cells[-2]):
                values[value] = values.get(value, 0) + int(cells[-1])

    def _set_periods(self, periods: Mapping[int, Period]) -> None:
        run = self.extract.database.run
        run("DROP TABLE IF EXISTS periods")
        run("CREATE TEMP TABLE periods (period_no BIGINT, from_date DATE, to_date DATE)")
        if periods:
            listed = ", ".join(
                f"({number}, DATE '{period.start.isoformat()}', DATE '{period.end.isoformat()}')"
                for number, period in periods.items()
            )
            run(f"INSERT INTO periods VALUES {listed}")

    def _set_days(self, days: frozenset[dt.date]) -> None:
        if days <= self._made.days:
            return
        run = self.extract.database.run
        for table in reversed(in_order(set(self._made.rows))):
            if table.is_dated:
                run(f"DROP TABLE IF EXISTS {table.name}")
                self._made.rows.pop(table.name, None)
        run("DROP TABLE IF EXISTS as_at_dates")
        run("CREATE TEMP TABLE as_at_dates (as_at DATE)")
        listed = ", ".join(f"(DATE '{day.isoformat()}')" for day in sorted(days))
        run(f"INSERT INTO as_at_dates VALUES {listed}")
        self._made.days = days

    def _make(self, names: frozenset[str]) -> None:
        for table in in_order(set(names)):
            if table.name not in self._made.rows:
                self.extract.database.run(f"CREATE TEMP TABLE {table.name} AS {table.sql}")
                [(rows,)] = self.extract.database.run(f"SELECT COUNT(*) FROM {table.name}")
                self._made.rows[table.name] = int(rows)


def _values(indicator: Indicator, cell: object) -> list[int | str]:
    """A whole number, a text, or every flag that is set."""
    if indicator.unit == "median":
        return [int(str(cell))]
    text = str(cell)
    return [flag for flag in text.split("|") if flag] if text.startswith("|") else [text]


def _refuse_breakdowns(indicator: Indicator, by: Sequence[str]) -> None:
    for name in by:
        if name not in indicator.breakdowns:
            raise ValueError(f"{indicator.key} cannot be shown by {name}.")


def _sharing_events(indicators: Iterable[Indicator]) -> list[list[Indicator]]:
    """The indicators in groups that one statement can count: those on the same events, once-a-child ones alone."""
    groups: dict[tuple[str, str], list[Indicator]] = {}
    for indicator in indicators:
        alone = indicator.key if indicator.per_child else ""
        groups.setdefault((indicator.events, alone), []).append(indicator)
    return list(groups.values())


def _counted(indicator: Indicator, period: Period, group: Group, figures: Iterable[object]) -> Count:
    taken = iter(figures)
    numerator, denominator, too_recent = (_settled(next(taken)) for _ in range(3))
    excluded = {exclusion.reason: int(_settled(next(taken))) for exclusion in indicator.excluded}
    return Count(
        indicator.key,
        period,
        group,
        numerator,
        denominator if indicator.has_denominator else None,
        excluded,
        int(too_recent),
        {},
    )


def _settled(figure: object) -> Number:
    if isinstance(figure, int):
        return figure
    # PostgreSQL gives sums as decimals; a sum over no rows is nothing.
    number = round(float(str(figure)), PLACES) if figure is not None else 0
    return int(number) if number == int(number) else number


def _zero(indicator: Indicator, period: Period) -> Count:
    excluded = {exclusion.reason: 0 for exclusion in indicator.excluded}
    return Count(indicator.key, period, (), 0, 0 if indicator.has_denominator else None, excluded, 0, {})


def _outcome(indicator: Indicator, state: int) -> tuple[str, str]:
    if state >= FIRST_EXCLUDED:
        return "excluded", indicator.excluded[state - FIRST_EXCLUDED].reason
    return {NOT_MET: "not_met", MET: "met", TOO_RECENT: "too_recent"}[state], ""
