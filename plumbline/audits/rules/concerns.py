"""Immediate concerns: which step may follow which, and how the clock is read, in hours."""

from datetime import datetime, timedelta

CONCERN_MOVES: dict[str, frozenset[str]] = {
    "raised": frozenset({"acknowledged"}),
    "acknowledged": frozenset({"planned"}),
    "planned": frozenset({"closed"}),
    "closed": frozenset(),
}
OPEN = frozenset({"raised", "acknowledged", "planned"})


def concern_may_move(before: str, after: str) -> bool:
    """Whether a concern may go from the one state to the other."""
    return after in CONCERN_MOVES.get(before, frozenset())


def limits(raised_at: datetime, acknowledge_hours: int, plan_hours: int) -> tuple[datetime, datetime]:
    """By when it must be acknowledged and by when a plan must be made: hours of the clock, nights and weekends too."""
    return raised_at + timedelta(hours=acknowledge_hours), raised_at + timedelta(hours=plan_hours)


def waits_until(state: str, acknowledge_by: datetime, plan_by: datetime) -> datetime | None:
    """The moment that the next step with a limit is due; none once there is a plan."""
    return {"raised": acknowledge_by, "acknowledged": plan_by}.get(state)


def is_overdue(state: str, acknowledge_by: datetime, plan_by: datetime, now: datetime) -> bool:
    """Whether the next step is overdue."""
    until = waits_until(state, acknowledge_by, plan_by)
    return until is not None and until < now


def missed_clocks(state: str, acknowledge_by: datetime, plan_by: datetime, now: datetime) -> tuple[str, ...]:
    """The clocks that ran out: `answer` while nobody acknowledged it, `plan` while there is none. Each is told once."""
    missed = []
    if state == "raised" and acknowledge_by < now:
        missed.append("answer")
    if state in ("raised", "acknowledged") and plan_by < now:
        missed.append("plan")
    return tuple(missed)


def clock_in_words(state: str, acknowledge_by: datetime, plan_by: datetime, now: datetime) -> str:
    """How the clock stands: "Acknowledge within 20 hours", "A plan is 3 hours overdue"."""
    until = waits_until(state, acknowledge_by, plan_by)
    if until is None:
        return "There is a plan. Close it when the child is safe." if state == "planned" else "Closed"
    if until < now:
        what = "An answer" if state == "raised" else "A plan"
        return f"{what} is {_hours(now - until)} overdue"
    what = "Acknowledge" if state == "raised" else "Make a plan"
    return f"{what} within {_hours(until - now)}"


def _hours(span: timedelta) -> str:
    hours = int(span.total_seconds() // 3600)
    if hours < 1:
        return "less than an hour"
    return "1 hour" if hours == 1 else f"{hours} hours"
