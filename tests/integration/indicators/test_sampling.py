"""From a figure to an audit: the frame of the round is exactly the children behind the figure, and its draw can be checked."""

import json
from typing import Any

from django.urls import reverse

from plumbline.audits.actions import case_lists
from plumbline.audits.actions.draws import draw_sample, record_seed
from plumbline.audits.actions.rounds import change_round
from plumbline.audits.management.commands.verify_draw import verdict_on
from plumbline.audits.models import CaseList, CaseListUpload, FrameCase, Round
from plumbline.audits.queries.case_plan import plan_of
from plumbline.audits.queries.draws import certificate_of, draw_for
from plumbline.indicators.models import Extract
from plumbline.indicators.queries.definitions import indicators
from plumbline.shared import dates
from tests.factories.audits import make_tool
from tests.factories.cast import Cast

PERIOD = "?from=2025-04-01&to=2026-03-31"


def text(page: Any) -> str:
    return " ".join(page.content.decode().split())


def test_a_round_holds_exactly_the_children_behind_a_figure_and_its_draw_is_checked_from_their_list(
    cast: Cast, extract: Extract, client_of: Any
) -> None:
    client = client_of(cast.qa_lead).confirmed()
    rows = f"/extracts/{extract.public_id}/re-referrals-in-12-months"
    assert "Draw a sample of these" in text(client.get(rows + PERIOD))
    page = text(client.get(f"{rows}/sample{PERIOD}"))
    assert "Those the figure counts: 12 children" in page
    press = {"which": "counted", "key": "k1"}
    answers = {client.post(f"{rows}/sample{PERIOD}", press)["Location"] for _ in range(2)}
    assert Round.objects.as_system("recording").count() == 1
    (check,) = answers
    # The team of the extract is not called as here: it is explained once, as in any case list.
    assert "Assessment West" in text(client.get(f"{check}/spellings"))
    upload = CaseListUpload.objects.get()
    said = {"team": {"assessment west": "south"}}
    case_lists.say_spellings(by=cast.qa_lead, upload=upload, spellings=said, blank_workers=False)
    upload.refresh_from_db()
    plan = plan_of(upload, dates.today())
    assert plan.is_ready, (plan.needs_columns, plan.asked, plan.errors)
    case_lists.import_case_list(by=cast.qa_lead, upload=upload, on=dates.today(), seen=plan.content)
    kept = CaseList.objects.as_system("case-list").get()
    frame = FrameCase.objects.as_system("case-list").values_list("reference", flat=True)
    again = {f"C{(month - 1) * 10:04d}" for month in range(12, 24)}
    assert set(frame) == again
    made = Round.objects.as_system("recording").get()
    change_round(by=cast.qa_lead, round=made, tool=make_tool(), sample_size=5)
    record_seed(by=cast.qa_lead, round=made, value="6 3 1", kind="dice", how="Thrown")
    draw_sample(by=cast.qa_lead, round=made)
    drawn = draw_for(cast.viewer(cast.qa_lead), made)
    assert drawn
    told = certificate_of(cast.viewer(cast.qa_lead), drawn)
    source = told["frame"]["source"]
    version = indicators()["re-referrals-in-12-months"].version
    assert source["Definition"] == f"re-referrals-in-12-months, version {version}"
    assert source["Extract"] == "march-2026, as at 31 March 2026"
    assert source["Digest of the extract (SHA-256)"] == extract.digest
    assert version in text(client.get(reverse("draw_certificate", args=[made.public_id])))
    list_again = client.get(source["The list again"]).content
    verdict = verdict_on(json.dumps(told).encode(), list_again)
    assert verdict.is_match, verdict.sentence
    shorter = b"\n".join(list_again.splitlines()[:-1])
    assert not verdict_on(json.dumps(told).encode(), shorter).is_match
    assert kept.size == 12


def test_only_who_plans_rounds_draws_a_sample_of_a_figure(
    cast: Cast, extract: Extract, client_of: Any
) -> None:
    address = f"/extracts/{extract.public_id}/referrals"
    analyst = client_of(cast.analyst)
    assert "Draw a sample of these" not in text(analyst.get(address))
    assert analyst.get(f"{address}/sample").status_code == 403
