"""Records a look at a round by somebody independent of it, and what was changed because of it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from plumbline.audits.models import Oversight, Round
from plumbline.audits.queries.oversight import parts_in
from plumbline.audits.rules.oversight import parts_played
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person


class NotIndependent(Exception):
    """Whoever looks had a part in the round; `why` says which."""

    def __init__(self, why: list[str]) -> None:
        super().__init__()
        self.why = why


class AnsweredAlready(Exception):
    """Somebody has said already what was changed."""


def record_oversight(
    *,
    by: Person,
    round: Round,
    capacity: str,
    looked_on: date,
    sample_size: int,
    sample: str,
    quality: str,
    timeliness: str,
    challenge: str,
) -> Oversight:
    """The look, on record for good.

    Raises: NotIndependent.
    """
    if why := parts_played(by.pk, parts_in(round)):
        raise NotIndependent(why)
    with transaction.atomic():
        made = Oversight.objects.create(
            by=by,
            round=round,
            capacity=capacity,
            looked_on=looked_on,
            sample_size=sample_size,
            sample=sample,
            quality=quality,
            timeliness=timeliness,
            challenge=challenge,
        )
        record(by=by, kind=Kind.ACTION, action="oversight.record", obj=made)
    return made


def answer_oversight(*, by: Person, oversight: Oversight, answer: str) -> Oversight:
    """The look with what was changed because of it.

    Raises: AnsweredAlready; NotIndependent for whoever made the challenge.
    """
    with transaction.atomic():
        row = Oversight.objects.as_system("recording").select_for_update().get(pk=oversight.pk)
        if row.answered_at:
            raise AnsweredAlready
        if row.by_id == by.pk:
            raise NotIndependent(["the challenge is yours"])
        row.answer, row.answered_by, row.answered_at = answer, by, timezone.now()
        row.save(update_fields=["answer", "answered_by", "answered_at"])
        record(by=by, kind=Kind.ACTION, action="oversight.answer", obj=row)
    return row
