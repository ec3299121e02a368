"""This month: where each round stands, what waits, and who sees which of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plumbline.audits.actions import allocating, requests
from plumbline.audits.models import Concern, Moderation, Report, ReportText, Round
from plumbline.framework.rules.months import month_end
from plumbline.improvement.models import Finding
from plumbline.shared import dates
from tests.factories.audits import make_audit, make_case, make_round, make_slot
from tests.factories.cast import Cast
from tests.factories.improvement import make_action, make_finding

pytestmark = pytest.mark.django_db


def page(client_of: Any, person: Any) -> str:
    answer = client_of(person).get("/this-month")
    assert answer.status_code == 200
    return str(answer.content.decode())


def section(text: str, key: str) -> str:
    """What stands in one section of the page."""
    start = text.index(f'id="{key}"')
    return text[start : text.index("</section>", start)]


def moderation(audit: Any, moderator: Any) -> Moderation:
    return Moderation.objects.create(audit=audit, why="lowest", moderator=moderator, due_on=dates.today())


def concern(cast: Cast, audit: Any) -> Concern:
    now = timezone.now()
    return Concern.objects.create(
        audit=audit,
        text="Not safe",
        handler=cast.concern_handler,
        raised_by=cast.amira,
        acknowledge_by=now,
        plan_by=now,
    )


def test_without_a_round_the_page_says_so_and_what_would_fill_it(cast: Cast, client_of: Any) -> None:
    text = page(client_of, cast.qa_officer)
    assert "No round is open." in text
    for words in ("No audit is late.", "No request waits.", "No second rating is open."):
        assert words in text
    assert "Every finding has an action." in text


def test_each_open_round_stands_at_its_step_with_how_many_are_done(cast: Cast, client_of: Any) -> None:
    of = make_round(cast, title="Neglect round")
    for state in ("submitted", "shared", "started", "exempted"):
        make_audit(cast, of=of, state=state)
    make_round(cast, title="Finished round", state="completed")
    text = page(client_of, cast.qa_officer)
    assert "Auditing 2 of 3" in text
    assert f"/rounds/{of.public_id}" in text
    assert "Finished round" not in text
    assert "1 audit is not submitted and the analysis is not written." in text


def test_late_audits_are_counted_in_a_sentence_and_listed_the_oldest_first(
    cast: Cast, client_of: Any
) -> None:
    of = make_round(cast)
    newer = make_audit(cast, of=of, due_on=dates.today() - timedelta(days=2))
    older = make_audit(cast, of=of, due_on=dates.today() - timedelta(days=6))
    make_audit(cast, of=of, state="submitted", due_on=dates.today() - timedelta(days=9))
    late = section(page(client_of, cast.qa_officer), "late")
    assert "2 audits are late. The oldest is 6 days." in late
    assert late.index(older.reference) < late.index(newer.reference)


def test_whoever_may_not_see_a_case_is_told_how_many_and_no_reference(cast: Cast, client_of: Any) -> None:
    audit = make_audit(cast, due_on=dates.today() - timedelta(days=2))
    text = page(client_of, cast.business_support)
    assert "1 audit is late by 2 days. 1 is not shown to you." in text
    assert audit.reference not in text
    cast.declare_interest(cast.qa_lead, unit="north")
    text = page(client_of, cast.qa_lead)
    assert audit.reference not in text
    assert "1 is not shown to you." in text


def test_what_waits_stands_in_its_section_with_its_link(cast: Cast, client_of: Any) -> None:
    of = make_round(cast)
    rated = make_audit(cast, of=of, state="in_moderation")
    moderation(rated, cast.moderator)
    shared = make_audit(cast, of=of, state="shared")
    submitted = make_audit(cast, of=of, state="submitted")
    mine = make_audit(cast, of=of)
    asked = requests.ask(by=cast.amira, audit=mine, kind="exemption", reason="x")
    finding = Finding.objects.create(
        kind="gap", state="open", text="No plan", raised_on=dates.today(), raised_by=cast.amira
    )
    text = page(client_of, cast.qa_lead)
    assert rated.reference in section(text, "moderation")
    assert shared.reference in section(text, "not-replied")
    assert submitted.reference in section(text, "to-share")
    assert asked.public_id in section(text, "requests")
    assert finding.public_id in section(text, "findings")
    assert "1 second rating is open" in text


def test_a_finding_that_needs_analysis_stands_there_until_somebody_is_asked_to_look_into_it(
    cast: Cast, client_of: Any
) -> None:
    flagged = make_finding(cast, kind="strength", text="Only in one team, why?", needs_analysis=True)
    make_finding(cast, text="Plain as day")
    found = section(page(client_of, cast.qa_officer), "analysis")
    assert "Only in one team, why?" in found
    assert "Plain as day" not in found
    listed = client_of(cast.qa_officer).get("/findings?to_analyse=1").content.decode()
    assert "Only in one team, why?" in listed
    assert "Needs further analysis" in listed
    assert "Plain as day" not in listed
    make_action(cast, findings=[flagged], text="Ask three teams how they do it")
    assert "No finding waits for further analysis." in section(page(client_of, cast.qa_officer), "analysis")


def test_actions_due_by_the_end_of_the_month_stand_there_the_late_ones_first(
    cast: Cast, client_of: Any
) -> None:
    today = dates.today()
    make_action(cast, "agreed", text="Due today", due_on=today)
    make_action(cast, "agreed", text="Long due", due_on=today - timedelta(days=6))
    make_action(cast, "done", text="Done already", due_on=today - timedelta(days=8))
    make_action(cast, "agreed", text="Next month", due_on=month_end(today) + timedelta(days=1))
    due = section(page(client_of, cast.qa_officer), "actions")
    assert "1 action is late." in due
    assert due.index("Long due") < due.index("6 days late") < due.index("Due today")
    assert "Done already" not in due
    assert "Next month" not in due


def test_a_coming_month_without_a_round_is_named_with_the_way_to_plan_one(cast: Cast, client_of: Any) -> None:
    one, two, three = (dates.first_of_month(dates.today(), n) for n in (1, 2, 3))
    make_round(cast, state="planned", first_month=one, last_month=one, with_draw=False)
    make_round(cast, state="proposed", first_month=two, last_month=two, with_draw=False)
    text = page(client_of, cast.qa_officer)
    assert f"No round looks at {dates.month_in_words(two)} yet." in text
    assert [dates.month_in_words(month) + " yet." in text for month in (one, three)] == [False, False]
    address = f"/rounds/propose?month={two:%Y-%m}"
    assert f'href="{address}"' in text
    assert f"/rounds/propose?month={two:%Y-%m}" not in page(client_of, cast.business_support)
    form = client_of(cast.qa_officer).get(address).content.decode()
    assert form.count(f'<option value="{two.isoformat()}" selected>') == 2


def test_an_exception_that_waits_stands_before_whoever_may_agree(cast: Cast, client_of: Any) -> None:
    of = make_round(cast, state="drawn")
    slot = make_slot(make_case(of, cast.units["north"], cast.sam))
    allocating.allocate_cases(
        by=cast.qa_officer,
        round=of,
        choices=[allocating.Choice(slot, cast.ben, "Only Ben")],
        due_on=dates.today() + timedelta(days=9),
    )
    assert "Exception in" in section(page(client_of, cast.qa_lead), "requests")
    assert "Exception in" not in section(page(client_of, cast.qa_officer), "requests")
    assert "Give 1 case to auditors" in page(client_of, cast.qa_officer)


def test_open_concerns_stand_on_top_for_those_who_may_see_them(cast: Cast, client_of: Any) -> None:
    concern(cast, make_audit(cast))
    text = page(client_of, cast.qa_lead)
    assert text.index("Immediate concerns") < text.index("plumbline-steps")
    assert "Immediate concerns" not in page(client_of, cast.qa_officer)


def test_a_written_report_lacks_only_its_next_step(cast: Cast, client_of: Any) -> None:
    of = make_round(cast, state="drafted")
    make_audit(cast, of=of, state="closed")
    report = Report.objects.create(round=of, number=1, made_by=cast.qa_officer)
    ReportText.objects.create(report=report, part="summary", text="Good", updated_by=cast.qa_officer)
    assert "It is not put forward." in page(client_of, cast.qa_officer)


def test_those_without_the_right_have_no_such_page(cast: Cast, client_of: Any) -> None:
    for person in (cast.sam, cast.ben, cast.amira, cast.director, cast.system_administrator):
        assert client_of(person).get("/this-month").status_code == 404


def test_a_long_list_says_how_many_more_there_are(cast: Cast, client_of: Any) -> None:
    for _ in range(13):
        requests.ask(by=cast.amira, audit=make_audit(cast), kind="exemption", reason="x")
    found = section(page(client_of, cast.qa_officer), "requests")
    assert "3 more" in found
    assert "/allocation/requests?state=asked" in found


def test_an_audit_is_found_by_its_reference_by_those_who_may_see_it(cast: Cast, client_of: Any) -> None:
    audit = make_audit(cast)
    address = f"/search?q={audit.reference}"
    for person, seen in ((cast.amira, True), (cast.qa_lead, True), (cast.cath, False), (cast.sam, False)):
        assert (f"/audits/{audit.public_id}" in client_of(person).get(address).content.decode()) is seen


def test_the_page_asks_no_more_as_rounds_and_audits_grow(cast: Cast, client_of: Any) -> None:
    client = client_of(cast.qa_lead)

    def grow(of: Round) -> None:
        rated = make_audit(cast, of=of, state="in_moderation", due_on=dates.today() - timedelta(days=1))
        moderation(rated, cast.moderator)
        concern(cast, make_audit(cast, of=of, due_on=dates.today() - timedelta(days=3)))
        make_audit(cast, of=of, state="shared")
        make_audit(cast, of=of, state="submitted")
        requests.ask(by=cast.amira, audit=make_audit(cast, of=of), kind="exemption", reason="x")
        Finding.objects.create(
            kind="gap", state="open", text="No plan", raised_on=dates.today(), raised_by=cast.amira
        )
        make_finding(cast, needs_analysis=True)
        make_action(cast, "agreed", due_on=dates.today() - timedelta(days=1))
        Report.objects.create(round=of, number=1, made_by=cast.qa_officer)

    def queries_made() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/this-month").status_code == 200
        return len(seen)

    grow(make_round(cast))
    client.get("/this-month")
    few = queries_made()
    # From ten rows on, a list asks how many more there are.
    for _ in range(3):
        grow(make_round(cast))
    assert queries_made() <= few
    assert few <= 40
