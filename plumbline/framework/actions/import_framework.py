"""Takes a file of standards or a schedule in: all of it or nothing, in one transaction with one event."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.framework.actions.in_force import put_in_force
from plumbline.framework.actions.write_schedule import write_schedule
from plumbline.framework.actions.write_standards import write_notes_by_key, write_set
from plumbline.framework.files.content import Schedule, StandardSet
from plumbline.framework.files.difference import ChangeKind
from plumbline.framework.models import Schedule as ScheduleRow
from plumbline.framework.models import StandardSet as SetRow
from plumbline.framework.queries.import_plan import Plan, Step, plan_import
from plumbline.people.models import Person


class ImportRefused(Exception):
    """The file has errors; the plan lists them. Nothing was changed."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("The file has errors.")
        self.plan = plan


class PlanChanged(Exception):
    """The import would now do something else than the person was shown. Nothing was changed."""


@dataclass(frozen=True)
class Imported:
    """What an import did, and the version or schedule it did it to."""

    plan: Plan
    row: SetRow | ScheduleRow


def import_framework(*, by: Person | None, data: bytes, publish: bool, seen: str | None = None) -> Imported:
    """What was done with the file: the same content twice changes nothing and writes no event.

    `publish` puts standards in force at once; without it they become a draft. `seen` is the fingerprint of
    the plan that the person agreed to.

    Raises: ImportRefused for a file with errors; PlanChanged where `seen` is no longer what would happen.
    """
    try:
        return _import(by=by, data=data, publish=publish, seen=seen)
    except IntegrityError:
        # Somebody imported the same set at the same moment. Theirs is there now, so plan against it.
        return _import(by=by, data=data, publish=publish, seen=seen)


@transaction.atomic
def _import(*, by: Person | None, data: bytes, publish: bool, seen: str | None) -> Imported:
    plan = plan_import(data, publish=publish)
    if plan.step is Step.REFUSE:
        raise ImportRefused(plan)
    if seen is not None and seen != plan.fingerprint:
        raise PlanChanged
    row = _apply(plan, by=by, publish=publish)
    if plan.would_change:
        detail: dict[str, object] = {"step": plan.step.value, "version": row.version, "published": publish}
        detail |= {kind.value: sum(one.kind is kind for one in plan.changes.changes) for kind in ChangeKind}
        record(by=by, kind=Kind.ACTION, action="framework.import", obj=row, detail=detail)
    return Imported(plan, row)


def _apply(plan: Plan, *, by: Person | None, publish: bool) -> SetRow | ScheduleRow:
    if isinstance(plan.content, Schedule):
        if plan.step is Step.NOTHING and plan.schedule is not None:
            return plan.schedule
        return write_schedule(plan.content, by=by)
    row = plan.same
    if row is None:
        assert isinstance(plan.content, StandardSet)
        row = write_set(plan.content, by=by)
    if plan.added_notes:
        write_notes_by_key(row, plan.added_notes, by=by)
    if publish and plan.step in (Step.VERSION, Step.PUBLISH):
        put_in_force(row, by=by)
    return row
