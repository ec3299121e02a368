"""Records the seed, draws the sample, and adds cases picked by purpose or by an inspector."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from plumbline.audits.actions.round_stages import RoundNotInState, move_round
from plumbline.audits.actions.rounds import locked_round
from plumbline.audits.models import (
    CaseList,
    Draw,
    ExclusionReason,
    FrameCase,
    Round,
    RoundState,
    Seed,
    Slot,
    SlotRoute,
    SlotState,
)
from plumbline.audits.queries.frames import audited_lately, frame_of, stratum_labels
from plumbline.audits.rules.draw import METHOD, RESERVES, Drawn, draw
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person
from plumbline.shared import dates
from stats.sampling import draw_order

# A case may still be picked while the round's audits are handed out and done.
PICKING = (RoundState.DRAWN, RoundState.ALLOCATED, RoundState.AUDITING)


class SeedGiven(Exception):
    """The round has its seed already; it is never changed."""


class ToolMissing(Exception):
    """No audit tool is chosen; the draw settles it."""


class NotThere(Exception):
    """The reference is not in the case list."""


class InSample(Exception):
    """The case is in the sample already, or was left out of it."""


def record_seed(*, by: Person, round: Round, value: str, kind: str, how: str) -> Seed:
    """The seed of the round's draw, with who gave it and how; it is never changed.

    Raises: RoundNotInState unless the case list is there and nothing is drawn; SeedGiven for a second seed.
    """
    with transaction.atomic():
        row = locked_round(round, RoundState.COHORT)
        if Seed.objects.filter(round=row).exists():
            raise SeedGiven
        seed = Seed.objects.create(round=row, value=value, kind=kind, how=how, recorded_by=by)
        record(by=by, kind=Kind.ACTION, action="draw.seed", obj=row, detail={"kind": str(kind)})
    return seed


def draw_sample(*, by: Person, round: Round) -> Draw:
    """The sample of the round, drawn from its case list with its seed.

    Places are kept for the sample, about ten reserves a stratum, and every case audited lately.
    Raises: RoundNotInState unless list and seed are there; ToolMissing; TooSmall where strata need more than the sample.
    """
    with transaction.atomic():
        row = locked_round(round, RoundState.COHORT)
        seed = Seed.objects.filter(round=row).first()
        case_list = CaseList.objects.as_system("draw").filter(round=row).first()
        if seed is None or case_list is None:
            raise RoundNotInState
        if row.tool_id is None:
            raise ToolMissing
        frame = frame_of(case_list, row.strata)
        recent = audited_lately(row, frame)
        drawn = draw(frame, recent=recent, seed=seed.value, size=row.sample_size, minimum=row.stratum_minimum)
        labels = stratum_labels([one.key for one in drawn], row.strata, dates.day_of(case_list.imported_at))
        made = Draw.objects.create(
            round=row,
            case_list=case_list,
            method=METHOD,
            frame_digest=case_list.frame_digest,
            frame_size=case_list.size,
            seed_value=seed.value,
            sample_size=row.sample_size,
            strata_columns=row.strata,
            strata=[
                {
                    "key": one.key,
                    "label": labels[one.key],
                    "size": one.size,
                    "recent": one.recent,
                    "drawn": one.drawn,
                }
                for one in drawn
            ],
            drawn_by=by,
        )
        _keep_slots(made, drawn, recent)
        move_round(by=by, round=row, to=RoundState.DRAWN)
        detail: dict[str, object] = {
            "frame": case_list.frame_digest[:16],
            "cases": case_list.size,
            "drawn": sum(one.drawn for one in drawn),
            "recent": len(recent),
        }
        record(by=by, kind=Kind.ACTION, action="draw.make", obj=made, detail=detail)
    round.state = row.state
    return made


def _keep_slots(made: Draw, drawn: Iterable[Drawn], recent: set[str]) -> None:
    wanted: list[tuple[str, int, str, str]] = []
    for one in drawn:
        free = 0
        kept = one.kept(recent)
        for position, reference in kept:
            if reference in recent:
                continue
            free += 1
            state = SlotState.SELECTED if free <= one.drawn else SlotState.RESERVE
            wanted.append((one.key, position, reference, state))
        wanted += [
            (one.key, position, reference, SlotState.EXCLUDED)
            for position, reference in enumerate(one.order, start=1)
            if reference in recent
        ]
    cases = cases_of(made.case_list, [reference for _, _, reference, _ in wanted])
    Slot.objects.bulk_create(
        [
            Slot(
                draw=made,
                case_id=cases[reference],
                stratum=key,
                position=position,
                state=state,
                reason=ExclusionReason.RECENT if state == SlotState.EXCLUDED else "",
            )
            for key, position, reference, state in wanted
        ],
        batch_size=1000,
    )


def cases_of(case_list: CaseList, references: Iterable[str]) -> dict[str, int]:
    """The database numbers of the cases with the references."""
    wanted = list(references)
    found: dict[str, int] = {}
    for start in range(0, len(wanted), 500):
        rows = FrameCase.objects.as_system("draw").filter(
            case_list=case_list, reference__in=wanted[start : start + 500]
        )
        found |= dict(rows.values_list("reference", "pk"))
    return found


def order_of(made: Draw, stratum: str) -> tuple[str, ...]:
    """The whole order of one stratum, worked out again from seed and frame."""
    frame = frame_of(made.case_list, made.strata_columns)
    return draw_order([reference for reference, key in frame.items() if key == stratum], made.seed_value)


def next_reserve(made: Draw, stratum: str) -> Slot | None:
    """The next case in the order of the stratum that is neither in the sample nor left out; none when all are used.

    More places are worked out and kept when the kept reserves run out.
    """
    rows: Any = Slot.objects.as_system("draw").filter(
        draw=made, stratum=stratum, route=SlotRoute.RANDOM, state=SlotState.RESERVE
    )
    found: Slot | None = rows.select_for_update().order_by("position").first()
    if found is not None:
        return found
    order = order_of(made, stratum)
    held = dict(Slot.objects.as_system("draw").filter(draw=made).values_list("case__reference", "state"))
    more = [(n, one) for n, one in enumerate(order, start=1) if one not in held][:RESERVES]
    cases = cases_of(made.case_list, [one for _, one in more])
    Slot.objects.bulk_create(
        [
            Slot(draw=made, case_id=cases[one], stratum=stratum, position=n, state=SlotState.RESERVE)
            for n, one in more
        ]
    )
    last: Slot | None = rows.order_by("position").first()
    return last


def pick_case(*, by: Person, round: Round, reference: str, route: str, why: str) -> Slot:
    """The case put into the round by purpose or by an inspector, kept apart from the random ones in every figure.

    Raises: RoundNotInState unless a sample is drawn; NotThere; InSample.
    """
    with transaction.atomic():
        row = locked_round(round, *PICKING)
        made = Draw.objects.as_system("draw").filter(round=row).first()
        if made is None:
            raise RoundNotInState
        case = (
            FrameCase.objects.as_system("draw").filter(case_list=made.case_list, reference=reference).first()
        )
        if case is None:
            raise NotThere
        rows: Any = Slot.objects.as_system("draw")
        slot: Slot | None = rows.select_for_update().filter(draw=made, case=case).first()
        if slot is not None and slot.state != SlotState.RESERVE:
            raise InSample
        # A reserve that is picked keeps its place in the order and is passed over there.
        slot = slot or Slot(draw=made, case=case)
        slot.route, slot.state, slot.note, slot.proposed_by = route, SlotState.SELECTED, why, by
        slot.save()
        record(by=by, kind=Kind.ACTION, action="draw.pick", obj=slot, detail={"route": str(route)})
    return slot
