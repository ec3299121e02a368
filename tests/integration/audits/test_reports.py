"""The monthly report: its figures, who may do what in which state, four eyes, freezing, two officers at once."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plumbline.audits.actions import report_words as words
from plumbline.audits.actions import reports as actions
from plumbline.audits.models import Report, ReportText
from plumbline.audits.queries import reports as queries
from plumbline.audits.queries.report_figures import figures_of
from plumbline.improvement.models import Finding
from plumbline.shared import dates
from tests.factories.audits import answer, make_audit, make_round
from tests.factories.cast import Cast
from tests.factories.reports import make_report, make_reported_round, reported_audit, write


def reread(report: Report) -> Report:
    return Report.objects.as_system("recording").get(pk=report.pk)


def test_the_figures_are_those_of_submitted_audits(cast: Cast) -> None:
    figures = figures_of(make_reported_round(cast, counted=12, missing=2))
    assert (figures["completeness"]["counted"], figures["completeness"]["late"]) == (12, 2)
    group = figures["groups"]["random"]
    assert (group["grades"][0]["title"], group["grades"][0]["better"]["share"]["x"]) == ("Overall", 8)
    assert (group["questions"][0]["met"]["x"], group["questions"][0]["partly_met"]) == (8, 4)
    assert group["voice"]["child"]["heard"]["x"] == 6
    assert group["voice"]["child"]["none"] == 6
    assert group["voice"]["discussion"]["held"]["x"] == 12


def test_picked_cases_stand_apart_from_random_ones(cast: Cast) -> None:
    of = make_reported_round(cast, counted=10)
    picked = reported_audit(cast, of, 0)
    picked.slot.route = "inspector"
    picked.slot.save()
    groups = figures_of(of)["groups"]
    assert (groups["random"]["counted"], groups["inspector"]["counted"]) == (10, 1)
    assert groups["inspector"]["questions"][0]["met"]["lower"] is None


def test_only_the_newest_version_of_an_answer_counts(cast: Cast) -> None:
    of = make_reported_round(cast, counted=1)
    audit = of.audits._every_row().get()
    answer(audit, "daily-life", "not_met")
    question = figures_of(of)["groups"]["random"]["questions"][0]
    assert (question["met"]["x"], question["not_met"]) == (0, 1)


def test_the_figures_hold_no_reference_and_no_name(cast: Cast) -> None:
    of = make_reported_round(cast, counted=3)
    text = str(figures_of(of))
    for audit in of.audits._every_row():
        assert audit.reference not in text
    assert "Rationale" not in text
    assert cast.sam.name not in text


def test_reading_the_figures_takes_as_many_queries_for_many_audits_as_for_few(cast: Cast) -> None:
    few, many = make_reported_round(cast, counted=2), make_reported_round(cast, counted=15)

    def queries_for(of: Any) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            figures_of(of)
        return len(seen)

    assert queries_for(few) == queries_for(many)
    assert queries_for(many) <= 30


def test_the_report_page_takes_as_many_queries_for_many_audits_as_for_few(cast: Cast, client_of: Any) -> None:
    client = client_of(cast.qa_officer)
    counts = []
    for counted in (2, 15):
        report = make_report(cast, make_reported_round(cast, counted=counted))
        client.get(f"/reports/{report.public_id}")
        for page in ("", "/annex"):
            with CaptureQueriesContext(connection) as seen:
                assert client.get(f"/reports/{report.public_id}{page}").status_code == 200
            counts.append(len(seen))
    assert counts[:2] == counts[2:]


def test_figures_freeze_when_the_report_is_put_forward(cast: Cast) -> None:
    of = make_reported_round(cast)
    report = make_report(cast, of, "issued")
    reported_audit(cast, of, 1)
    content = queries.content_of(reread(report))
    assert content.figures["completeness"]["counted"] == 12
    assert queries.digest_now(content) == report.digest


def test_the_annex_shows_the_answers_as_they_stood(cast: Cast) -> None:
    of = make_reported_round(cast, counted=12)
    report = make_report(cast, of, "issued")
    answer(of.audits._every_row().first(), "daily-life", "not_met", rationale="Changed afterwards")
    audits, counted = queries.annex_of(cast.viewer(cast.qa_lead), queries.content_of(reread(report)))
    rationales = [one.rationale for audit in audits for one in audit.answers]
    assert (len(audits), counted) == (12, 12)
    assert "Changed afterwards" not in rationales
    assert "Rationale 0 of daily-life: the day is told by the child." in rationales


def test_whoever_put_it_forward_cannot_issue_it(cast: Cast) -> None:
    report = make_report(cast)
    report = actions.put_forward(by=cast.qa_lead, report=report, with_shareable=False)
    with pytest.raises(actions.SamePerson):
        actions.issue(by=cast.qa_lead, report=report)
    assert actions.issue(by=cast.director, report=report).state == "issued"


def test_the_page_says_so_too(cast: Cast, client_of: Any) -> None:
    report = actions.put_forward(by=cast.qa_lead, report=make_report(cast), with_shareable=False)
    client = client_of(cast.qa_lead)
    page = client.get(f"/reports/{report.public_id}").content.decode()
    assert "You put it forward, so somebody else issues it." in page
    answer_page = client.post(f"/reports/{report.public_id}/issue").content.decode()
    assert "Somebody else has to issue it." in answer_page
    assert reread(report).state == "checked"


def test_while_audits_are_missing_the_conclusion_stands_beside_the_completeness(
    cast: Cast, client_of: Any
) -> None:
    report = make_report(cast, make_reported_round(cast, missing=3, state="auditing"))
    page = client_of(cast.qa_officer).get(f"/reports/{report.public_id}").content.decode()
    conclusion = page.split('id="conclusion"')[1]
    assert "12 of 15 audits are submitted; 3 are missing, of which 3 are late." in conclusion[:900]
    assert "Nobody has said yet what the missing audits could change." in page


def test_it_is_not_put_forward_without_saying_what_the_missing_audits_could_change(
    cast: Cast, client_of: Any
) -> None:
    report = make_report(cast, make_reported_round(cast, missing=3, state="auditing"))
    client = client_of(cast.qa_officer)
    page = client.post(f"/reports/{report.public_id}/put-forward", {"with_shareable": "on"}).content.decode()
    assert "Audits are missing. Write what they could change" in page
    assert reread(report).state == "draft"
    write(cast, report, "caveat", "The missing audits are all of one team.")
    client.post(f"/reports/{report.public_id}/put-forward", {"with_shareable": "on"})
    assert reread(report).state == "checked"


def test_two_officers_cannot_overwrite_each_other_unawares(cast: Cast, client_of: Any) -> None:
    report = make_report(cast)
    address = f"/reports/{report.public_id}/write/grades"
    first, second = client_of(cast.qa_officer), client_of(cast.qa_lead)
    first.post(address, {"text": "What the officer wrote", "version": "0"})
    page = second.post(address, {"text": "What the lead wrote", "version": "0"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "What the officer wrote" in text
    assert "What the lead wrote" in text
    assert ReportText.objects.get(report=report, part="grades").text == "What the officer wrote"
    second.post(address, {"text": "Both, brought together", "version": "1"})
    assert ReportText.objects.get(report=report, part="grades").text == "Both, brought together"


def test_a_report_that_is_put_forward_cannot_be_written_in(cast: Cast, client_of: Any) -> None:
    report = make_report(cast, state="checked")
    with pytest.raises(actions.ReportNotInState):
        words.write_part(by=cast.qa_officer, report=report, part="grades", text="Late", version=0)
    answered = client_of(cast.qa_officer).post(
        f"/reports/{report.public_id}/write/grades", {"text": "Late", "version": "0"}
    )
    assert answered.status_code == 403


def test_a_report_sent_back_is_a_draft_with_its_reason_and_counts_anew(cast: Cast, client_of: Any) -> None:
    report = make_report(cast, state="checked")
    client_of(cast.director).post(f"/reports/{report.public_id}/send-back", {"reason": "Say more of fathers"})
    row = reread(report)
    assert (row.state, row.figures, row.digest, row.checked_by) == ("draft", {}, "", None)
    page = client_of(cast.qa_officer).get(f"/reports/{report.public_id}").content.decode()
    assert "Say more of fathers" in page
    again = actions.put_forward(by=cast.qa_officer, report=row, with_shareable=False)
    assert not again.texts.filter(part="returned").exists()


def test_a_new_version_begins_with_the_words_of_the_one_before_and_replaces_it(
    cast: Cast, client_of: Any
) -> None:
    of = make_reported_round(cast)
    first = make_report(cast, of, "issued")
    reported_audit(cast, of, 1)
    client = client_of(cast.qa_officer)
    refused = client.post("/reports/begin", {"round": of.public_id, "reason": ""}).content.decode()
    assert "Enter what changed since the version that was issued." in refused
    client.post("/reports/begin", {"round": of.public_id, "reason": "One audit came late"})
    second = Report.objects.as_system("recording").get(round=of, number=2)
    assert second.texts.get(part="conclusion").text == first.texts.get(part="conclusion").text
    second = actions.put_forward(by=cast.qa_officer, report=second, with_shareable=False)
    actions.issue(by=cast.qa_lead, report=second)
    assert reread(first).state == "superseded"
    page = client.get(f"/reports/{second.public_id}/changes").content.decode()
    assert "One audit came late" in page
    assert "Overall: Good" in page
    assert client.get(f"/reports/{first.public_id}").status_code == 200


def test_an_issued_report_says_by_whom_when_and_with_which_digest(cast: Cast, client_of: Any) -> None:
    report = make_report(cast, state="issued")
    page = client_of(cast.ben).get(f"/reports/{report.public_id}").content.decode()
    assert f"Issued by {cast.qa_lead.name} on {dates.in_words(dates.today())}." in page
    assert report.digest in page


def test_words_changed_behind_the_back_of_the_product_are_told(cast: Cast, client_of: Any) -> None:
    report = make_report(cast, state="issued")
    ReportText.objects.filter(report=report).update(text="All is well.")
    page = client_of(cast.qa_lead).get(f"/reports/{report.public_id}").content.decode()
    assert "are not those that were put forward" in page


def test_the_round_goes_along_with_its_report(cast: Cast) -> None:
    of = make_reported_round(cast)
    report = make_report(cast, of)
    report = actions.put_forward(by=cast.qa_officer, report=report, with_shareable=False)
    of.refresh_from_db(from_queryset=type(of).objects.as_system("recording"))
    assert of.state == "drafted"
    actions.send_back(by=cast.qa_lead, report=report, reason="Not yet")
    of.refresh_from_db(from_queryset=type(of).objects.as_system("recording"))
    assert of.state == "analysis"
    report = actions.put_forward(by=cast.qa_officer, report=reread(report), with_shareable=False)
    actions.issue(by=cast.qa_lead, report=report)
    of.refresh_from_db(from_queryset=type(of).objects.as_system("recording"))
    assert of.state == "finalised"


def test_a_draft_is_seen_by_the_quality_team_only(cast: Cast, client_of: Any) -> None:
    report = make_report(cast)
    address = f"/reports/{report.public_id}"
    assert client_of(cast.qa_lead).get(address).status_code == 200
    assert client_of(cast.ben).get(address).status_code == 404
    assert client_of(cast.cath).get(address).status_code == 404
    assert client_of(cast.sam).get(address).status_code == 404


def test_the_annex_holds_only_audits_that_the_reader_may_read(cast: Cast, client_of: Any) -> None:
    of = make_reported_round(cast, counted=12)
    report = make_report(cast, of, "issued")
    own = client_of(cast.ben).get(f"/reports/{report.public_id}/annex").content.decode()
    assert "Rationale 0 of daily-life" in own
    elsewhere = client_of(cast.cath).get(f"/reports/{report.public_id}/annex").content.decode()
    assert "It shows 0 of the 12 audits" in elsewhere
    assert "Rationale" not in elsewhere
    assert of.audits._every_row().first().reference not in elsewhere


def test_what_was_found_last_time_stands_beside_what_happened_since(cast: Cast, client_of: Any) -> None:
    before = make_reported_round(
        cast,
        title="Children on plans",
        first_month=dates.first_of_month(dates.today(), -2),
        last_month=dates.first_of_month(dates.today(), -2),
    )
    make_report(cast, before, "issued")
    finding = Finding.objects.create(
        kind="gap", state="open", text="Plans", raised_on=dates.today(), raised_by=cast.qa_officer
    )
    before.findings.create(finding=finding)
    report = make_report(cast, make_reported_round(cast, counted=15))
    page = client_of(cast.qa_officer).get(f"/reports/{report.public_id}").content.decode()
    assert "The round before was “Children on plans”" in page
    assert "Areas for development: 1." in page
    assert "no clear change" in page


def test_the_programme_of_a_report_prints_the_four_statuses_and_holds_a_round_from_march_to_april(
    cast: Cast, client_of: Any
) -> None:
    def month(number: int, year: int = 2018) -> dict[str, date]:
        return {"first_month": date(year, number, 1), "last_month": date(year, number, 1)}

    spring = month(3) | {"last_month": date(2018, 4, 1)}
    make_round(title="Spring", state="finalised", with_draw=False, **spring)
    make_round(title="Before", state="completed", with_draw=False, **month(3))
    make_round(title="Old", state="completed", with_draw=False, is_historic=True, **month(5))
    of = make_reported_round(cast, counted=1, title="Now", **month(7))
    programme = figures_of(of)["programme"]
    assert [(one["title"], one["counted"], one["state"]) for one in programme] == [
        ("Spring", 0, "Audits completed, analysis in progress"),
        ("Old", None, "Completed"),
        ("Now", 1, "Audits completed, analysis in progress"),
    ]
    page = client_of(cast.qa_officer).get(f"/reports/{make_report(cast, of).public_id}").content.decode()
    assert "Action plan status" in page
    assert "Plan finalised" not in page


def test_a_nonsense_part_or_file_is_not_found(cast: Cast, client_of: Any) -> None:
    report = make_report(cast)
    client = client_of(cast.qa_officer)
    assert client.get(f"/reports/{report.public_id}/write/nothing").status_code == 404
    assert client.get(f"/reports/{report.public_id}/write/caveat").status_code == 404


def test_the_list_pages_and_keeps_its_filter(cast: Cast, client_of: Any) -> None:
    for _ in range(26):
        make_report(cast, make_reported_round(cast, counted=0, state="auditing"))
    client = client_of(cast.qa_officer)
    with CaptureQueriesContext(connection) as seen:
        page = client.get("/reports?state=draft").content.decode()
    assert len(seen) <= 18
    assert "1 to 25 of 26 reports" in page
    assert "?state=draft&amp;page=2" in page
    assert "There is no report here yet" in client.get("/reports?state=issued").content.decode()


def test_a_round_under_way_can_be_reported_on_and_stays_under_way(cast: Cast) -> None:
    of = make_reported_round(cast, missing=1, state="auditing")
    report = make_report(cast, of)
    write(cast, report, "caveat", "One audit of a young child.")
    actions.issue(
        by=cast.qa_lead, report=actions.put_forward(by=cast.qa_officer, report=report, with_shareable=False)
    )
    of.refresh_from_db(from_queryset=type(of).objects.as_system("recording"))
    assert of.state == "auditing"
    assert make_audit(cast, of=of).round_id == of.pk
