"""The pages of people and teams: who sees what, what a form takes, and what a page costs."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plumbline.event_log.models import Event, Kind
from plumbline.people.models import GrantState, Interest, Person, PostHolding, RoleGrant, Unit
from plumbline.people.rules.roles import Role
from plumbline.shared import dates
from tests.factories.cast import SINCE, Cast
from tests.integration.conftest import SignedIn


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def grants_of(person: Person) -> list[RoleGrant]:
    return list(RoleGrant.objects.as_system("role-rules").filter(person=person))


def test_the_list_of_people_holds_those_in_scope_and_no_other_name(cast: Cast) -> None:
    page = text_of(SignedIn(cast.ben).get("/people"))
    assert ">Sam</a>" in page
    assert "Cath" not in page


def test_filters_narrow_the_list_and_nonsense_in_the_address_changes_nothing(cast: Cast) -> None:
    lead = SignedIn(cast.qa_lead)
    team = cast.units["safeguarding"].public_id
    page = text_of(lead.get("/people", {"team": team, "q": "s"}))
    assert ">Sam</a>" in page
    assert ">Cath</a>" not in page
    assert ">Ben</a>" in text_of(lead.get("/people", {"role": "team-manager"}))
    assert ">Sam</a>" not in text_of(lead.get("/people", {"role": "team-manager"}))
    strange = {"team": "x" * 500, "role": "king", "page": "-4", "show": "?", "q": "\x00"}
    assert lead.get("/people", strange).status_code == 200


def test_somebody_who_may_not_see_roles_cannot_filter_by_them(cast: Cast) -> None:
    page = text_of(SignedIn(cast.ben).get("/people", {"role": "team-manager"}))
    assert 'name="role"' not in page
    assert ">Sam</a>" in page


def test_a_person_out_of_scope_is_absent_and_one_in_scope_cannot_be_changed_by_rank(cast: Cast) -> None:
    ben = SignedIn(cast.ben)
    assert ben.get(f"/people/{cast.cath.public_id}").status_code == 404
    assert ben.get(f"/people/{cast.sam.public_id}/name").status_code == 403
    assert ben.post(f"/people/{cast.cath.public_id}/leave", {}).status_code in (403, 404)


def test_reading_a_person_and_a_list_is_logged_once_each(cast: Cast) -> None:
    ben = SignedIn(cast.ben)
    ben.get(f"/people/{cast.sam.public_id}")
    ben.get("/people")
    ben.get(f"/teams/{cast.units['north'].public_id}")
    reads = Event.objects.as_system("verify-event-log").filter(actor=cast.ben.public_id)
    assert [(one.kind, one.action, one.rows) for one in reads.order_by("pk")] == [
        (Kind.READ, "person.view", 1),
        (Kind.LIST, "person.view", 2),
        (Kind.LIST, "person.view", 2),
    ]


def add_form(cast: Cast, **more: str) -> dict[str, str]:
    unit = cast.units["north"].public_id
    return {"name": "Ned Vale", "title": "Officer", "unit": unit, **boxes("starts_on", dates.today()), **more}


def test_fields_that_a_form_does_not_ask_for_are_ignored(cast: Cast) -> None:
    extra = {
        "role": "director",
        "roles": "director",
        "state": "agreed",
        "public_id": "000000000000",
        "left_on": "2020-01-01",
        "user": "1",
        "is_active": "on",
    }
    answer = SignedIn(cast.system_administrator).post("/people/add", add_form(cast, **extra))
    assert answer.status_code == 302
    ned = Person.objects.as_system("role-rules").get(name="Ned Vale")
    assert (ned.left_on, ned.user, grants_of(ned)) == (None, None, [])
    assert ned.public_id != "000000000000"


def test_a_proposal_cannot_agree_itself(cast: Cast) -> None:
    given = {
        "person": cast.cath.public_id,
        "role": "team-manager",
        "unit": cast.units["north"].public_id,
        "reason": "Cover",
        "state": "agreed",
        "decided_by": cast.director.public_id,
        "proposed_by": cast.director.public_id,
        **boxes("starts_on", dates.today()),
    }
    assert SignedIn(cast.system_administrator).confirmed().post("/roles/propose", given).status_code == 302
    grant = RoleGrant.objects.as_system("role-rules").get(person=cast.cath, unit=cast.units["north"])
    assert (grant.state, grant.decided_by, grant.proposed_by) == (
        GrantState.PROPOSED,
        None,
        cast.system_administrator,
    )


def test_a_change_of_rights_asks_again_that_it_is_you(cast: Cast) -> None:
    given = {
        "person": cast.cath.public_id,
        "role": "auditor",
        "reason": "x",
        **boxes("starts_on", dates.today()),
    }
    client = SignedIn(cast.system_administrator)
    assert client.get("/roles/propose")["Location"] == "/account/confirm?next=%2Froles%2Fpropose"
    before = len(grants_of(cast.cath))
    assert client.post("/roles/propose", given)["Location"] == "/account/confirm?next=%2F"
    (own, *_) = grants_of(cast.cath)
    assert client.post(f"/roles/{own.public_id}/end", {})["Location"].startswith("/account/confirm")
    assert len(grants_of(cast.cath)) == before


def test_a_role_for_oneself_is_refused_whatever_the_form_is_sent(cast: Cast) -> None:
    by = cast.system_administrator
    given = {"person": by.public_id, "role": "director", "reason": "x", **boxes("starts_on", dates.today())}
    answer = SignedIn(by).confirmed().post("/roles/propose", given)
    assert answer.status_code == 200
    assert [grant.role for grant in grants_of(by)] == [Role.SYSTEM_ADMINISTRATOR]


def test_an_id_out_of_reach_gives_a_form_error_that_names_nobody(cast: Cast) -> None:
    by = cast.system_administrator
    cast.declare_interest(by, about=cast.cath)
    answer = SignedIn(by).post("/people/add", add_form(cast, manager=cast.cath.public_id))
    assert answer.status_code == 200
    assert "Line manager: select from the list" in text_of(answer)
    assert "Cath" not in text_of(answer)
    assert cast.cath.public_id not in text_of(answer)
    assert not Person.objects.as_system("role-rules").filter(name="Ned Vale").exists()


def test_a_merge_with_one_foreign_id_does_nothing_and_names_nobody(cast: Cast) -> None:
    given = {
        "units": [cast.units["north"].public_id, cast.units["south"].public_id, "000000000000"],
        "target": "new",
        "name": "Harbour Team",
        "confirmed": "on",
        **boxes("on", dates.today()),
    }
    answer = SignedIn(cast.system_administrator).post("/teams/merge", given)
    assert answer.status_code == 200
    assert "000000000000" not in text_of(answer)
    assert Unit.objects.filter(closed_on=None).count() == len(cast.units)


def test_a_merge_says_in_numbers_what_will_happen_before_it_happens(cast: Cast) -> None:
    admin = SignedIn(cast.system_administrator)
    given: dict[str, Any] = {
        "units": [cast.units["north"].public_id, cast.units["south"].public_id],
        "target": "new",
        "name": "Harbour Team",
        **boxes("on", dates.today()),
    }
    page = text_of(admin.post("/teams/merge", given))
    assert "2 people" in page
    assert "2 roles" in page
    assert Unit.objects.filter(closed_on=None).count() == len(cast.units)
    answer = admin.post("/teams/merge", given | {"confirmed": "True"})
    assert answer.status_code == 302
    assert "Harbour Team" in text_of(admin.get(answer["Location"]))


def test_a_team_that_cannot_close_says_who_stands_against_it_in_numbers(cast: Cast) -> None:
    address = f"/teams/{cast.units['north'].public_id}/close"
    given = {"confirmed": "True", **boxes("on", dates.today())}
    page = text_of(SignedIn(cast.system_administrator).post(address, given))
    assert "2 people and 0 teams are in it" in page
    assert "Sam" not in page


def test_the_proposer_of_a_role_who_may_also_decide_is_told_that_somebody_else_must(cast: Cast) -> None:
    grant = RoleGrant.objects.create(
        person=cast.cath,
        role=Role.ANALYST,
        reason="Cover",
        starts_on=dates.today(),
        proposed_by=cast.director,
    )
    answer = (
        SignedIn(cast.director).confirmed().post(f"/roles/{grant.public_id}/decide", {"decision": "agree"})
    )
    assert answer.status_code == 200
    assert "a second person has to decide" in text_of(answer)
    refusals = Event.objects.as_system("verify-event-log").filter(kind=Kind.REFUSAL)
    assert [event.detail["reason"] for event in refusals] == ["own proposal"]


def test_anybody_declares_an_interest_of_their_own_and_of_nobody_else(cast: Cast) -> None:
    sam = SignedIn(cast.sam)
    given = {"unit": cast.units["fostering"].public_id, "reason": "My partner works there"}
    assert sam.post("/interests/declare", given).status_code == 302
    assert Interest.objects.as_system("role-rules").get().person == cast.sam
    assert sam.get(f"/people/{cast.ben.public_id}/interest").status_code in (403, 404)


def test_the_answer_about_a_colleagues_address_is_the_same_whether_there_is_one_or_not(cast: Cast) -> None:
    sam = SignedIn(cast.sam)
    said = []
    for address in ("cath@cast.example", "nobody@cast.example"):
        answer = sam.post("/interests/declare", {"colleague": address, "reason": "Friend"}, follow=True)
        said.append([str(message) for message in answer.context["messages"]])
    assert said[0] == said[1]


def test_the_tree_is_shown_as_it_stood_on_the_day_asked_for(cast: Cast) -> None:
    ben = SignedIn(cast.ben)
    assert "Safeguarding North" in text_of(ben.get("/teams"))
    before = boxes("on", date(2020, 1, 1))
    assert "Safeguarding North" not in text_of(ben.get("/teams", before))
    wrong = text_of(ben.get("/teams", {"on_day": "31", "on_month": "2", "on_year": "2026"}))
    assert "must be a real date" in wrong


@pytest.mark.parametrize(
    "address", ["/people/%00", "/teams/%00", "/people/x", "/teams/x", "/roles/x/decide", "/interests/x/end"]
)
def test_an_address_that_names_nothing_is_not_found(cast: Cast, address: str) -> None:
    assert SignedIn(cast.director).get(address).status_code == 404


def queries(do: Callable[[], Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert do().status_code == 200
    return len(caught)


def grow(cast: Cast, number: int) -> None:
    for n in range(number):
        cast.add(f"extra {n}", "north", Role.SOCIAL_WORKER, manager="ben")


@pytest.mark.parametrize(
    ("who", "address", "most"),
    [
        ("qa_lead", "/people", 22),
        ("ben", "/people", 22),
        ("qa_lead", "/people/{ben}", 26),
        ("ben", "/teams", 16),
        ("ben", "/teams/{north}", 28),
        ("system_administrator", "/people/add", 20),
    ],
)
def test_a_page_costs_the_same_however_many_people_there_are(
    cast: Cast, who: str, address: str, most: int
) -> None:
    client = SignedIn(cast.people[who])
    path = address.format(ben=cast.ben.public_id, north=cast.units["north"].public_id)
    client.get(path)
    few = queries(lambda: client.get(path))
    grow(cast, 12)
    many = queries(lambda: client.get(path))
    assert few == many
    assert many <= most


def test_a_long_list_has_pages_that_keep_the_filters(cast: Cast) -> None:
    grow(cast, 30)
    page = text_of(SignedIn(cast.ben).get("/people", {"q": "extra"}))
    assert "1 to 25 of 30 people" in page
    assert "?q=extra&amp;page=2" in page


def test_a_persons_page_folds_what_is_over_into_a_history(cast: Cast) -> None:
    PostHolding.objects.filter(person=cast.sam).update(ends_on=date(2025, 7, 1))
    page = text_of(SignedIn(cast.qa_lead).get(f"/people/{cast.sam.public_id}"))
    assert "<details" in page
    assert f"{dates.in_words(SINCE)} to 30 June 2025" in page
