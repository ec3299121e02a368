"""The pages of rounds: proposing, planning, the programme, one round with its cases, and what each costs."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plumbline.audits.management.commands.verify_draw import verdict_on
from plumbline.audits.models import CaseListUpload, Round, Slot, VoiceContact
from plumbline.shared import dates
from plumbline.shared.tables import write_csv
from tests.factories.audits import make_audit, make_round, make_tool
from tests.factories.cast import Cast
from tests.factories.rounds import HEAD, SEED, case_list_file, case_rows, drawn_round, imported, planned_round
from tests.integration.conftest import SignedIn

MONTH = dates.first_of_month(dates.today())


def text_of(answer: Any) -> str:
    return " ".join(str(answer.content.decode()).split())


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def plan_form(**more: Any) -> dict[str, Any]:
    return {
        "title": "Neglect",
        "theme": "Children living with neglect",
        "rationale": "Too many waited.",
        "kind": "deep_dive",
        "audit_kind": "peer",
        "first_month": MONTH.isoformat(),
        "last_month": MONTH.isoformat(),
        "target_min": "18",
        "target_max": "25",
        "sample_size": "20",
        "stratum_minimum": "0",
        "no_repeat_months": "12",
        "moderation_percent": "20",
        **boxes("audits_due_on", MONTH + timedelta(days=20)),
        **boxes("report_due_on", MONTH + timedelta(days=30)),
    } | more


def row(made: Round) -> Round:
    return Round.objects.as_system("draw").get(pk=made.pk)


def test_a_manager_proposes_a_theme_and_the_quality_team_agrees_it(cast: Cast) -> None:
    given = {
        key: plan_form()[key]
        for key in ("title", "theme", "rationale", "kind", "audit_kind", "first_month", "last_month")
    }
    answer = SignedIn(cast.ben).post("/rounds/propose", given)
    made = Round.objects.as_system("draw").get()
    assert answer["Location"] == f"/rounds/{made.public_id}"
    assert (made.state, made.proposed_by, made.audits_due_on is not None) == ("proposed", cast.ben, True)
    assert SignedIn(cast.ben).get(f"/rounds/{made.public_id}/plan").status_code == 403
    assert "waits to be agreed: Neglect" in text_of(SignedIn(cast.qa_officer).get("/"))
    tool = make_tool()
    SignedIn(cast.qa_officer).post(
        f"/rounds/{made.public_id}/plan", plan_form(tool=tool.public_id, focus="One?\nTwo?")
    )
    planned = row(made)
    assert (planned.state, planned.tool, planned.focus) == ("planned", tool, ["One?", "Two?"])


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"title": ""}, "Enter title"),
        ({"target_min": "30"}, "The most must be no fewer than the fewest."),
        ({"sample_size": "many"}, "Cases to draw must be a whole number from 1 to 200."),
        ({"strata": ["team", "sex", "ethnicity"]}, "Select at most 2"),
        (
            {"last_month": dates.first_of_month(MONTH, -1).isoformat()},
            "The last month must be the first month or later.",
        ),
        (boxes("report_due_on", MONTH), "The report cannot be due before the audits."),
        ({"first_month": "soon"}, "Select a valid choice"),
    ],
)
def test_a_form_says_what_to_do_and_keeps_nothing(cast: Cast, more: dict[str, Any], words: str) -> None:
    made = planned_round(cast)
    answer = SignedIn(cast.qa_officer).post(f"/rounds/{made.public_id}/change", plan_form(**more))
    assert answer.status_code == 200
    assert words in text_of(answer)
    assert row(made).sample_size == 20
    assert row(made).title == "Neglect"


def test_beside_the_cases_to_draw_stands_what_that_many_could_say(cast: Cast) -> None:
    made = planned_round(cast, sample_size=40)
    page = text_of(SignedIn(cast.qa_officer).get(f"/rounds/{made.public_id}/change"))
    assert "40 drawn cases can only say 35% to 65%; 80 would say" in page


def test_a_drawn_round_offers_only_what_the_draw_has_not_settled(cast: Cast) -> None:
    made = drawn_round(cast)
    page = text_of(SignedIn(cast.qa_lead).get(f"/rounds/{made.public_id}/change"))
    assert 'name="target_max"' in page
    assert 'name="sample_size"' not in page
    form = {"title": "Other", "target_min": "5", "target_max": "9"}
    form |= boxes("audits_due_on", MONTH) | boxes("report_due_on", MONTH)
    SignedIn(cast.qa_lead).post(f"/rounds/{made.public_id}/change", form)
    assert (row(made).title, row(made).target_min, row(made).sample_size) == ("Other", 5, 20)


def test_a_round_is_called_off_with_a_reason(cast: Cast) -> None:
    made = planned_round(cast)
    address = f"/rounds/{made.public_id}/cancel"
    assert "Enter reason" in text_of(SignedIn(cast.qa_lead).post(address, {"reason": ""}))
    SignedIn(cast.qa_lead).post(address, {"reason": "Inspection"})
    assert "Inspection" in text_of(SignedIn(cast.qa_lead).get(f"/rounds/{made.public_id}"))
    again = SignedIn(cast.qa_lead).post(address, {"reason": "Twice"}, follow=True)
    assert "Nothing was changed: the round has moved on" in text_of(again)


def test_the_list_is_filtered_by_status_and_year_and_nonsense_changes_nothing(cast: Cast) -> None:
    planned_round(cast)
    make_round(title="Old one", first_month=date(2017, 7, 1), last_month=date(2017, 8, 1), state="completed")
    client = SignedIn(cast.ben)
    assert "Old one" not in text_of(client.get("/rounds", {"status": "Planned"}))
    assert "Old one" in text_of(client.get("/rounds", {"year": "2017"}))
    assert "No round fits." in text_of(client.get("/rounds", {"year": "2018"}))
    for strange in ("x" * 300, "-1", "\x00", "99999"):
        assert client.get("/rounds", {"status": strange, "year": strange, "page": strange}).status_code == 200


def test_the_programme_counts_months_not_rounds_and_says_the_gaps(cast: Cast) -> None:
    for month in (1, 2, 3, 4, 5, 6, 9, 10, 11):
        day = date(2017, month, 1)
        make_round(with_draw=False, first_month=day, last_month=day, state="completed", is_historic=True)
    summer = {"first_month": date(2017, 7, 1), "last_month": date(2017, 8, 1)}
    make_round(with_draw=False, title="Summer", **summer, state="analysis", is_historic=True)
    make_round(
        with_draw=False, first_month=date(2017, 12, 1), last_month=date(2017, 12, 1), state="cancelled"
    )
    page = text_of(SignedIn(cast.scrutiny_member).get("/programme", {"year": "2017"}))
    assert "10 rounds cover 11 of 12 months. No round looked at December." in page
    assert "July and August 2017" in page
    assert "9 of 10 are completed. 1 is not, so the year is not yet fully known." in page
    assert "Audits completed, analysis in progress" in page


def test_the_programme_is_shown_by_financial_year_too_and_saved_so(cast: Cast) -> None:
    spring = {"first_month": date(2018, 3, 1), "last_month": date(2018, 4, 1)}
    make_round(with_draw=False, title="Spring", **spring, state="completed", is_historic=True)
    early = {"first_month": date(2017, 1, 1), "last_month": date(2017, 1, 1)}
    make_round(with_draw=False, title="Early", **early, state="completed", is_historic=True)
    client = SignedIn(cast.ben).confirmed()
    page = text_of(client.get("/programme?year=2017"))
    assert "Show the financial year" in page
    assert "Spring" not in page
    for year in (2017, 2018):
        page = text_of(client.get(f"/programme?year={year}&from=april"))
        assert f"Programme of audits {year} to {year + 1}" in page
        assert "Spring" in page
        assert "1 round covers 1 of 12 months." in page
        assert "Early" not in page
    assert "2016 to 2017" in page
    assert "/programme.csv?year=2018&amp;from=april" in page
    saved = client.get("/programme.csv?year=2018&from=april")
    assert "audit-programme-2018-to-2019.csv" in saved["Content-Disposition"]
    assert len(saved.content.decode().splitlines()) == 2


def test_the_programme_sets_audits_done_against_the_range_and_saves_as_csv(cast: Cast) -> None:
    made = make_round(target_min=2, target_max=3)
    for state in ("submitted", "closed", "started", "replaced"):
        make_audit(cast, of=made, state=state)
    page = text_of(SignedIn(cast.ben).get("/programme"))
    assert "2 (within 2 to 3)" in page
    assert "0 under, 1 within, 0 over" in page
    answer = SignedIn(cast.ben).confirmed().get(f"/programme.csv?year={MONTH.year}")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Number,Theme,Months")
    assert lines[1].endswith(",2,2,3,within,Audit in progress,Case file audits")


def test_a_round_shows_its_cases_by_state_and_team_and_who_is_late(cast: Cast) -> None:
    made = make_round()
    late = make_audit(cast, of=made, due_on=dates.today() - timedelta(days=6))
    other = make_audit(cast, of=made, state="closed", unit=cast.units["fostering"])
    client = SignedIn(cast.qa_lead)
    address = f"/rounds/{made.public_id}"
    page = text_of(client.get(address))
    assert "1 audit is late by 6 days." in page
    assert late.reference in page
    assert other.reference in page
    assert "6 days late" in page
    assert other.reference not in text_of(client.get(address, {"late": "1"}))
    assert late.reference not in text_of(client.get(address, {"state": "closed"}))
    fostering = text_of(client.get(address, {"team": cast.units["fostering"].public_id}))
    assert late.reference not in fostering
    assert other.reference in fostering


def test_voices_count_who_was_heard_who_was_tried_and_silence(cast: Cast) -> None:
    made = make_round()
    heard, tried, _silent = (make_audit(cast, of=made, state="closed") for _ in range(3))
    for audit, of, outcome in (
        (heard, "child", "given"),
        (heard, "parent", "given"),
        (tried, "child", "attempted"),
        (tried, "professional", "given"),
    ):
        words = "Said" if outcome == "given" else ""
        VoiceContact.objects.create(
            audit=audit, of=of, on=dates.today(), outcome=outcome, words=words, recorded_by=cast.amira
        )
    page = text_of(SignedIn(cast.qa_lead).get(f"/rounds/{made.public_id}"))
    assert (
        "Child heard in 1 of 3 audits done, family in 1. Tried but nobody heard in 1. Nothing logged in 1."
        in page
    )


def test_ben_sees_of_a_round_only_the_shared_audits_of_his_team(cast: Cast) -> None:
    made = make_round()
    own = make_audit(cast, of=made, state="shared")
    hidden = make_audit(cast, of=made, state="submitted")
    elsewhere = make_audit(cast, of=made, state="shared", unit=cast.units["fostering"])
    page = text_of(SignedIn(cast.ben).get(f"/rounds/{made.public_id}"))
    assert own.reference in page
    assert hidden.reference not in page
    assert elsewhere.reference not in page
    assert "These are the audits you may see." in page
    nothing = text_of(SignedIn(cast.lead_member).get(f"/rounds/{made.public_id}"))
    assert own.reference not in nothing
    assert "There is no audit of this round that you may see." in nothing


def test_a_case_list_is_imported_on_the_page_from_file_to_frame(cast: Cast) -> None:
    made = planned_round(cast)
    client = SignedIn(cast.qa_officer)
    rows = [(*HEAD, "Child name"), *((*case, "Ana Bell") for case in case_rows(9))]
    file = SimpleUploadedFile("May.csv", write_csv(rows))
    answer = client.post(f"/rounds/{made.public_id}/case-list/import", {"file": file}, follow=True)
    address, page = answer.redirect_chain[-1][0], text_of(answer)
    assert address.endswith("/columns")
    assert "This looks like people’s names." in page
    columns = [
        "reference",
        "plan_type",
        "team",
        "worker",
        "started_on",
        "birth_month",
        "sex",
        "ethnicity",
        "disability",
    ]
    said = {f"column_{n}": value for n, value in enumerate(columns)}
    assert "Select what “Child name” is, or leave it out" in text_of(client.post(address, said))
    answer = client.post(address, said | {"column_9": "leave-out"}, follow=True)
    assert "9 cases would be the list that “Neglect” is drawn from." in text_of(answer)
    check = answer.redirect_chain[-1][0]
    seen = answer.context["seen"]
    done = client.post(check, {"seen": seen}, follow=True)
    assert "The case list is imported." in text_of(done)
    listed = text_of(client.get(f"/rounds/{made.public_id}/case-list"))
    assert "LC-10004" in listed
    assert "Ana" not in listed
    assert client.post(check, {"seen": seen})["Location"] == f"/rounds/{made.public_id}/case-list"


def test_problems_and_spellings_are_shown_on_the_page_with_what_to_do(cast: Cast) -> None:
    made = planned_round(cast)
    client = SignedIn(cast.qa_officer)
    rows = [("Case ref", "Plan", "Team"), ("A1", "Edge", "north"), ("", "CIN", "north")]
    file = SimpleUploadedFile("x.csv", write_csv(rows))
    page = text_of(client.post(f"/rounds/{made.public_id}/case-list/import", {"file": file}, follow=True))
    assert "Row 3, column A (Case ref)" in page
    assert "Say what the spellings mean" in page
    upload = CaseListUpload.objects.get()
    spellings = f"/case-lists/{upload.public_id}/spellings"
    assert "Plan type: “Edge”" in text_of(client.get(spellings))
    client.post(spellings, {"plan_type_0": "early-help"})
    after = text_of(client.get(f"/case-lists/{upload.public_id}"))
    assert "Nothing can be imported until everything below is put right" in after
    assert "Choose the corrected file" in after


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("x.pdf", b"%PDF", "The file must end in .csv or .xlsx."),
        ("x.csv", b"", "The file is empty."),
        ("x.xlsx", b"PK\x03\x04broken", "not a workbook"),
        ("x.csv", b"\xff\xfe\x00", "not in UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    cast: Cast, name: str, data: bytes, words: str
) -> None:
    made = planned_round(cast)
    file = SimpleUploadedFile(name, data)
    answer = SignedIn(cast.qa_officer).post(f"/rounds/{made.public_id}/case-list/import", {"file": file})
    assert answer.status_code == 200
    assert words in text_of(answer)


def test_an_upload_is_its_owners_alone(cast: Cast) -> None:
    made = planned_round(cast)
    client = SignedIn(cast.qa_officer)
    file = SimpleUploadedFile("x.csv", case_list_file(3))
    client.post(f"/rounds/{made.public_id}/case-list/import", {"file": file})
    upload = CaseListUpload.objects.get()
    for page in ("", "/columns", "/spellings"):
        assert SignedIn(cast.qa_lead).get(f"/case-lists/{upload.public_id}{page}").status_code == 404


def test_seed_draw_and_leaving_out_on_the_pages_need_two_people(cast: Cast) -> None:
    made = planned_round(cast)
    imported(cast, made)
    officer, lead = SignedIn(cast.qa_officer), SignedIn(cast.qa_lead)
    address = f"/rounds/{made.public_id}"
    officer.post(f"{address}/draw/make")
    assert row(made).state == "cohort"
    officer.post(f"{address}/seed", {"value": SEED, "kind": "people", "how": "Dice"})
    page = text_of(officer.get(f"{address}/draw"))
    assert "20 of 60 cases are drawn." in page
    officer.post(f"{address}/draw/make")
    assert row(made).state == "drawn"
    slot = Slot.objects.as_system("draw").filter(state="selected").first()
    assert slot is not None
    officer.post(f"/slots/{slot.public_id}/leave-out", {"reason": "closed", "note": ""})
    assert "You asked for this yourself." in text_of(
        officer.post(f"/slots/{slot.public_id}/decide", {"answer": "agree"})
    )
    assert "1 drawn case waits for a second person" in text_of(lead.get("/"))
    assert "1 drawn case waits" not in text_of(officer.get("/"))
    done = lead.post(f"/slots/{slot.public_id}/decide", {"answer": "agree"}, follow=True)
    assert "the next in the order takes its place" in text_of(done)
    slot = Slot.objects.as_system("draw").get(pk=slot.pk)
    assert slot.state == "excluded"


def test_a_round_without_a_tool_cannot_be_drawn(cast: Cast) -> None:
    made = planned_round(cast, tool=None)
    imported(cast, made)
    client = SignedIn(cast.qa_officer)
    client.post(f"/rounds/{made.public_id}/seed", {"value": "1", "kind": "people", "how": "Dice"})
    assert "Choose the audit tool first" in text_of(client.get(f"/rounds/{made.public_id}/draw"))
    assert "choose the audit tool first" in text_of(
        client.post(f"/rounds/{made.public_id}/draw/make", follow=True)
    )


def test_a_picked_case_is_asked_for_by_reference(cast: Cast) -> None:
    made = drawn_round(cast)
    address = f"/rounds/{made.public_id}/draw/pick"
    client = SignedIn(cast.qa_lead)
    form = {"reference": "LC-1", "route": "inspector", "why": "Asked for"}
    assert "This reference is not in the case list." in text_of(client.post(address, form))
    free = Slot.objects.as_system("draw").filter(state="reserve").select_related("case").last()
    assert free is not None
    client.post(address, form | {"reference": free.case.reference})
    assert "Picked by an inspector" in text_of(client.get(f"/rounds/{made.public_id}/draw?show=picked"))


def certificate(cast: Cast, made: Round) -> bytes:
    return SignedIn(cast.qa_officer).confirmed().get(f"/rounds/{made.public_id}/certificate.json").content


def test_the_certificate_is_verified_with_the_file_as_it_was_imported(cast: Cast) -> None:
    made = drawn_round(cast, strata=["team", "age_band"], plan_types=["child-in-need", "child-in-care"])
    file = case_list_file(60)
    verdict = verdict_on(certificate(cast, made), file)
    assert verdict.is_match, verdict.sentence
    assert "40 cases" in verdict.sentence


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda told, rows: rows.pop(), "The list was changed"),
        (lambda told, rows: rows.append(("LC-999", *rows[0][1:])), "LC-999 was not in it"),
        (lambda told, rows: told["seed"].update(value="1"), "The seed is not the one"),
        (lambda told, rows: told["strata"][0]["order"].reverse(), "The order differs"),
    ],
)
def test_the_first_difference_is_named(cast: Cast, change: Any, words: str) -> None:
    made = drawn_round(cast)
    told, rows = json.loads(certificate(cast, made)), case_rows(60)
    change(told, rows)
    verdict = verdict_on(json.dumps(told).encode(), write_csv([HEAD, *rows]))
    assert not verdict.is_match
    assert words in verdict.sentence


def test_the_draw_matches_after_cases_were_left_out_picked_and_passed_over(cast: Cast) -> None:
    from tests.integration.audits.test_draws import audit_of, selected

    earlier = drawn_round(cast, sample_size=6, month=dates.first_of_month(MONTH, -2))
    for slot in selected(earlier):
        audit_of(slot, cast)
    made = drawn_round(cast, sample_size=8)
    officer, lead = SignedIn(cast.qa_officer), SignedIn(cast.qa_lead)
    for slot in selected(made)[:3]:
        officer.post(f"/slots/{slot.public_id}/leave-out", {"reason": "family", "note": ""})
        lead.post(f"/slots/{slot.public_id}/decide", {"answer": "agree"})
    reserve = (
        Slot.objects.as_system("draw")
        .filter(draw__round=made, state="reserve")
        .select_related("case")
        .first()
    )
    assert reserve is not None
    form = {"reference": reserve.case.reference, "route": "purposive", "why": "Complaint"}
    lead.post(f"/rounds/{made.public_id}/draw/pick", form)
    told = certificate(cast, made)
    verdict = verdict_on(told, case_list_file(60))
    assert verdict.is_match, verdict.sentence
    assert len(json.loads(told)["recent"]) == 6
    assert "Sam" not in told.decode()


def test_the_certificate_page_is_the_same_content_for_print(cast: Cast) -> None:
    made = drawn_round(cast)
    page = text_of(SignedIn(cast.director).get(f"/rounds/{made.public_id}/certificate"))
    told = json.loads(certificate(cast, made))
    assert told["frame"]["digest"] in page
    assert SEED in page
    for place in told["strata"][0]["order"]:
        assert place["reference"] in page


def test_what_a_declared_interest_hides_is_withheld_and_cannot_be_verified(cast: Cast) -> None:
    made = drawn_round(cast)
    cast.declare_interest(cast.qa_officer, unit="fostering")
    client = SignedIn(cast.qa_officer)
    hidden = [
        slot.case.reference
        for slot in Slot.objects.as_system("draw")
        .filter(case__unit=cast.units["fostering"])
        .select_related("case")
    ]
    told = certificate(cast, made)
    for text in (
        text_of(client.get(f"/rounds/{made.public_id}/draw")),
        text_of(client.get(f"/rounds/{made.public_id}/case-list")),
        text_of(client.get(f"/rounds/{made.public_id}/certificate")),
        told.decode(),
    ):
        assert not any(reference in text for reference in hidden)
    assert "declared an interest" in verdict_on(told, case_list_file(60)).sentence


def test_the_sample_is_compared_with_small_numbers_hidden(cast: Cast) -> None:
    made = drawn_round(cast, cases=60)
    page = text_of(SignedIn(cast.director).get(f"/rounds/{made.public_id}/sample"))
    assert "By plan type the 20 random cases look like the 60 they were drawn from" in page
    assert "hidden, so that no child can be identified" in page


@pytest.mark.parametrize("page", ["", "/draw", "/certificate", "/sample", "/case-list"])
def test_rights_of_the_pages_of_a_round(cast: Cast, page: str) -> None:
    made = drawn_round(cast)
    address = f"/rounds/{made.public_id}{page}"
    assert SignedIn(cast.qa_officer).get(address).status_code == 200
    assert SignedIn(cast.ben).get(address).status_code == (200 if page == "" else 404)
    director = 404 if page == "/case-list" else 200
    assert SignedIn(cast.director).get(address).status_code == director


@pytest.mark.parametrize("address", ["/rounds", "/programme", "/rounds/{id}", "/rounds/{id}/draw", "/"])
def test_pages_of_rounds_ask_no_more_with_25_audits_than_with_5(cast: Cast, address: str) -> None:
    made = make_round()
    client = SignedIn(cast.qa_lead)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address.format(id=made.public_id)).status_code == 200
        return len(seen)

    for _ in range(5):
        make_audit(cast, of=made)
    asked()
    few = asked()
    for n in range(20):
        make_audit(
            cast,
            of=made,
            auditor=cast.ben,
            unit=cast.units["south"],
            due_on=dates.today() - timedelta(days=n),
        )
        make_round(first_month=MONTH, last_month=MONTH)
    assert asked() <= few
