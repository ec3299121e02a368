"""The draw of a round as the viewer may see it, and its certificate."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from plumbline.audits.models import CaseList, Draw, ExclusionReason, Round, Seed, Slot, SlotRoute, SlotState
from plumbline.audits.queries.frames import frame_of
from plumbline.audits.rules.certificate import KIND, VERSION, marks_of
from plumbline.audits.rules.draw import METHOD_WORDS
from plumbline.people.models import Person
from plumbline.people.scope import Viewer
from plumbline.shared import dates

# What somebody asked to leave out and nobody has decided.
ASKED = Q(state=SlotState.SELECTED, proposed_at__isnull=False, approved_at=None)


def draw_for(viewer: Viewer, round: Round) -> Draw | None:
    """The draw of the round; none before its sample is drawn."""
    rows = Draw.objects.visible_to(viewer, "draw.view").select_related("drawn_by", "case_list")
    return rows.filter(round=round).first()


def seed_for(viewer: Viewer, round: Round) -> Seed | None:
    """The seed of the round."""
    if not viewer.has("draw.view"):
        return None
    return Seed.objects.select_related("recorded_by").filter(round=round).first()


def size_of_case_list(viewer: Viewer, round: Round) -> int:
    """How many cases the round's list holds; 0 before it is imported."""
    if not viewer.has("draw.view"):
        return 0
    found = CaseList.objects.as_system("draw").filter(round=round).values_list("size", flat=True).first()
    return found or 0


def slots_of(viewer: Viewer, draw: Draw) -> QuerySet[Slot]:
    """The places of the draw in their order; those of teams and people the viewer declared an interest in are left out."""
    rows = Slot.objects.visible_to(viewer, "draw.view").filter(draw=draw)
    return rows.select_related("case", "case__unit", "proposed_by", "approved_by")


def slot_for(viewer: Viewer, public_id: str) -> Slot:
    """The place.

    Raises: Slot.DoesNotExist where the viewer may not see it.
    """
    rows = Slot.objects.visible_to(viewer, "draw.view")
    return rows.select_related("case", "case__unit", "draw__round", "proposed_by").get(public_id=public_id)


def waiting_to_agree(viewer: Viewer) -> list[Slot]:
    """The places that wait for the viewer to agree that their case is left out; never those they asked about."""
    rows = Slot.objects.visible_to(viewer, "draw.approve").filter(ASKED)
    return list(
        rows.exclude(proposed_by_id=viewer.person_id).select_related("draw__round").order_by("proposed_at")
    )


def names_of(people: Iterable[Person | None], viewer: Viewer) -> dict[int, str]:
    """The names of those the viewer may see."""
    wanted = {one.pk for one in people if one is not None}
    rows = Person.objects.visible_to(viewer, "person.view").filter(pk__in=wanted)
    return dict(rows.values_list("pk", "name"))


def certificate_of(viewer: Viewer, draw: Draw) -> dict[str, Any]:
    """All that is needed to draw the sample again, and what became of each place; people by name, no child's.

    References of teams and people in which the viewer declared an interest are withheld and counted.
    """
    round, case_list = draw.round, draw.case_list
    seed = Seed.objects.select_related("recorded_by").filter(round=round).first()
    every = list(
        Slot.objects.as_system("draw")
        .filter(draw=draw)
        .select_related("case", "proposed_by", "approved_by")
        .order_by("stratum", "position", "pk")
    )
    seen = set(slots_of(viewer, draw).values_list("pk", flat=True))
    names = names_of(
        [seed.recorded_by if seed else None, draw.drawn_by, case_list.imported_by]
        + [one for slot in every for one in (slot.proposed_by, slot.approved_by)],
        viewer,
    )

    def named(person: Person | None) -> str:
        return names.get(person.pk, "Somebody not shown to you") if person else ""

    def place(slot: Slot) -> dict[str, Any]:
        return _place(slot, slot.pk in seen, named)

    placed = [slot for slot in every if slot.position is not None]
    reading = case_list.reading
    return {
        "kind": KIND,
        "version": VERSION,
        "method": draw.method,
        "method_in_words": METHOD_WORDS,
        "draw": draw.public_id,
        "round": {"id": round.public_id, "title": round.title, "key": round.key},
        "frame": {
            "digest": draw.frame_digest,
            "size": draw.frame_size,
            "imported_at": case_list.imported_at.isoformat(),
            "imported_by": named(case_list.imported_by),
            "file_digest": case_list.file_digest,
            **({"source": case_list.source} if case_list.source else {}),
            "reading": {key: value for key, value in reading.items() if key != "content"},
            "marks": marks_of(list(frame_of(case_list, [])), draw.seed_value),
        },
        "seed": {
            "value": draw.seed_value,
            "kind": seed.get_kind_display() if seed else "",
            "how": seed.how if seed else "",
            "recorded_at": seed.recorded_at.isoformat() if seed else "",
            "recorded_by": named(seed.recorded_by) if seed else "",
        },
        "drawn_at": draw.drawn_at.isoformat(),
        "drawn_by": named(draw.drawn_by),
        "sample_size": draw.sample_size,
        "stratum_minimum": round.stratum_minimum,
        "no_repeat_months": round.no_repeat_months,
        "strata_columns": draw.strata_columns,
        "strata": [
            one
            | {
                "order": [
                    place(slot)
                    for slot in placed
                    if slot.stratum == one["key"] and slot.reason != ExclusionReason.RECENT
                ]
            }
            for one in draw.strata
        ],
        "recent": sorted(
            slot.case.reference
            for slot in placed
            if slot.reason == ExclusionReason.RECENT and slot.pk in seen
        ),
        "picks": [place(slot) for slot in every if slot.route != SlotRoute.RANDOM],
        "withheld": len(every) - len(seen),
        "list_changed_after_seed": seed is not None and case_list.imported_at > seed.recorded_at,
        "made_on": dates.today().isoformat(),
    }


def _place(slot: Slot, is_seen: bool, named: Any) -> dict[str, Any]:
    is_picked = slot.route != SlotRoute.RANDOM
    left_out = slot.state in (SlotState.EXCLUDED, SlotState.REPLACED)
    return {
        "position": slot.position,
        "reference": slot.case.reference if is_seen else "",
        "state": "picked" if is_picked and not left_out else slot.state,
        "route": slot.get_route_display(),
        "reason": ExclusionReason(slot.reason).label if left_out and slot.reason else "",
        "asked_by": named(slot.proposed_by) if left_out or is_picked else "",
        "approved_by": named(slot.approved_by) if left_out else "",
        "approved_at": slot.approved_at.isoformat() if left_out and slot.approved_at else "",
    }
