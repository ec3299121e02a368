"""Looks at a round from outside it, as the viewer may read them, and who had a part in the round."""

from typing import Any

from django.db.models import QuerySet

from plumbline.audits.models import Audit, CaseList, Draw, Moderation, Oversight, Report, Round, Seed
from plumbline.people.scope import Viewer


def oversights_of(viewer: Viewer, round: Round) -> list[Oversight]:
    """The looks at the round, oldest first."""
    rows = Oversight.objects.visible_to(viewer, "oversight.view").filter(round=round)
    return list(rows.select_related("by", "answered_by").order_by("looked_on", "pk"))


def oversight_for(viewer: Viewer, public_id: str) -> Oversight:
    """The one look.

    Raises: Oversight.DoesNotExist when there is none such for the viewer.
    """
    rows = Oversight.objects.visible_to(viewer, "oversight.view").select_related("round", "by")
    return rows.get(public_id=public_id)


def to_answer(viewer: Viewer) -> QuerySet[Oversight]:
    """The challenges that wait for an answer by somebody like the viewer."""
    rows = Oversight.objects.visible_to(viewer, "oversight.answer").filter(answered_at=None)
    return rows.exclude(challenge="").exclude(by=viewer.person_id or 0).select_related("round").order_by("pk")


def figures_of_oversight(round: Round) -> list[dict[str, Any]]:
    """The looks as a report keeps them: as what somebody looked, never who."""
    rows = Oversight.objects.as_system("report-figures").filter(round=round).order_by("looked_on", "pk")
    return [
        {
            "looked_on": one.looked_on.isoformat(),
            "capacity": one.capacity,
            "sample_size": one.sample_size,
            "sample": one.sample,
            "quality": one.quality,
            "timeliness": one.timeliness,
            "challenge": one.challenge,
            "answer": one.answer,
        }
        for one in rows
    ]


def parts_in(round: Round) -> dict[str, set[int | None]]:
    """Who had which part in the round, by the keys of the rule."""
    audits = Audit.objects.as_system("round-figures").filter(round=round)
    ratings = Moderation.objects.as_system("round-figures").filter(audit__round=round, is_cancelled=False)
    reports = Report.objects.as_system("round-figures").filter(round=round)
    lists = CaseList.objects.as_system("round-figures").filter(round=round)
    draws = Draw.objects.as_system("round-figures").filter(round=round)
    return {
        "proposed": {round.proposed_by_id},
        "drew": _people(lists, "imported_by")
        | _people(draws, "drawn_by")
        | _people(Seed.objects.filter(round=round), "recorded_by"),
        "audited": _people(audits, "auditor"),
        "moderated": _people(ratings, "moderator", "settled_by"),
        "worked": _people(audits, "worker", "manager"),
        "wrote": _people(reports, "made_by", "checked_by"),
    }


def _people(rows: QuerySet[Any], *fields: str) -> set[int | None]:
    return {person for row in rows.values_list(*fields) for person in row if person}
