"""What importing a case list would do, worked out without changing anything: the dry run an import then follows."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from plumbline.audits.files.case_list import Table, unpack
from plumbline.audits.files.case_rows import Asked, Case, Spellings, name_columns, read_cases
from plumbline.audits.models import CaseList, CaseListUpload, ColumnMapping
from plumbline.audits.rules.case_values import COLUMN_LABELS, NEEDED, Column, column_of, plain
from plumbline.people.models import Person, PostHolding, Unit, UnitName
from plumbline.people.scope import Viewer, holding_on
from plumbline.shared.given import Place, Problem, Problems, Severity

HEADING = "heading"
# What a column that is not imported is mapped to.
LEFT_OUT = ""


@dataclass(frozen=True)
class Staff:
    """Who works here on a day, to be found by work address or, within a team, by name."""

    by_email: Mapping[str, str]
    by_name: Mapping[tuple[str, str], str]
    in_team: Mapping[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class CasePlan:
    """One import as it would go. It is ready when nothing is asked and nothing is wrong."""

    table: Table
    columns: Mapping[int, Column | None]
    unsettled: frozenset[int]
    names: frozenset[int]
    cases: tuple[Case, ...] = ()
    left_out: int = 0
    asked: Mapping[Column, Mapping[str, Asked]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    on: date | None = None
    spellings: Spellings = field(default_factory=dict)
    is_same: bool = False

    @property
    def needs_columns(self) -> bool:
        """Whether somebody has to say first what the columns are."""
        return bool(self.unsettled or self.names or missing_columns(self.columns))

    @property
    def is_ready(self) -> bool:
        """Whether the list can be imported as it is."""
        return bool(self.cases) and not (self.needs_columns or self.asked or self.errors)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop the import."""
        return tuple(one for one in self.problems if one.severity is Severity.ERROR)

    @property
    def content(self) -> str:
        """The SHA-256 of all that would be kept: the same list given twice has the same."""
        said = "\n".join(sorted(map(repr, self.cases)))
        return hashlib.sha256(said.encode()).hexdigest()


def missing_columns(columns: Mapping[int, Column | None]) -> list[Column]:
    """The columns a case list must have that are not there yet."""
    return [column for column in NEEDED if column not in columns.values()]


def upload_for(viewer: Viewer, public_id: str) -> CaseListUpload | None:
    """The viewer's own upload; nobody else's."""
    rows = CaseListUpload.objects.select_related("round")
    return rows.filter(public_id=public_id, owner_id=viewer.person_id).first()


def plan_of(upload: CaseListUpload, on: date) -> CasePlan:
    """What importing the upload would do on the day."""
    table = unpack(bytes(upload.data))
    columns, unsettled = columns_of(upload, table)
    names = name_columns(table, columns) if unsettled else set()
    settled = {n for n in range(len(table.headings)) if n not in unsettled}
    base = CasePlan(table, columns, frozenset(unsettled), frozenset(names - settled), on=on)
    if base.needs_columns:
        return base
    spellings = spellings_of(upload, on)
    staff = staff_on(on)
    workers = spellings.get(Column.WORKER, {})
    is_rest_left_out = bool(upload.mapping.get("blank_workers"))
    chosen = upload.mapping.get("spellings", {}).get(Column.WORKER, {})

    def worker_of(text: str, team: str) -> str | None:
        said = plain(text)
        if said in chosen:
            return str(chosen[said])
        found = staff.by_email.get(text.casefold()) or staff.by_name.get((said, team)) or workers.get(said)
        return found or ("" if is_rest_left_out else None)

    read = read_cases(
        table,
        {n: column for n, column in columns.items() if column},
        spellings=spellings,
        on=on,
        plan_types=frozenset(upload.round.plan_types),
        worker_of=worker_of,
    )
    problems = read.problems
    if not read.cases and not read.asked and not problems.has_errors:
        _tell_empty(problems, read.left_out)
    plan = CasePlan(
        table,
        columns,
        frozenset(),
        frozenset(),
        tuple(read.cases),
        read.left_out,
        read.asked,
        problems.told(),
        on,
        spellings,
    )
    kept = CaseList.objects.as_system("case-list").filter(round=upload.round).first()
    is_same = plan.is_ready and kept is not None and kept.reading.get("content") == plan.content
    return CasePlan(**{**vars(plan), "is_same": is_same})


def _tell_empty(problems: Problems, left_out: int) -> None:
    problems.error(
        Place(),
        f"All {left_out:,} cases have a plan type that the round does not look at. Change the round, or choose "
        "another list.",
    )


def columns_of(upload: CaseListUpload, table: Table) -> tuple[dict[int, Column | None], set[int]]:
    """What each column is: as said for this file, as said last time, or a guess; and those still to be settled.

    A guess is settled only where it names a column; a column that nobody has left out yet is asked about.
    """
    said = upload.mapping.get("columns")
    if said is not None:
        return {int(n): Column(value) if value else None for n, value in said.items()}, set()
    remembered = {
        row.given: row.meaning
        for row in ColumnMapping.objects.filter(
            kind=HEADING, given__in=[plain(h)[:200] for h in table.headings]
        )
    }
    columns: dict[int, Column | None] = {}
    unsettled: set[int] = set()
    for n, heading in enumerate(table.headings):
        known = remembered.get(plain(heading)[:200]) if plain(heading) else None
        column = column_of(heading) if known is None else (Column(known) if known else None)
        if column is not None and column in columns.values():
            column = None
            unsettled.add(n)
        columns[n] = column
        if column is None and known is None:
            unsettled.add(n)
    return columns, unsettled


def spellings_of(upload: CaseListUpload, on: date) -> dict[str, dict[str, str]]:
    """What each spelling means by column: as said for this file, as said last time, and for teams their names."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    found[Column.TEAM] |= teams_by_spelling(on)
    open_teams = set(found[Column.TEAM].values())
    for row in ColumnMapping.objects.exclude(kind=HEADING):
        if row.kind != Column.TEAM or row.meaning in open_teams:
            found[row.kind][row.given] = row.meaning
    for kind, said in upload.mapping.get("spellings", {}).items():
        found[kind] |= said
    return found


def teams_by_spelling(on: date) -> dict[str, str]:
    """The keys of the teams, homes and services open on the day, by key and by name; a name borne twice is asked."""
    units = {unit.pk: unit.key for unit in units_on(on)}
    spelled: dict[str, set[str]] = defaultdict(set)
    names = UnitName.objects.filter(holding_on(on), unit__in=units).values_list("unit_id", "name")
    for pk, name in names:
        spelled[plain(name)].add(units[pk])
    by_name = {name: keys.pop() for name, keys in spelled.items() if len(keys) == 1}
    return by_name | {plain(key): key for key in units.values()}


def units_on(on: date) -> list[Unit]:
    """The units open on the day."""
    rows = Unit.objects.filter(opened_on__lte=on).exclude(closed_on__lte=on).exclude(kind="council")
    return list(rows.order_by("key"))


def staff_on(on: date) -> Staff:
    """Who held a post on the day, by work address and, where it is one person's alone in a team, by name."""
    holdings = PostHolding.objects.filter(holding_on(on)).values_list(
        "person__public_id", "person__name", "post__unit__key"
    )
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    in_team: dict[str, dict[str, str]] = defaultdict(dict)
    for person, name, team in holdings:
        named[plain(name), team].add(person)
        in_team[team][person] = name
    people = Person.objects.as_system("case-list").filter(user__isnull=False)
    return Staff(
        {email.casefold(): person for email, person in people.values_list("user__email", "public_id")},
        {key: people.pop() for key, people in named.items() if len(people) == 1},
        {
            team: tuple(sorted(members.items(), key=lambda member: member[1]))
            for team, members in in_team.items()
        },
    )


def counted_by(cases: tuple[Case, ...], what: str) -> Counter[str]:
    """How many cases have each value of a field."""
    return Counter(getattr(case, what) for case in cases)


def column_words(column: Column) -> str:
    """The column in words."""
    return COLUMN_LABELS[column]
