"""Findings: raised, changed, opened, withdrawn; who sees which; the list and its filters."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plumbline.event_log.models import Event
from plumbline.improvement.actions import findings as acting
from plumbline.improvement.models import Finding
from plumbline.improvement.presenters.waiting import found_in_improvement
from plumbline.improvement.queries.findings import findings_without_action
from plumbline.shared import dates
from tests.factories.cast import Cast
from tests.factories.improvement import make_action, make_finding


def stored() -> Any:
    return Finding.objects.as_system("recording")


def test_a_strength_is_raised_as_easily_as_an_area_for_development(cast: Cast, client_of: Any) -> None:
    form = {
        "kind": "strength",
        "text": "Children see the same worker for years",
        "unit": cast.units["north"].public_id,
        "causes": ["continuity"],
        "routes": ["sharing"],
    }
    assert client_of(cast.qa_officer).post("/findings/add", form).status_code == 302
    row = stored().get()
    assert (row.kind, row.state, row.unit, row.causes) == (
        "strength",
        "open",
        cast.units["north"],
        ["continuity"],
    )


def test_a_cause_that_is_not_listed_is_refused(cast: Cast, client_of: Any) -> None:
    form = {"kind": "gap", "text": "x", "causes": ["somebody"]}
    page = client_of(cast.qa_officer).post("/findings/add", form)
    assert "Select from the list" in page.content.decode()
    assert stored().count() == 0


def test_a_draft_can_be_changed_and_an_open_finding_cannot(cast: Cast, client_of: Any) -> None:
    draft = make_finding(cast, is_open=False)
    client = client_of(cast.qa_officer)
    form = {"kind": "barrier", "text": "The office has no room for families"}
    assert client.post(f"/findings/{draft.public_id}/change", form).status_code == 302
    changed = stored().get()
    assert (changed.kind, changed.text) == ("barrier", form["text"])
    opened = acting.open_finding(by=cast.qa_officer, finding=changed)
    assert client.post(f"/findings/{opened.public_id}/change", form).status_code == 403
    with pytest.raises(acting.NotInState):
        acting.change_finding(by=cast.qa_officer, finding=opened, text="Other")


def test_a_withdrawn_finding_stays_to_be_read_with_its_reason(cast: Cast, client_of: Any) -> None:
    row = make_finding(cast)
    client = client_of(cast.qa_lead)
    client.post(f"/findings/{row.public_id}/withdraw", {"reason": "Raised twice"})
    page = client.get(f"/findings/{row.public_id}").content.decode()
    assert "Withdrawn" in page
    assert "Raised twice" in page


def test_the_worker_sees_a_finding_about_their_work_only_once_it_is_open(cast: Cast, client_of: Any) -> None:
    row = make_finding(cast, worker=cast.sam, is_open=False)
    client = client_of(cast.sam)
    assert client.get(f"/findings/{row.public_id}").status_code == 404
    acting.open_finding(by=cast.qa_lead, finding=row)
    assert client.get(f"/findings/{row.public_id}").status_code == 200


def test_cath_sees_no_finding_of_the_north(cast: Cast, client_of: Any) -> None:
    row = make_finding(cast)
    client = client_of(cast.cath)
    assert client.get(f"/findings/{row.public_id}").status_code == 404
    assert row.public_id not in client.get("/findings").content.decode()
    assert list(found_in_improvement(cast.viewer(cast.cath), "plans")) == []


def test_a_finding_without_an_action_is_an_open_one_that_is_no_strength(cast: Cast) -> None:
    bare = make_finding(cast)
    make_finding(cast, kind="strength")
    make_finding(cast, is_open=False)
    make_action(cast, findings=[make_finding(cast)])
    dropped = make_finding(cast)
    make_action(cast, "withdrawn", findings=[dropped])
    assert set(findings_without_action(cast.viewer(cast.qa_lead))) == {bare, dropped}


def test_filters_narrow_the_list(cast: Cast, client_of: Any) -> None:
    make_finding(cast, text="A gap in the north")
    make_finding(cast, text="A strength in the south", kind="strength", unit=cast.units["south"])
    client = client_of(cast.qa_officer)
    both = {"A gap in the north", "A strength in the south"}
    for query, wanted in (
        ("kind=strength", {"A strength in the south"}),
        (f"team={cast.units['north'].public_id}", {"A gap in the north"}),
        ("q=gap+in", {"A gap in the north"}),
        ("without_action=1", {"A gap in the north"}),
        ("state=draft", set()),
        ("criterion=nonsense", set()),
        ("page=99", both),
    ):
        page = client.get(f"/findings?{query}").content.decode()
        assert {one for one in both if one in page} == wanted, query


def test_the_file_holds_what_may_be_taken_away(cast: Cast, client_of: Any) -> None:
    make_finding(cast, text="Open one")
    make_finding(cast, text="Draft one", is_open=False, by=cast.amira)
    answer = client_of(cast.ben).confirmed().get("/findings/export")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[2] for row in rows] == ["What was found", "Open one"]
    assert client_of(cast.sam).get("/findings/export").status_code == 403


def test_an_event_repeats_nothing_of_the_finding(cast: Cast) -> None:
    make_finding(cast, text="Words that stay inside")
    events = Event.objects.as_system("verify-event-log").filter(object_type="finding")
    assert [event.action for event in events] == ["finding.raise"]
    assert "Words that stay inside" not in str(list(events.values()))


def test_an_empty_list_says_what_would_fill_it(cast: Cast, client_of: Any) -> None:
    page = client_of(cast.sam).get("/findings").content.decode()
    assert "appear here once an audit is shared" in page


@pytest.mark.parametrize("more", [1, 24])
def test_the_list_asks_the_same_number_of_questions_whatever_its_length(
    cast: Cast, client_of: Any, more: int
) -> None:
    for _ in range(more):
        make_finding(cast, raised_on=dates.today())
    client = client_of(cast.qa_officer)
    client.get("/findings")
    with CaptureQueriesContext(connection) as asked:
        client.get("/findings")
    assert len(asked) == LIST_QUERIES


LIST_QUERIES = 18
