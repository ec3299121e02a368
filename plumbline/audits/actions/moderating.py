"""Draws the share of audits to moderate, and gives each to somebody independent."""

import secrets
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from plumbline.audits.actions.moving import locked_audit, move_audit
from plumbline.audits.models import (
    Audit,
    AuditState,
    Moderation,
    ModerationDraw,
    ModerationReason,
    Reply,
    Round,
)
from plumbline.audits.queries.moderation import has_lowest_grade, waits_from_earlier_draw
from plumbline.audits.queries.raters import REASON, day_of_draw, pairs_in, rated_of, raters_on
from plumbline.audits.rules.moderating import DUE_WORKING_DAYS, NotIndependent, give_out, how_many, refusals
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person
from plumbline.shared import dates
from plumbline.work.actions import queue_message
from stats import working_days
from stats.sampling import draw_order, frame_digest

HOW = (
    "Each other submitted audit that had not stood in a draw before. HMAC-SHA256 with the seed as key and the case "
    "reference as message, ascending; the first of the order are taken. The seed was made at random by the system "
    "at the moment of the draw, and each audit stands in one draw only."
)


SECOND_RATING = "A second rating was asked for."


class NobodyIndependent(Exception):
    """The person cannot rate the audit a second time."""

    def __init__(self, reasons: tuple[NotIndependent, ...]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


class NotToModerate(Exception):
    """The audit is not in a state from which it can be moderated, or it is being moderated already."""


@dataclass(frozen=True)
class Drawn:
    """What came of a draw: the second ratings given out, and the audits for which nobody independent was left."""

    draw: ModerationDraw | None
    moderations: list[Moderation] = field(default_factory=list)
    left: list[Audit] = field(default_factory=list)


def draw_share(*, by: Person, round: Round) -> Drawn:
    """Every submitted audit with the lowest grade and a random share of the others, each given to a second rater.

    Drawing again takes only audits submitted since, so that nobody can draw until they like the result.
    """
    with transaction.atomic():
        rounds: Any = Round.objects.as_system("recording")
        row: Round = rounds.select_for_update(of=("self",)).select_related("draw").get(pk=round.pk)
        submitted = list(
            Audit.objects.as_system(REASON)
            .filter(round=row, state=AuditState.SUBMITTED)
            .select_related("tool")
            .order_by("pk")
        )
        lowest = {one.pk for one in submitted if has_lowest_grade(one)}
        again = waits_from_earlier_draw(row, submitted)
        seen = {reference for draw in row.moderation_draws.all() for reference in draw.references}
        frame = {
            one.reference: one for one in submitted if one.pk not in lowest and one.reference not in seen
        }
        draw, chosen = _draw(by, row, frame)
        why = {one.pk: ModerationReason.RANDOM for one in [*again, *chosen]} | dict.fromkeys(
            lowest, ModerationReason.LOWEST
        )
        taken = [one for one in submitted if one.pk in why]
        given, left = _give(by, row, taken, why, draw, {one.pk for one in chosen})
        record(
            by=by,
            kind=Kind.ACTION,
            action="moderation.draw",
            obj=row,
            detail={"draw": draw.public_id if draw else "", "to_moderate": len(taken)},
        )
    return Drawn(draw, given, left)


def _draw(by: Person, round: Round, frame: dict[str, Audit]) -> tuple[ModerationDraw | None, list[Audit]]:
    wanted = how_many(len(frame), round.moderation_percent)
    if not frame:
        return None, []
    seed = secrets.token_hex(16)
    order = draw_order(frame, seed)
    draw = ModerationDraw.objects.create(
        round=round,
        seed_value=seed,
        how=HOW,
        frame_digest=frame_digest(frame),
        references=list(order),
        wanted=wanted,
        drawn_by=by,
    )
    return draw, [frame[reference] for reference in order[:wanted]]


def _give(
    by: Person,
    round: Round,
    audits: list[Audit],
    why: dict[int, ModerationReason],
    draw: ModerationDraw | None,
    from_draw: set[int],
) -> tuple[list[Moderation], list[Audit]]:
    day = day_of_draw(round)
    people = raters_on(day, dates.today())
    chosen = give_out(rated_of(audits, day), people.values(), pairs_in(round))
    made, left = [], []
    for audit in audits:
        person = chosen[audit.pk]
        if person is None:
            left.append(audit)
            continue
        moderator = Person.objects.as_system(REASON).get(pk=person)
        made.append(_make(by, audit, moderator, why[audit.pk], draw if audit.pk in from_draw else None))
    return made, left


def ask_for_rating(
    *, by: Person, audit: Audit, moderator: Person, why: ModerationReason = ModerationReason.ASKED
) -> Moderation:
    """The second rating of one audit, given to the person; also for one that was drawn and had nobody yet.

    Raises: NobodyIndependent with the reasons; NotToModerate when it cannot be moderated now.
    """
    with transaction.atomic():
        states = (AuditState.SUBMITTED, AuditState.SHARED, AuditState.REPLIED, AuditState.CLOSED)
        row = locked_audit(audit)
        if row.state not in (*states, AuditState.MODERATED) or _open_of(row).exists():
            raise NotToModerate
        require_independent(row, moderator)
        if row.state == AuditState.SUBMITTED:
            drawn = waits_from_earlier_draw(row.round, [row])
            lowest = has_lowest_grade(row)
            why = ModerationReason.LOWEST if lowest else ModerationReason.RANDOM if drawn else why
        # Whoever challenges a moderated grade starts again: the earlier rating stays in the history.
        Moderation.objects.as_system(REASON).filter(audit=row, is_cancelled=False).update(is_cancelled=True)
        # Whoever disagreed with the grade has their answer.
        Reply.objects.filter(audit=row, disagrees=True, answered_at=None).update(
            answer=SECOND_RATING, answered_at=timezone.now(), answered_by=by
        )
        return _make(by, row, moderator, why, None)


def give_to_another(*, by: Person, moderation: Moderation, moderator: Person) -> Moderation:
    """A new second rating in place of one not given yet, for another person.

    Raises: NotToModerate once it was given; NobodyIndependent with the reasons.
    """
    with transaction.atomic():
        rows: Any = Moderation.objects.as_system("recording")
        row: Moderation = rows.select_for_update().get(pk=moderation.pk)
        if row.rated_at is not None or row.is_cancelled:
            raise NotToModerate
        audit = locked_audit(row.audit, AuditState.IN_MODERATION)
        require_independent(audit, moderator)
        row.is_cancelled = True
        row.save(update_fields=["is_cancelled"])
        return _make(by, audit, moderator, ModerationReason(row.why), row.draw)


def require_independent(audit: Audit, moderator: Person) -> None:
    """Returns when the person may rate the audit a second time.

    Raises: NobodyIndependent with every reason otherwise.
    """
    day = day_of_draw(audit.round)
    rater = raters_on(day, dates.today()).get(moderator.pk)
    reasons = refusals(rated_of([audit], day)[0], rater) if rater else (NotIndependent.INTEREST,)
    if reasons:
        raise NobodyIndependent(reasons)


def cancel_open_rating(audit: Audit) -> None:
    """Takes back the second rating of an audit that goes back to its auditor."""
    _open_of(audit).update(is_cancelled=True)


def _open_of(audit: Audit) -> Any:
    return Moderation.objects.as_system(REASON).filter(audit=audit, is_cancelled=False, settled_at=None)


def due_from(day: date) -> date:
    """The day by which a second rating asked for on the day is due."""
    return working_days.add(day, DUE_WORKING_DAYS)


def _make(
    by: Person, audit: Audit, moderator: Person, why: ModerationReason, draw: ModerationDraw | None
) -> Moderation:
    made = Moderation.objects.create(
        audit=audit, draw=draw, why=why, moderator=moderator, due_on=due_from(dates.today())
    )
    if audit.state != AuditState.IN_MODERATION:
        move_audit(by=by, audit=audit, to=AuditState.IN_MODERATION)
    record(by=by, kind=Kind.ACTION, action="moderation.assign", obj=made, detail={"to": moderator.public_id})
    queue_message(
        person=moderator,
        kind="moderation-asked",
        path=f"/moderation/{made.public_id}",
        due_on=made.due_on,
        needs="moderation.view",
        about=made,
    )
    return made
