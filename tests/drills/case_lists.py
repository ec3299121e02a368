"""Kills the import of a case list again and again, at any moment and after each of its writes; rows are none or all."""

from django.db import transaction

from plumbline.audits.actions import case_lists
from plumbline.audits.actions.case_lists import import_case_list
from plumbline.audits.models import CaseList, CaseListUpload, FrameCase, Round
from plumbline.audits.queries.case_plan import plan_of
from plumbline.event_log.models import Event
from plumbline.people.models import Person
from plumbline.shared import dates
from tests.drills.ground import Ground
from tests.drills.imports import Importing, Rows, figures_of
from tests.factories.cast import make_cast
from tests.factories.rounds import case_list_file, given_list, planned_round

CASES = 300


def drill(ground: Ground, trials: int) -> dict[str, int]:
    """The figures of as many kills, then those of an import without a transaction."""
    cast = make_cast()
    data = case_list_file(CASES, team="Fostering", worker="")
    for trial in (-2, -1, *range(trials), *range(1_000_000, 1_000_003)):
        round = planned_round(cast)
        Round._base_manager.filter(pk=round.pk).update(title=title_of(trial))
        given_list(cast, round, data)
    return figures_of(trials, CASE_LISTS)


def title_of(trial: int) -> str:
    """The title of the trial's round."""
    return f"Drill {trial}"


def upload_of(trial: int) -> CaseListUpload:
    """What was given to the trial's round."""
    return CaseListUpload._base_manager.select_related("round").get(round__title=title_of(trial))


def import_list(trial: int) -> None:
    """As the page imports what its reader agreed to; once it is taken in, the upload is empty and says so."""
    upload = upload_of(trial)
    by = Person._base_manager.get(pk=upload.owner_id)
    seen = "" if upload.used_at else plan_of(upload, dates.today()).content
    import_case_list(by=by, upload=upload, on=dates.today(), seen=seen)


def import_in_parts(trial: int) -> None:
    """The same rows, each step for itself."""
    upload = upload_of(trial)
    plan = plan_of(upload, dates.today())
    by = Person._base_manager.get(pk=upload.owner_id)
    with transaction.atomic():
        case_lists._remember(plan, upload, by)
    case_lists._replace(upload.round, plan, upload, by)


def rows_of(trial: int) -> Rows:
    """How many lists, cases, events, rounds with a cohort and used uploads the trial's import left."""
    round = Round._base_manager.get(title=title_of(trial))
    lists = list(CaseList._base_manager.filter(round=round))
    return (
        len(lists),
        FrameCase._base_manager.filter(case_list__in=lists).count(),
        Event._base_manager.filter(
            action="case_list.import", object_id__in=[one.public_id for one in lists]
        ).count(),
        int(round.state == "cohort"),
        CaseListUpload._base_manager.filter(round=round).exclude(used_at=None).count(),
    )


CASE_LISTS = Importing(import_list, import_in_parts, rows_of)
