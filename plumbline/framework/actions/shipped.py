"""Loads the standards and the schedule that Plumbline ships, without touching what a council made of them."""

from django.conf import settings

from plumbline.framework.actions.import_framework import Imported, import_framework
from plumbline.framework.models import Schedule as ScheduleRow
from plumbline.framework.queries.import_plan import Step, plan_import

_FOLDERS = ("standards", "schedule")


def load_shipped() -> list[Imported]:
    """What was taken in, empty when all of it was here already.

    A set that is not known yet is put in force. A newer shipped version of a known one becomes a draft, and a
    known schedule stays as it is: the council may have changed it.
    """
    taken = []
    for folder in _FOLDERS:
        for path in sorted((settings.DEFINITIONS_DIR / folder).glob("*.yaml")):
            data = path.read_bytes()
            plan = plan_import(data, publish=False)
            if plan.step is Step.VERSION or (plan.step is Step.SCHEDULE and plan.schedule is None):
                taken.append(import_framework(by=None, data=data, publish=plan.base is None))
            elif isinstance(plan.schedule, ScheduleRow) or plan.same is not None:
                continue
            else:
                raise ValueError(f"{path.name} cannot be loaded: {'; '.join(map(str, plan.errors))}")
    return taken
