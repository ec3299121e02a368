"""How a draw is shown: its seed, its strata, each place with what became of it, its certificate."""

from typing import Any

from django.urls import reverse

from plumbline.audits.actions.exclusions import is_asked
from plumbline.audits.models import Draw, Round, Seed, Slot, SlotRoute, SlotState
from plumbline.audits.rules.case_values import STRATA, Column, words_of
from plumbline.people.queries.units import UnitNames
from plumbline.people.scope import Viewer
from plumbline.shared import dates

TAGS = {
    SlotState.SELECTED: "govuk-tag--green",
    SlotState.RESERVE: "govuk-tag--grey",
    SlotState.EXCLUDED: "govuk-tag--orange",
    SlotState.REPLACED: "govuk-tag--orange",
}
SHOW = (
    ("", "In the sample and left out"),
    ("selected", "In the sample"),
    ("asked", "Waiting for a second person"),
    ("left-out", "Left out or replaced"),
    ("picked", "Picked, not random"),
    ("reserve", "Reserves"),
)


def columns_words(columns: list[str]) -> str:
    """The columns that strata are made of: "team and plan type"."""
    return " and ".join(STRATA[Column(one)].lower() for one in columns)


def to_be_drawn(round: Round, size: int) -> str:
    """What the draw would do, before it is made."""
    by = f", in proportion by {columns_words(round.strata)}" if round.strata else ""
    repeat = (
        f" Cases audited in the {round.no_repeat_months} months before are passed over."
        if round.no_repeat_months
        else ""
    )
    return f"{round.sample_size} of {size:,} cases are drawn{by}.{repeat} This can be done once."


def seed_facts(seed: Seed, name: str) -> list[tuple[str, str]]:
    """The seed with who and how."""
    by = f" by {name}" if name else ""
    return [
        ("Seed", seed.value),
        ("Where it comes from", seed.get_kind_display()),
        ("Who and how", seed.how),
        ("Recorded", f"{dates.time_in_words(seed.recorded_at)}{by}"),
    ]


def slot_row(
    slot: Slot, labels: dict[str, str], names: UnitNames, viewer: Viewer, people: dict[int, str]
) -> Any:
    """One place of the order."""
    asked = is_asked(slot)
    by = people.get(slot.proposed_by_id or 0, "Somebody")
    said = slot.get_reason_display() if slot.reason else ""
    if asked:
        said = f"{by} asks to leave it out: {said}."
    elif slot.approved_by_id:
        said = f"{said}. Asked by {by}, agreed by {people.get(slot.approved_by_id, 'somebody')}."
    links = []
    if asked and viewer.has("draw.approve") and slot.proposed_by_id != viewer.person_id:
        links.append(("Decide", reverse("slot_decide", args=[slot.public_id])))
    elif slot.state == SlotState.SELECTED and not asked and viewer.has("draw.make"):
        links.append(("Ask to leave it out", reverse("slot_leave_out", args=[slot.public_id])))
    return {
        "id": slot.public_id,
        "reference": slot.case.reference,
        "team": names.on(slot.case.unit_id, viewer.on),
        "plan": words_of(Column.PLAN_TYPE, slot.case.plan_type),
        "stratum": labels.get(slot.stratum, ""),
        "position": slot.position or "–",
        "tag": {
            "text": "Asked about" if asked else slot.get_state_display(),
            "classes": "govuk-tag--yellow" if asked else TAGS[SlotState(slot.state)],
        },
        "route": slot.get_route_display() if slot.route != SlotRoute.RANDOM else "",
        "said": said,
        "note": slot.note,
        "links": [{"text": text, "href": href} for text, href in links],
    }


def shown_slots(rows: Any, show: str, asked: Any) -> Any:
    """The places that the filter shows."""
    match show:
        case "selected":
            return rows.filter(state=SlotState.SELECTED)
        case "asked":
            return rows.filter(asked)
        case "left-out":
            return rows.filter(state__in=(SlotState.EXCLUDED, SlotState.REPLACED))
        case "picked":
            return rows.exclude(route=SlotRoute.RANDOM)
        case "reserve":
            return rows.filter(state=SlotState.RESERVE)
    return rows.exclude(state=SlotState.RESERVE)


def strata_rows(draw: Draw) -> list[dict[str, Any]]:
    """Each stratum with its numbers."""
    return [one | {"label": one["label"] or "The whole list"} for one in draw.strata]


def certificate_page(told: dict[str, Any]) -> dict[str, Any]:
    """The certificate as one page: the same content as its file, without the marks."""
    places = [
        place | {"stratum": one["label"]}
        for one in told["strata"]
        for place in one["order"]
        if place["state"] != "reserve"
    ]
    reserves = [
        {
            "label": one["label"] or "The whole list",
            "references": ", ".join(
                f"{place['position']} {place['reference'] or 'withheld'}"
                for place in one["order"]
                if place["state"] == "reserve"
            ),
        }
        for one in told["strata"]
    ]
    return {
        "told": told,
        "places": [one for one in places if one["state"] in ("selected", "picked")],
        "left_out": [one for one in places if one["state"] in ("excluded", "replaced")],
        "reserves": [one for one in reserves if one["references"]],
        "picks": told["picks"],
        "recent": ", ".join(told["recent"]),
        "drawn_by_strata": len(told["strata"]) > 1,
        "columns": columns_words(told["strata_columns"]),
    }
