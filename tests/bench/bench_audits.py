# ruff: noqa: T201 a benchmark prints its figures
"""What audits cost as their number grows: case list, draw, report with its files, and each page's queries and time, small beside large.

Run: python -m tests.bench.bench_audits [rounds]   (1,200 rounds of 25 are 30,000 audits, ten years of a large council)
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROUNDS, REPEATS = 1_200, 5
# Enough for a round before the one that is reported on.
FEW_ROUNDS = 12
CASES = 20_000
PAGES = (
    "/this-month",
    "/rounds",
    "/programme",
    "/findings",
    "/actions",
    "/moderation",
    "/reports",
    "/allocation",
    "/search?q=MC-00000001",
    "/",
)


@contextmanager
def fresh_database() -> Iterator[None]:
    """A database of its own, with the product's settings and tables."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "PLUMBLINE_VAR": folder,
            "PLUMBLINE_DEMO": "1",
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "DJANGO_SETTINGS_MODULE": "plumbline.config.settings",
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        yield


def median_seconds(work: Callable[[], object]) -> float:
    """The middle of several times."""
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return sorted(times)[REPEATS // 2]


def page_figures(client: Any, address: str) -> tuple[int, float]:
    """How many queries the page makes, and how long it takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries), median_seconds(lambda: client.get(address))


def main() -> None:
    """Nothing; prints the figures."""
    with fresh_database():
        from django.test import Client

        from plumbline.audits.actions.reports import begin_report
        from tests.bench.mass import A_ROUND, add_rounds
        from tests.factories.cast import make_cast

        rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
        cast = make_cast()
        _case_list_and_draw(cast)
        first = add_rounds(cast, FEW_ROUNDS)[0]
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(cast.qa_lead.user)
        report = begin_report(by=cast.qa_officer, round=first)
        pages = (*PAGES, f"/rounds/{first.public_id}", f"/reports/{report.public_id}")
        small = {page: page_figures(client, page) for page in pages}
        steps = report_steps(cast, report)
        small_steps = {name: median_seconds(work) for name, work in steps.items()}
        began = time.perf_counter()
        add_rounds(cast, rounds - FEW_ROUNDS, first=FEW_ROUNDS)
        print(f"{rounds * A_ROUND:,} audits written in {time.perf_counter() - began:.0f} s")
        print(
            f"{'page':<28}{'queries':>16}{f'ms, {FEW_ROUNDS * A_ROUND}':>16}{f'ms, {rounds * A_ROUND:,}':>16}{'ratio':>8}"
        )
        for page in pages:
            queries, seconds = page_figures(client, page)
            before, little = small[page]
            name = page if page.count("/") < 2 else f"/{page.split('/')[1]}/ID"
            print(
                f"{name:<28}{f'{before} and {queries}':>16}{little * 1000:>16.0f}{seconds * 1000:>16.0f}{seconds / little:>8.1f}"
            )
        for name, work in steps.items():
            little, much = small_steps[name], median_seconds(work)
            print(f"{name:<28}{'':>16}{little * 1000:>16.0f}{much * 1000:>16.0f}{much / little:>8.1f}")


def report_steps(cast: Any, report: Any) -> dict[str, Callable[[], object]]:
    """What a report is made of, each step apart: its figures, their protection, and its files with the annex."""
    from django.utils import timezone

    from plumbline.audits.files.report_docx import docx_of
    from plumbline.audits.files.report_pdf import pdf_of
    from plumbline.audits.presenters.report_document import whole_document
    from plumbline.audits.queries.report_figures import figures_of
    from plumbline.audits.queries.reports import annex_of, content_of
    from plumbline.audits.rules.report_shareable import shareable_figures

    figures = figures_of(report.round)
    viewer, made_at = cast.viewer(cast.qa_lead), timezone.now()

    def document() -> Any:
        content = content_of(report)
        return whole_document(content, *annex_of(viewer, content))

    return {
        "report: figures": lambda: figures_of(report.round),
        "report: small numbers": lambda: shareable_figures(figures),
        "report: Word with annex": lambda: docx_of(document(), made_at),
        "report: PDF with annex": lambda: pdf_of(document(), made_at),
    }


def _case_list_and_draw(cast: Any) -> None:
    """A case list of 20,000 rows taken in and drawn from, as its pages do it."""
    from plumbline.audits.actions.case_lists import import_case_list, keep_upload, say_columns
    from plumbline.audits.actions.draws import draw_sample, record_seed
    from plumbline.audits.models import CaseListUpload
    from plumbline.audits.queries.case_plan import plan_of
    from plumbline.audits.rules.case_values import Column
    from plumbline.shared import dates
    from tests.factories.audits import make_round

    row = make_round(cast, with_draw=False, state="planned", strata=["plan_type", "team"])
    teams, plans = ("north", "south", "fostering"), ("Child in need", "Child protection", "Child in care")
    lines = ["Reference,Plan type,Team"]
    lines += [f"LC-{number:06d},{plans[number % 3]},{teams[number % 7 % 3]}" for number in range(CASES)]
    data = "\n".join(lines).encode()
    began = time.perf_counter()
    upload = keep_upload(by=cast.qa_officer, round=row, name="cases.csv", data=data)
    columns = {0: Column.REFERENCE, 1: Column.PLAN_TYPE, 2: Column.TEAM}
    say_columns(by=cast.qa_officer, upload=upload, columns=columns)
    upload = CaseListUpload.objects.get(pk=upload.pk)
    plan = plan_of(upload, dates.today())
    checked = time.perf_counter()
    import_case_list(by=cast.qa_officer, upload=upload, on=dates.today(), seen=plan.content)
    taken = time.perf_counter()
    row.refresh_from_db(from_queryset=type(row).objects.as_system("draw"))
    record_seed(by=cast.qa_officer, round=row, value="3 1 4 1 5 9", kind="people", how="Dice")
    draw_sample(by=cast.qa_officer, round=row)
    drawn = time.perf_counter()
    print(
        f"case list of {CASES:,} rows: {checked - began:.1f} s to check, {taken - checked:.1f} s to take in; draw {drawn - taken:.1f} s"
    )
    print(f"{Path(__file__).name}: {CASES / (taken - began):,.0f} rows a second from upload to frozen frame")


if __name__ == "__main__":
    main()
