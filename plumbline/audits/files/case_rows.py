"""Rows of a case list read as cases: each value known or asked about, each fault with its row and column."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from plumbline.audits.files.case_list import Table
from plumbline.audits.rules.case_names import (
    fault_of_reference,
    heading_names_people,
    holds_nhs_numbers,
    values_look_like_names,
)
from plumbline.audits.rules.case_values import CODED, Column, age_band, day_of, month_of, plain, value_of
from plumbline.shared.given import Place, Problems

Spellings = Mapping[str, Mapping[str, str]]
# Who the worker is, by spelling and team: a key, nothing for nobody, or None where it has to be asked.
WorkerOf = Callable[[str, str], str | None]


@dataclass(frozen=True)
class Case:
    """One case as a frame keeps it; team and worker are keys."""

    reference: str
    plan_type: str = ""
    team: str = ""
    worker: str = ""
    started_on: date | None = None
    age_band: str = ""
    sex: str = ""
    ethnicity: str = ""
    disability: str = ""


@dataclass
class Asked:
    """A spelling that nobody has explained yet: how often it stands in the list and where first."""

    text: str
    place: Place
    team: str = ""
    times: int = 0


@dataclass
class Cases:
    """What was read: the cases, those of other plan types left out, what must be asked, what is wrong."""

    cases: list[Case] = field(default_factory=list)
    left_out: int = 0
    asked: dict[Column, dict[str, Asked]] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)


def name_columns(table: Table, columns: Mapping[int, Column | None]) -> set[int]:
    """The columns, of those not read as something else, whose heading or values look like people's names."""
    return {
        n
        for n, heading in enumerate(table.headings)
        if columns.get(n) is None
        and (heading_names_people(heading) or values_look_like_names(table.values(n)))
    }


def read_cases(
    table: Table,
    columns: Mapping[int, Column],
    *,
    spellings: Spellings,
    on: date,
    plan_types: frozenset[str] = frozenset(),
    worker_of: WorkerOf | None = None,
) -> Cases:
    """The cases of the list as they stood on the day; each faulty cell is a problem and its row no case.

    `spellings` holds by column what each spelling means, for teams their keys.
    """
    return _Reader(table, columns, spellings, on, plan_types, worker_of).read()


class _Reader:
    def __init__(
        self,
        table: Table,
        columns: Mapping[int, Column],
        spellings: Spellings,
        on: date,
        plan_types: frozenset[str],
        worker_of: WorkerOf | None,
    ) -> None:
        self.table, self.on, self.plan_types, self.worker_of = table, on, plan_types, worker_of
        self.at = {column: n for n, column in columns.items()}
        self.spellings = spellings
        self.found = Cases()
        self.known: dict[tuple[Column, str], str | None] = {}
        self.may_be_nhs = holds_nhs_numbers(table.values(self.at[Column.REFERENCE]))
        self.first_row: dict[str, int] = {}

    def read(self) -> Cases:
        faulty = {row for row, column in self.table.faults if column - 1 in self.at.values()}
        for n, row in enumerate(self.table.rows):
            if faulty and self.table.numbers[n] in faulty:
                self._tell_faults(n)
                continue
            case = self._case(n, row)
            if case is None:
                continue
            if self.plan_types and case.plan_type not in self.plan_types:
                self.found.left_out += 1
            else:
                self.found.cases.append(case)
        return self.found

    def _tell_faults(self, n: int) -> None:
        for column in self.at.values():
            if fault := self.table.faults.get((self.table.numbers[n], column + 1)):
                self._error(n, column, f"The cell {fault}. Write its value.")

    def _case(self, n: int, row: tuple[str, ...]) -> Case | None:
        reference = self._reference(n, row)
        values = {column: self._coded(column, n, row) for column in CODED if column in self.at}
        team = self._team(n, row) if Column.TEAM in self.at else ""
        started_on, is_fine = self._start(n, row)
        if Column.BIRTH in self.at:
            values[Column.AGE_BAND] = self._age_band(n, row)
        worker = self._worker(n, row, team or "")
        if not reference or team is None or worker is None or not is_fine or None in values.values():
            return None
        return Case(
            reference,
            team=team,
            worker=worker,
            started_on=started_on,
            **{column.value: value or "" for column, value in values.items()},
        )

    def _reference(self, n: int, row: tuple[str, ...]) -> str:
        column = self.at[Column.REFERENCE]
        text = row[column]
        if fault := fault_of_reference(text, may_be_nhs=self.may_be_nhs):
            self._error(n, column, fault)
            return ""
        first = self.first_row.setdefault(text, n)
        if first != n:
            self._error(
                n,
                column,
                f"This reference stands in row {self.table.numbers[first]} already. Keep one row for each case.",
            )
            return ""
        return text

    def _coded(self, column: Column, n: int, row: tuple[str, ...]) -> str | None:
        at = self.at[column]
        text = row[at]
        if not text:
            if column is Column.PLAN_TYPE:
                self._error(n, at, "Write the plan type.")
                return None
            return "" if column is Column.AGE_BAND else "unknown"
        if (column, text) not in self.known:
            self.known[column, text] = value_of(column, text, self.spellings.get(column, {}))
        value = self.known[column, text]
        if value is None:
            self._ask(column, text, n, at)
        return value

    def _team(self, n: int, row: tuple[str, ...]) -> str | None:
        at = self.at[Column.TEAM]
        text = row[at]
        if not text:
            self._error(n, at, "Write the team that holds the case.")
            return None
        if (Column.TEAM, text) not in self.known:
            self.known[Column.TEAM, text] = self.spellings.get(Column.TEAM, {}).get(plain(text))
        value = self.known[Column.TEAM, text]
        if value is None:
            self._ask(Column.TEAM, text, n, at)
        return value

    def _worker(self, n: int, row: tuple[str, ...], team: str) -> str | None:
        if Column.WORKER not in self.at or self.worker_of is None:
            return ""
        at = self.at[Column.WORKER]
        text = row[at]
        if not text or not team:
            return ""
        worker = self.worker_of(text, team)
        if worker is None:
            self._ask(Column.WORKER, text, n, at, team)
        return worker

    def _start(self, n: int, row: tuple[str, ...]) -> tuple[date | None, bool]:
        if Column.START not in self.at or not row[self.at[Column.START]]:
            return None, True
        at = self.at[Column.START]
        day = day_of(row[at])
        if day is None:
            self._error(n, at, "This is no date. Write it as 2026-04-01 or 1/4/2026.")
        elif day > self.on:
            self._error(n, at, "The start date lies in the future. Check it.")
            return None, False
        return day, day is not None

    def _age_band(self, n: int, row: tuple[str, ...]) -> str | None:
        at = self.at[Column.BIRTH]
        if not row[at]:
            return ""
        born = month_of(row[at])
        band = age_band(born, self.on) if born else None
        if band is None:
            self._error(n, at, "Write the month of birth as 2014-05. Nobody in the list is older than 25.")
        return band

    def _ask(self, column: Column, text: str, n: int, at: int, team: str = "") -> None:
        asked = self.found.asked.setdefault(column, {})
        one = asked.setdefault(plain(text) or text, Asked(text[:200], self.table.place(n, at), team))
        one.times += 1

    def _error(self, n: int, column: int, message: str) -> None:
        self.found.problems.error(self.table.place(n, column), message)
