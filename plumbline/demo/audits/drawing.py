"""The demo's case lists and draws: frozen, seeded and drawn by the product's own steps, then dated back."""

from datetime import date

from plumbline.audits.actions.draws import draw_sample, pick_case, record_seed
from plumbline.audits.models import (
    CaseList,
    Draw,
    FrameCase,
    Round,
    RoundState,
    Seed,
    SeedKind,
    Slot,
    SlotRoute,
)
from plumbline.audits.rules.case_values import plain
from plumbline.demo.audits.cases import Case, open_cases
from plumbline.demo.audits.filling import moment
from plumbline.demo.audits.programme import DemoRound
from plumbline.demo.people import Fernshire
from plumbline.people.models import Person
from plumbline.people.rules.roles import Role
from plumbline.shared.tables.csv_files import write_csv
from stats.sampling import frame_digest

HOW = (
    "Three people at the audit meeting each threw two ten-sided dice; the numbers were read out and written down.",
    "The six numbers of the draw of the national lottery on the Saturday before, in the order drawn.",
)


# The headings of the demo's case lists, as audits.rules.case_values names the columns.
COLUMNS = ("reference", "plan_type", "team", "started_on", "age_band", "sex", "ethnicity", "disability")


def case_list_file(row: Round) -> bytes:
    """The case list of a demo round as the CSV file it might have come from, to check its draw against."""
    fields = ["unit__key" if column == "team" else column for column in COLUMNS]
    cases = FrameCase.objects.as_system("demo").filter(case_list__round=row).values_list(*fields)
    return write_csv([list(COLUMNS), *([str(value) for value in case] for case in cases)])


def draw_round(fernshire: Fernshire, row: Round, one: DemoRound, on: date, officer: Person) -> list[Slot]:
    """The places of the round's draw."""
    cases = [case for case in open_cases(fernshire, on) if _belongs(case, one)]
    row.state = RoundState.COHORT
    row.save(update_fields=["state"])
    case_list = _case_list(row, cases, officer, on)
    is_public = one.month % 2 == 1
    value = " ".join(str(fernshire.chance.randrange(10, 60)) for _ in range(6 if is_public else 3))
    kind = SeedKind.PUBLIC if is_public else SeedKind.PEOPLE
    record_seed(by=officer, round=row, value=value, kind=kind, how=HOW[is_public])
    made = draw_sample(by=officer, round=row)
    if one.state == "auditing":
        _pick_the_demo_worker(fernshire, row, cases, officer)
    _date_back(row, case_list, made, on)
    return list(Slot.objects.as_system("demo").filter(draw=made).select_related("case").order_by("pk"))


def _belongs(case: Case, one: DemoRound) -> bool:
    in_team = not one.teams or case.unit.key in one.teams
    return in_team and (not one.plan_types or case.plan_type in one.plan_types)


def _case_list(row: Round, cases: list[Case], officer: Person, on: date) -> CaseList:
    references = [case.reference for case in cases]
    case_list = CaseList.objects.create(
        round=row,
        file_name=f"open cases {row.first_month:%Y-%m}.csv",
        file_digest=frame_digest([f"{case.reference} {case.plan_type}" for case in cases]),
        size=len(cases),
        frame_digest=frame_digest(references),
        reading={
            "columns": dict(zip(COLUMNS, COLUMNS, strict=True)),
            "spellings": {"team": {plain(key): key for key in sorted({case.unit.key for case in cases})}},
            "plan_types": [],
            "on": f"{on}",
        },
        imported_by=officer,
    )
    FrameCase.objects.bulk_create(
        [
            FrameCase(
                case_list=case_list,
                reference=case.reference,
                plan_type=case.plan_type,
                unit=case.unit,
                worker=case.worker,
                started_on=case.started_on,
                age_band=case.age_band,
                sex=case.sex,
                ethnicity=case.ethnicity,
                disability=case.disability,
            )
            for case in cases
        ],
        batch_size=500,
    )
    return case_list


def _pick_the_demo_worker(fernshire: Fernshire, row: Round, cases: list[Case], officer: Person) -> None:
    """One case of the social worker of the sign-in page, picked by purpose, so that they have an audit to look at."""
    worker = fernshire.by_role[Role.SOCIAL_WORKER]
    held = set(
        Slot.objects.as_system("demo")
        .filter(draw__round=row)
        .exclude(state="reserve")
        .values_list("case__reference", flat=True)
    )
    own = next((case for case in cases if case.worker == worker and case.reference not in held), None)
    if own is not None:
        why = "A complaint about this case was upheld and the learning from it is to be followed up."
        pick_case(by=officer, round=row, reference=own.reference, route=SlotRoute.PURPOSIVE, why=why)


def _date_back(row: Round, case_list: CaseList, made: Draw, on: date) -> None:
    CaseList.objects.as_system("demo").filter(pk=case_list.pk).update(imported_at=moment(on, 9))
    Seed.objects.filter(round=row).update(recorded_at=moment(on, 11))
    Draw.objects.as_system("demo").filter(pk=made.pk).update(drawn_at=moment(on, 12))
