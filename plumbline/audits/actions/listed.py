"""Opens a round whose frame is a list that another area made, such as the children behind a figure."""

from django.db import transaction
from django.urls import reverse

from plumbline.audits.actions.case_lists import keep_upload
from plumbline.audits.actions.rounds import plan_round, propose_round
from plumbline.audits.models import CaseListUpload, RoundKind
from plumbline.people.models import Person
from plumbline.shared import dates
from plumbline.shared.area import Listed, Sampler
from plumbline.shared.tables import write_csv

LONGEST_TITLE = 200


def open_round(by: Person, listed: Listed) -> CaseListUpload:
    """The list, kept to be checked and taken in as the case list of a new round, with what it is made of.

    Raises: FileError for a list that is too long.
    """
    month = dates.first_of_month(dates.today())
    with transaction.atomic():
        made = propose_round(
            by=by,
            title=listed.title[:LONGEST_TITLE],
            theme=listed.theme,
            rationale=listed.rule,
            kind=RoundKind.COHORT,
            first_month=month,
            last_month=month,
        )
        row = plan_round(by=by, round=made, cohort_rule=listed.rule)
        return keep_upload(
            by=by, round=row, name=listed.file_name, data=write_csv(listed.rows), source=dict(listed.source)
        )


def _page(upload_id: str) -> str:
    return reverse("case_list_check", args=[upload_id])


SAMPLER = Sampler(("round.change", "case_list.import"), open_round, _page)
