"""Case lists, frames and draws for tests, made by the product's own actions."""

from typing import Any

from plumbline.audits.actions.case_lists import import_case_list, keep_upload, say_columns
from plumbline.audits.actions.draws import draw_sample, record_seed
from plumbline.audits.actions.rounds import plan_round, propose_round
from plumbline.audits.models import CaseList, CaseListUpload, Draw, Round
from plumbline.audits.queries.case_plan import plan_of
from plumbline.audits.rules.case_values import column_of
from plumbline.shared import dates
from plumbline.shared.tables import write_csv
from tests.factories.audits import make_tool
from tests.factories.cast import Cast

HEAD = (
    "Case ref",
    "Plan",
    "Team",
    "Worker",
    "Start date",
    "Birth month",
    "Sex",
    "Ethnicity",
    "Disability",
)
SEED = "6 3 1 4 2"


def case_rows(number: int, **more: str) -> list[tuple[str, ...]]:
    """So many cases of the cast's teams, each different in something."""
    rows = []
    for n in range(number):
        rows.append(
            (
                f"LC-{10000 + n}",
                more.get("plan", ("CIN", "CP", "LAC")[n % 3]),
                more.get("team", ("Safeguarding North", "safeguarding-south", "Fostering")[n % 3]),
                more.get("worker", "Sam" if n % 3 == 0 else ""),
                "2025-11-03",
                f"{2009 + n % 15}-04",
                "MF"[n % 2],
                "WBRI",
                "No",
            )
        )
    return rows


def case_list_file(number: int = 60, **more: str) -> bytes:
    """A case list as CSV."""
    return write_csv([HEAD, *case_rows(number, **more)])


def planned_round(cast: Cast, **more: Any) -> Round:
    """A round that is agreed and waits for its case list."""
    month = more.pop("month", dates.first_of_month(dates.today()))
    words = {"title": "Neglect", "theme": "Children living with neglect", "rationale": "Too many waited."}
    made = propose_round(by=cast.ben, first_month=month, last_month=month, **words)
    return plan_round(by=cast.qa_officer, round=made, **({"tool": make_tool()} | more))


def given_list(cast: Cast, round: Round, data: bytes | None = None) -> CaseListUpload:
    """The upload of a case list with its columns said."""
    upload = keep_upload(
        by=cast.qa_officer, round=round, name="cases.csv", data=case_list_file() if data is None else data
    )
    table = plan_of(upload, dates.today()).table
    columns = {n: column_of(heading) for n, heading in enumerate(table.headings)}
    return say_columns(by=cast.qa_officer, upload=upload, columns=columns)


def imported(cast: Cast, round: Round, data: bytes | None = None) -> CaseList:
    """The case list imported."""
    upload = given_list(cast, round, data)
    seen = plan_of(upload, dates.today()).content
    return import_case_list(by=cast.qa_officer, upload=upload, on=dates.today(), seen=seen)


def drawn_round(cast: Cast, *, cases: int = 60, **more: Any) -> Round:
    """A round with its case list, seed and sample."""
    made = planned_round(cast, **more)
    imported(cast, made, case_list_file(cases))
    record_seed(
        by=cast.qa_officer, round=made, value=SEED, kind="people", how="Five people each threw a die."
    )
    draw_sample(by=cast.qa_officer, round=made)
    return made


def draw_of(round: Round) -> Draw:
    """The draw of the round, as the database has it."""
    return Draw.objects.as_system("draw").get(round=round)
