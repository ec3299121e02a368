"""People join, move, change managers, leave and come back; earlier days keep what was."""

from datetime import date, timedelta

import pytest
import time_machine

from plumbline.event_log.models import Event
from plumbline.people.actions.leaving import close_accounts, come_back, leave
from plumbline.people.actions.people import add_person, change_name, move_post, set_line_manager
from plumbline.people.actions.roles import end_role
from plumbline.people.models import LineManagement, Person, PostHolding, RoleGrant
from plumbline.people.rules.refusals import Reason, Refused
from plumbline.people.rules.roles import Role
from plumbline.people.scope import viewer_of
from plumbline.shared import dates
from tests.factories.cast import SINCE, Cast, grant_role
from tests.integration.conftest import SignedIn

DAY = timedelta(days=1)


def refusal(change: object, **given: object) -> Reason:
    with pytest.raises(Refused) as refused:
        change(**given)  # type: ignore[operator]
    return refused.value.reason


def count_events(action: str) -> int:
    return Event.objects.as_system("verify-event-log").filter(action=action).count()


def manager_on(person: Person, day: date) -> Person | None:
    row = next(
        (
            row
            for row in LineManagement.objects.filter(person=person)
            if row.starts_on <= day and (row.ends_on is None or row.ends_on > day)
        ),
        None,
    )
    return row.manager if row else None


def test_an_added_person_has_a_post_a_manager_and_an_account_without_rights(cast: Cast) -> None:
    today = dates.today()
    person = add_person(
        by=cast.system_administrator,
        name="  Ned   Vale ",
        email="ned@cast.example",
        title="Social worker",
        unit=cast.units["north"],
        manager=cast.ben,
        starts_on=today,
    )
    assert person.name == "Ned Vale"
    assert manager_on(person, today) == cast.ben
    assert person.user is not None
    assert not person.user.has_usable_password()
    assert viewer_of(person.user, today).grants == ()
    assert count_events("person.add") == 1


def test_one_address_has_one_account(cast: Cast) -> None:
    given = {
        "by": cast.system_administrator,
        "name": "Other",
        "title": "Officer",
        "unit": cast.units["north"],
        "starts_on": dates.today(),
    }
    assert refusal(add_person, email="BEN@cast.example", **given) == Reason.ADDRESS_TAKEN
    assert not PostHolding.objects.filter(person__name="Other").exists()


def test_a_changed_name_is_logged_without_either_name(cast: Cast) -> None:
    change_name(by=cast.system_administrator, person=cast.sam, name="Sam Reed")
    event = Event.objects.as_system("verify-event-log").get(action="person.change_name")
    assert event.detail == {"fields": ["name"]}
    same = {"by": cast.system_administrator, "person": cast.sam, "name": "Sam Reed"}
    assert refusal(change_name, **same) == Reason.NOTHING_CHANGES


def test_a_move_ends_the_old_holding_and_starts_the_new_one_on_the_day(cast: Cast) -> None:
    today, sam = dates.today(), cast.sam
    old = sam.holdings.get()
    new = move_post(
        by=cast.system_administrator,
        person=sam,
        title="Senior",
        unit=cast.units["south"],
        on=today,
        leaves=old,
    )
    old.refresh_from_db()
    assert (old.starts_on, old.ends_on, new.starts_on, new.ends_on) == (SINCE, today, today, None)


def test_a_person_may_hold_a_further_post_and_a_vacant_one_is_filled_again(cast: Cast) -> None:
    today, by = dates.today(), cast.system_administrator
    further = move_post(by=by, person=cast.sam, title="Champion", unit=cast.units["north"], on=today)
    assert cast.sam.holdings.filter(ends_on=None).count() == 2
    leave(by=by, person=cast.sam, on=today + DAY)
    again = move_post(by=by, person=cast.ben, title="Champion", unit=cast.units["north"], on=today + 2 * DAY)
    assert again.post == further.post


def test_a_post_is_not_left_before_it_began_and_not_another_persons(cast: Cast) -> None:
    given = {
        "by": cast.system_administrator,
        "person": cast.sam,
        "title": "Senior",
        "unit": cast.units["safeguarding"],
    }
    before = SINCE - DAY
    assert refusal(move_post, on=before, leaves=cast.sam.holdings.get(), **given) == Reason.BEFORE_IT_OPENED
    with pytest.raises(PostHolding.DoesNotExist):
        move_post(on=dates.today(), leaves=cast.ben.holdings.get(), **given)  # type: ignore[arg-type]


def test_a_line_manager_asked_for_on_an_earlier_day_is_the_earlier_one(cast: Cast) -> None:
    today = dates.today()
    set_line_manager(by=cast.system_administrator, person=cast.sam, manager=cast.amira, on=today)
    assert manager_on(cast.sam, today - DAY) == cast.ben
    assert manager_on(cast.sam, today) == cast.amira
    set_line_manager(by=cast.system_administrator, person=cast.sam, manager=None, on=today + DAY)
    assert manager_on(cast.sam, today + DAY) is None


def test_line_management_never_goes_in_a_circle(cast: Cast) -> None:
    today, by = dates.today(), cast.system_administrator
    set_line_manager(by=by, person=cast.ben, manager=cast.amira, on=today)
    given = {"by": by, "on": today}
    assert (
        refusal(set_line_manager, person=cast.amira, manager=cast.sam, **given) == Reason.MANAGED_IN_A_CIRCLE
    )
    assert refusal(set_line_manager, person=cast.sam, manager=cast.sam, **given) == Reason.MANAGES_THEMSELVES


def test_leaving_ends_posts_roles_and_line_management_and_hands_the_people_over(cast: Cast) -> None:
    today = dates.today()
    leave(by=cast.system_administrator, person=cast.ben, on=today, reports_go_to=cast.amira)
    assert not PostHolding.objects.filter(person=cast.ben, ends_on=None).exists()
    grants = RoleGrant.objects.as_system("role-rules").filter(person=cast.ben)
    assert [grant.ends_on for grant in grants] == [today]
    assert manager_on(cast.sam, today - DAY) == cast.ben
    assert manager_on(cast.sam, today) == cast.amira
    assert refusal(leave, by=cast.system_administrator, person=cast.ben, on=today) == Reason.HAS_LEFT


def test_somebody_who_leaves_today_is_out_with_the_next_click(cast: Cast) -> None:
    open_tab = SignedIn(cast.ben)
    assert open_tab.get("/people").status_code == 200
    leave(by=cast.system_administrator, person=cast.ben, on=dates.today())
    answer = open_tab.get("/people")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/sign-in")


def test_an_account_closed_on_leaving_does_not_revive_an_old_session_on_coming_back(cast: Cast) -> None:
    today, by = dates.today(), cast.system_administrator
    open_tab = SignedIn(cast.ben)
    assert open_tab.get("/people").status_code == 200
    leave(by=by, person=cast.ben, on=today)
    cast.ben.refresh_from_db()
    come_back(by=by, person=cast.ben, title="Officer", unit=cast.units["north"], on=today)
    cast.ben.user.refresh_from_db()  # type: ignore[union-attr]
    assert cast.ben.user.is_active  # type: ignore[union-attr]
    assert open_tab.get("/people").status_code == 302
    assert viewer_of(cast.ben.user, today).grants == ()  # type: ignore[arg-type]


def test_a_leaving_day_to_come_closes_the_account_only_when_it_comes(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    today, user = dates.today(), cast.ben.user
    assert user is not None
    leave(by=cast.system_administrator, person=cast.ben, on=today + DAY)
    assert close_accounts() == 0
    assert viewer_of(user, today).grants
    assert viewer_of(user, today + DAY).grants == ()
    monkeypatch.setattr(dates, "today", lambda: today + DAY)
    assert (close_accounts(), close_accounts()) == (1, 0)
    user.refresh_from_db()
    assert not user.is_active


def test_a_day_before_the_present_post_is_no_leaving_day(cast: Cast) -> None:
    given = {"by": cast.system_administrator, "person": cast.ben}
    assert refusal(leave, on=SINCE, **given) == Reason.BEFORE_THE_POST
    assert cast.ben.holdings.count() == 1


def test_a_moved_person_is_lost_to_the_old_manager_and_seen_by_the_new_one(cast: Cast) -> None:
    ben, cath = SignedIn(cast.ben), SignedIn(cast.cath)
    address = f"/people/{cast.sam.public_id}"
    assert (ben.get(address).status_code, cath.get(address).status_code) == (200, 404)
    move_post(
        by=cast.system_administrator,
        person=cast.sam,
        title="Officer",
        unit=cast.units["fostering"],
        on=dates.today(),
        leaves=cast.sam.holdings.get(),
    )
    assert (ben.get(address).status_code, cath.get(address).status_code) == (404, 200)


def test_a_role_taken_away_does_not_count_at_the_next_click(cast: Cast) -> None:
    grant = grant_role(cast.sam, Role.ANALYST, None)
    lead = SignedIn(cast.qa_lead)
    assert lead.get(f"/people/{cast.sam.public_id}").status_code == 200
    (own,) = RoleGrant.objects.as_system("role-rules").filter(person=cast.qa_lead)
    end_role(by=cast.system_administrator, grant=own, on=dates.today())
    assert lead.get(f"/people/{cast.sam.public_id}").status_code == 404
    assert grant.person == cast.sam


@pytest.mark.parametrize(
    ("ends_on", "last_second", "midnight"),
    [
        (date(2026, 7, 1), "2026-06-30T22:59:59+00:00", "2026-06-30T23:00:00+00:00"),
        (date(2026, 12, 1), "2026-11-30T23:59:59+00:00", "2026-12-01T00:00:00+00:00"),
    ],
)
def test_access_with_an_end_stops_at_midnight_in_london_in_summer_and_in_winter(
    cast: Cast, ends_on: date, last_second: str, midnight: str
) -> None:
    RoleGrant.objects.as_system("role-rules").filter(person=cast.inspector).update(ends_on=ends_on)
    with time_machine.travel(last_second, tick=False):
        open_tab = SignedIn(cast.inspector)
        assert open_tab.get("/teams").status_code == 200
    with time_machine.travel(midnight, tick=False):
        assert open_tab.get("/teams").status_code == 404
