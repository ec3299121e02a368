"""SQL for counting: indicators with the same events are judged and added up in one pass over all periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indicator_engine.definition import Indicator
from indicator_engine.expressions import write
from indicator_engine.loading import condition_columns

UNKNOWN = "unknown"
CHILD = ("person_id", "record_id", "event_date")
NOT_MET, MET, TOO_RECENT, FIRST_EXCLUDED = 0, 1, 2, 10

# Completed years; someone born on 29 February has the birthday on 1 March in other years (English law).
AGE = (
    "CAST(EXTRACT(YEAR FROM x.event_date) - EXTRACT(YEAR FROM q.birth_date) - CASE WHEN "
    "EXTRACT(MONTH FROM x.event_date) * 100 + EXTRACT(DAY FROM x.event_date) < "
    "EXTRACT(MONTH FROM q.birth_date) * 100 + EXTRACT(DAY FROM q.birth_date) THEN 1 ELSE 0 END AS BIGINT)"
)
# Source: age bands of the DfE's children in need and looked-after releases, with those over 18 by themselves.
AGE_BAND = (
    "CASE WHEN q.birth_date IS NULL AND q.expected_birth_date IS NOT NULL THEN 'unborn' "
    f"WHEN q.birth_date IS NULL THEN '{UNKNOWN}' WHEN q.birth_date > x.event_date THEN 'unborn' "
    f"WHEN {AGE} < 1 THEN 'under 1' WHEN {AGE} < 5 THEN '1 to 4' WHEN {AGE} < 10 THEN '5 to 9' "
    f"WHEN {AGE} < 16 THEN '10 to 15' WHEN {AGE} < 18 THEN '16 to 17' ELSE '18 and over' END"
)
# Source: the DfE publishes figures on care leavers for ages 17 to 18, 19 to 21 and 22 to 25.
LEAVER_AGE = (
    f"CASE WHEN {AGE} BETWEEN 17 AND 18 THEN '17 to 18' WHEN {AGE} BETWEEN 19 AND 21 THEN '19 to 21' "
    f"WHEN {AGE} BETWEEN 22 AND 25 THEN '22 to 25' WHEN q.birth_date IS NULL THEN '{UNKNOWN}' ELSE 'other' END"
)
PEOPLE = "LEFT JOIN people q ON q.person_id = x.person_id"
ALLOCATIONS = (
    "LEFT JOIN allocations al ON al.person_id = x.person_id AND al.from_date <= x.event_date "
    "AND (al.to_date IS NULL OR al.to_date > x.event_date)"
)
PLAN_TYPES = (
    "LEFT JOIN plan_types pt ON pt.person_id = x.person_id AND pt.from_date <= x.event_date "
    "AND (pt.to_date IS NULL OR pt.to_date > x.event_date)"
)
PERSONAL = {
    "age_band": AGE_BAND,
    "leaver_age": LEAVER_AGE,
    "sex": f"COALESCE(q.sex, '{UNKNOWN}')",
    "ethnicity": f"COALESCE(q.ethnicity, '{UNKNOWN}')",
    "disability": f"COALESCE(q.disability, '{UNKNOWN}')",
}


@dataclass(frozen=True)
class Joined:
    """A SELECT's pieces for breakdowns: columns by name, joins in order, and the derived tables they need."""

    columns: dict[str, str]
    joins: tuple[str, ...]
    needs: frozenset[str]


def breakdowns(by: Sequence[str], *, stock: bool, with_age: bool) -> Joined:
    """What a SELECT over events `x` needs to carry the breakdowns and, if asked, the age.

    Flows: the record's team, else that of the involvement open that day. Stocks: the involvement open on the day,
    else the record's team. (data-standards 13a, Teams)
    """
    columns: dict[str, str] = {}
    joins: dict[str, str] = {}
    for name in by:
        if name in ("team", "worker"):
            order = (f"al.{name}_id", f"x.{name}_id") if stock else (f"x.{name}_id", f"al.{name}_id")
            columns[name] = f"COALESCE({order[0]}, {order[1]}, '{UNKNOWN}')"
            joins["allocations"] = ALLOCATIONS
        elif name == "plan_type":
            columns[name] = "COALESCE(pt.plan_type, 'none')"
            joins["plan_types"] = PLAN_TYPES
        else:
            columns[name] = PERSONAL[name]
            joins["people"] = PEOPLE
    if with_age:
        columns["age"] = AGE
        joins["people"] = PEOPLE
    return Joined(columns, tuple(joins.values()), frozenset(joins))


def columns_used(indicator: Indicator) -> frozenset[str]:
    """The columns its conditions and values name."""
    texts = [indicator.where, indicator.too_recent, indicator.met, indicator.value, indicator.weigh_numerator]
    texts += [indicator.weigh_denominator, *(exclusion.when for exclusion in indicator.excluded)]
    columns, settings = condition_columns(indicator.table), indicator.setting_values
    found = [write(text, columns, settings, kind=None).columns for text in texts if text]
    return frozenset().union(*found) if found else frozenset()


def state(indicator: Indicator) -> str:
    """A CASE giving what becomes of a row: null (not of this indicator), not met, met, too recent, excluded."""

    def sql(text: str) -> str:
        return write(text, condition_columns(indicator.table), indicator.setting_values).sql

    cases = []
    if indicator.where:
        cases.append(f"WHEN NOT COALESCE({sql(indicator.where)}, FALSE) THEN NULL")
    for number, exclusion in enumerate(indicator.excluded):
        cases.append(f"WHEN {sql(exclusion.when)} THEN {FIRST_EXCLUDED + number}")
    if indicator.too_recent:
        cases.append(f"WHEN {sql(indicator.too_recent)} THEN {TOO_RECENT}")
    cases.append(f"WHEN {sql(indicator.met) if indicator.met else 'TRUE'} THEN {MET}")
    return f"CASE {' '.join(cases)} ELSE {NOT_MET} END"


def seen(
    indicators: Sequence[Indicator], by: Sequence[str], extra: Sequence[str] = ()
) -> tuple[str, frozenset[str]]:
    """A SELECT of every event in every period, with columns used and breakdowns; and the tables it needs."""
    first = indicators[0]
    used = frozenset().union(*(columns_used(indicator) for indicator in indicators)) | set(extra)
    joined = breakdowns(by, stock=first.is_stock, with_age="age" in used)
    own = sorted(used - {"as_at", "event_date", "age", "record_id", "person_id"})
    when = "e.as_at" if first.is_stock else "e.event_date"
    within = "p.to_date = e.as_at" if first.is_stock else "e.event_date BETWEEN p.from_date AND p.to_date"
    carried = "".join(f", e.{name}" for name in sorted({*own, "team_id", "worker_id"}))
    listed = ["x.period_no", "x.as_at", "x.event_date", "x.record_id", "x.person_id"]
    listed += [f"x.{name}" for name in own]
    listed += [f"{sql} AS {name}" for name, sql in joined.columns.items()]
    text = (
        f"SELECT {', '.join(listed)} FROM (SELECT p.period_no, p.to_date AS as_at, {when} AS event_date, "
        f"e.record_id, e.person_id{carried} FROM {first.events} e JOIN periods p ON {within}) x "
        + " ".join(joined.joins)
    )
    return text, joined.needs | {first.events}


def counting(indicators: Sequence[Indicator], by: Sequence[str]) -> tuple[str, frozenset[str]]:
    """A statement counting indicators that share events: period, breakdowns, then each one's figures in order.

    An indicator's figures are its rows of any state, numerator, denominator, too recent, then one for each reason
    of exclusion.
    """
    base, needs = seen(indicators, by)
    groups = ["period_no", *by]
    states = ", ".join(f"{state(indicator)} AS s{number}" for number, indicator in enumerate(indicators))
    weights = "".join(
        f", {_weight(indicator, part)} AS w{number}{part[0]}"
        for number, indicator in enumerate(indicators)
        for part in ("numerator", "denominator")
        if indicator.unit == "ratio"
    )
    per_child = indicators[0].per_child
    listed = ", ".join([*groups, *(CHILD if per_child else ())])
    judged = f"SELECT {listed}, {states}{weights} FROM seen"
    if per_child:
        judged = _once_per_child(judged, per_child)
    sums = ", ".join(", ".join(_sums(indicator, number)) for number, indicator in enumerate(indicators))
    grouped = ", ".join(groups)
    return (
        f"WITH seen AS ({base}), judged AS ({judged}) SELECT {grouped}, {sums} FROM judged GROUP BY {grouped}",
        needs,
    )


def by_value(indicator: Indicator, by: Sequence[str]) -> tuple[str, frozenset[str]]:
    """A statement giving period, breakdowns, value and how many rows have it, for a median or a mix."""
    base, needs = seen([indicator], by)
    groups = ", ".join(["period_no", *by])
    value = write(
        indicator.value, condition_columns(indicator.table), indicator.setting_values, kind=None
    ).sql
    judged = f"SELECT {groups}, {state(indicator)} AS s0, {value} AS value FROM seen"
    text = (
        f"WITH seen AS ({base}), judged AS ({judged}) SELECT {groups}, value, COUNT(*) FROM judged "
        f"WHERE s0 IN ({NOT_MET}, {MET}) AND value IS NOT NULL GROUP BY {groups}, value"
    )
    return text, needs


def listing(indicator: Indicator, by: Sequence[str]) -> tuple[str, frozenset[str]]:
    """A statement listing the rows behind a figure: person, record, date, state, value, then breakdowns."""
    base, needs = seen([indicator], by)
    columns, settings = condition_columns(indicator.table), indicator.setting_values
    value = write(indicator.value, columns, settings, kind=None).sql if indicator.value else "NULL"
    listed = ", ".join(["person_id", "record_id", "event_date", *by])
    judged = f"SELECT period_no, {listed}, {state(indicator)} AS s0, {value} AS value FROM seen"
    if indicator.per_child:
        judged = _once_per_child(judged, indicator.per_child)
    text = (
        f"WITH seen AS ({base}), judged AS ({judged}) SELECT person_id, record_id, event_date, s0, value"
        f"{''.join(f', {name}' for name in by)} FROM judged WHERE s0 IS NOT NULL "
        "ORDER BY event_date, person_id, record_id"
    )
    return text, needs


def _weight(indicator: Indicator, part: str) -> str:
    text = indicator.weigh_numerator if part == "numerator" else indicator.weigh_denominator
    return write(text, condition_columns(indicator.table), indicator.setting_values, kind="number").sql


def _sums(indicator: Indicator, number: int) -> list[str]:
    def total(which: str, amount: str = "1") -> str:
        return f"SUM(CASE WHEN {which} THEN {amount} ELSE 0 END)"

    counted = f"s{number} IN ({NOT_MET}, {MET})"
    if indicator.unit == "ratio":
        figures = [total(counted, f"w{number}n"), total(counted, f"w{number}d")]
    else:
        figures = [total(f"s{number} = {MET}" if indicator.met else counted), total(counted)]
    figures = [total(f"s{number} IS NOT NULL"), *figures, total(f"s{number} = {TOO_RECENT}")]
    reasons = range(FIRST_EXCLUDED, FIRST_EXCLUDED + len(indicator.excluded))
    return figures + [total(f"s{number} = {reason}") for reason in reasons]


def _once_per_child(judged: str, which: str) -> str:
    """One row a child and period: the first or last that counts, or one not met before one met (`every`)."""
    counted_first = f"CASE WHEN s0 IN ({NOT_MET}, {MET}) THEN 0 ELSE s0 END"
    order = {
        "first": f"{counted_first}, event_date, record_id",
        "last": f"{counted_first}, event_date DESC, record_id DESC",
        "every": "s0, event_date, record_id",
    }[which]
    return (
        f"SELECT k.* FROM (SELECT j.*, ROW_NUMBER() OVER (PARTITION BY period_no, person_id ORDER BY {order}) "
        f"AS turn FROM ({judged}) j WHERE s0 IS NOT NULL) k WHERE turn = 1"
    )
