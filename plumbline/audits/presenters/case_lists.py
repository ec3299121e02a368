"""How a case list is shown: what its columns are, what is asked, what an import would do, what the frame holds."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from plumbline.audits.files.case_rows import Asked
from plumbline.audits.models import CaseList, CaseListUpload, Round
from plumbline.audits.queries.case_plan import CasePlan, Staff, counted_by
from plumbline.audits.rules.case_values import COLUMN_LABELS, PLAN_TYPES, VALUES, Column, words_of
from plumbline.people.models import Unit
from plumbline.people.queries.units import UnitNames
from plumbline.shared import dates

# As many questions as a person can answer on one page; the rest follow.
MOST_ASKED = 40
Question = tuple[str, str, str, list[tuple[str, str]], str]


def crumbs(round: Round) -> list[dict[str, str]]:
    """The way back to the round."""
    return [
        {"text": "Rounds", "href": reverse("rounds")},
        {"text": round.title, "href": reverse("round", args=[round.public_id])},
    ]


def questions(
    asked: Mapping[Column, Mapping[str, Asked]], units: list[Unit], names: UnitNames, staff: Staff, on: Any
) -> list[Question]:
    """What must be asked, each with its choices; a worker is chosen among those of the team."""
    teams = sorted(((unit.key, names.on(unit.pk, on) or unit.key) for unit in units), key=lambda one: one[1])
    found: list[Question] = []
    for column, spellings in asked.items():
        for spelling, one in spellings.items():
            if column is Column.TEAM:
                options = teams
            elif column is Column.WORKER:
                options = list(staff.in_team.get(one.team, ()))
            else:
                options = list(VALUES[column].items())
            times = "in 1 row" if one.times == 1 else f"in {one.times} rows"
            label = f"{COLUMN_LABELS[column]}: “{one.text}”"
            found.append((column.value, spelling, label, options, f"Stands {times}, first in {one.place}."))
    return found[:MOST_ASKED]


def sentence(plan: CasePlan, round: Round) -> str:
    """What the import would do, in a sentence or two."""
    if plan.is_same:
        return "Nothing would change: the round has this case list already."
    if plan.asked:
        number = sum(map(len, plan.asked.values()))
        return f"{number} {'spelling is' if number == 1 else 'spellings are'} not known yet. Say what each means; it is remembered."
    if plan.errors:
        return "Nothing can be imported until everything below is put right in the file."
    kept = f"{len(plan.cases):,} cases would be the list that “{round.title}” is drawn from."
    if plan.left_out:
        kept += f" {plan.left_out:,} of other plan types would be left out."
    return kept


def check_page(upload: CaseListUpload, plan: CasePlan, has_list: bool) -> dict[str, Any]:
    """The dry run."""
    columns = [
        (plan.table.headings[n] or f"Column {n + 1}", COLUMN_LABELS[column] if column else "Left out")
        for n, column in plan.columns.items()
    ]
    return {
        "title": "Check the case list",
        "file_name": upload.name,
        "sentence": sentence(plan, upload.round),
        "errors": [
            {"where": str(one.place)[:1].upper() + str(one.place)[1:], "message": one.message}
            for one in plan.errors
        ],
        "more": [one.message for one in plan.problems if one not in plan.errors],
        "is_asked": bool(plan.asked),
        "is_ready": plan.is_ready,
        "is_same": plan.is_same,
        "replaces": has_list and plan.is_ready and not plan.is_same,
        "columns": columns,
        "counts": plan_counts(plan),
        "seen": plan.content,
        "blank_workers": sum(not case.worker for case in plan.cases) if plan.is_ready else 0,
        "cases": len(plan.cases),
        "upload": upload.public_id,
        "round": upload.round,
        "crumbs": crumbs(upload.round),
    }


def plan_counts(plan: CasePlan) -> list[tuple[str, int]]:
    """How many cases there would be by plan type."""
    found = counted_by(plan.cases, "plan_type")
    return [(PLAN_TYPES[key], found[key]) for key in PLAN_TYPES if found[key]]


def case_list_facts(case_list: CaseList, imported_by: str) -> list[tuple[str, str]]:
    """What is known of the frozen list."""
    by = f" by {imported_by}" if imported_by else ""
    return [
        ("Cases", f"{case_list.size:,}"),
        ("File", case_list.file_name),
        ("Taken in", f"{dates.time_in_words(case_list.imported_at)}{by}"),
        ("Frame digest (SHA-256)", case_list.frame_digest),
        ("File digest (SHA-256)", case_list.file_digest),
        *case_list.source.items(),
    ]


def case_row(case: Any, names: UnitNames, people: dict[int, str], on: Any) -> dict[str, str]:
    """One case of the frame."""
    said = [
        VALUES[column].get(getattr(case, column.value), getattr(case, column.value))
        for column in (Column.AGE_BAND, Column.SEX, Column.ETHNICITY, Column.DISABILITY)
    ]
    return {
        "reference": case.reference,
        "plan": words_of(Column.PLAN_TYPE, case.plan_type),
        "team": names.on(case.unit_id, on),
        "worker": people.get(case.worker_id, "Not shown" if case.worker_id else "Not known"),
        "about": ", ".join(one for one in said if one),
    }
