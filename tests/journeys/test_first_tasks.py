"""Each role signs in and does the first thing it comes for."""

import pytest

from plumbline.people.rules.roles import Role
from plumbline.shared import dates
from tests.journeys.conftest import User


def reads_a_criterion(user: User) -> None:
    user.follows("Standards", "1. ")
    assert "What good looks like" in user.text()


def opens_their_audit(user: User) -> None:
    user.follows("Go on with the audit of")
    reference = user.page.get_by_role("heading", level=1).inner_text().removeprefix("Audit ")
    user.follows("The child in the room")
    assert reference in user.page.locator("body").inner_text()
    assert user.page.get_by_role("main").get_by_role("radio").count() > 0


def reads_a_tool(user: User) -> None:
    user.follows("Tools", "Whole-case audit")
    assert "child" in user.text()


def gives_a_second_rating(user: User) -> None:
    user.follows("Give a second rating of", "Give your judgements")
    user.page.get_by_label("Met", exact=True).first.check()
    user.presses("Save and come back later")
    assert "Your judgements are kept." in user.page.locator("body").inner_text()


def replies_to_a_shared_audit(user: User) -> None:
    user.follows("Reply to the audit of")
    assert "found" in user.page.get_by_role("heading", level=1).inner_text()
    user.follows("Reply in your own words")
    user.page.get_by_label("Your reply").fill("I had asked the school before the visit, and noted it since.")
    user.presses("Send your reply")
    assert "I had asked the school before the visit" in user.text()


def reads_a_concern(user: User) -> None:
    user.follows("Immediate concern,")
    assert "plan" in user.text()


def looks_at_the_year(user: User) -> None:
    user.follows("Schedule", "Year planner")
    assert user.page.get_by_role("table").count() > 0


def looks_who_reports_to_whom(user: User) -> None:
    user.follows("Schedule", "Who reports to whom")
    assert "received on time" in user.text()


def looks_at_what_was_delivered(user: User) -> None:
    user.follows("Schedule", "Delivered against planned")
    assert "what became of it" in user.text()


def looks_at_the_team(user: User) -> None:
    user.follows("People")
    user.page.get_by_role("table").get_by_role("link").first.click()
    assert user.page.get_by_role("heading", level=1).inner_text() in user.page.title()


def records_what_waits(user: User) -> None:
    user.page.get_by_role("main").get_by_role("link").filter(has_text="Record ").first.click()
    user.follows("Record that it was missed")
    user.page.get_by_role("textbox").last.fill("The chair was ill")
    user.presses("Save")
    assert "Missed" in user.text()


def makes_a_calendar(user: User) -> None:
    user.goes_to("/calendar").presses("Make an address")
    assert "/calendar/" in user.text()


def declares_an_interest(user: User) -> None:
    user.goes_to("/account").follows("Declare an interest")
    user.page.get_by_label("A team or service").select_option(index=3)
    user.page.get_by_label("What your interest is").fill("My partner works there")
    user.presses("Declare")
    assert "The interest is declared" in user.text()


def adds_a_note(user: User) -> None:
    user.follows("Standards", "3. ")
    user.page.get_by_role("main").get_by_role("link").filter(has_text="3.1").first.click()
    user.follows("Add a note")
    user.page.get_by_role("textbox").last.fill("We count a carer as family here.")
    user.presses()
    assert "We count a carer as family here." in user.text()


def agrees_to_a_role(user: User) -> None:
    user.page.get_by_role("main").get_by_role("link").filter(
        has_text="Agree or refuse the role"
    ).first.click()
    user.confirms_password_if_asked()
    user.page.get_by_label("Agree: the role counts from its first day").check()
    user.presses("Save the decision")
    assert "The role is agreed." in user.text()


def places_a_hold(user: User) -> None:
    user.follows("Retention", "Legal holds", "Place a hold")
    user.page.get_by_label("Name of the hold").fill("Inquiry into placements")
    user.page.get_by_label("Why nothing may be removed").fill("Announced this week")
    user.presses("Place the hold")
    assert "In force" in user.text()


def adds_a_person(user: User) -> None:
    user.follows("People", "Add a person")
    user.page.get_by_label("Full name").fill("Wren Larkspur")
    user.page.get_by_label("Job title").fill("Social worker")
    user.page.get_by_label("Team or service").select_option(index=4)
    user.presses()
    assert "Wren Larkspur" in user.text()


def plans_a_year(user: User) -> None:
    user.follows("Schedule", "Plan a year")
    user.page.get_by_role("radio").last.check()
    user.presses("Plan the year")
    assert user.page.get_by_role("alert").count() > 0


FIRST_TASKS = {
    Role.SOCIAL_WORKER: replies_to_a_shared_audit,
    Role.TEAM_MANAGER: looks_at_the_team,
    Role.AUDITOR: opens_their_audit,
    Role.PARTNER_AUDITOR: reads_a_tool,
    Role.MODERATOR: gives_a_second_rating,
    Role.QA_OFFICER: looks_at_what_was_delivered,
    Role.QA_LEAD: adds_a_note,
    Role.DIRECTOR: records_what_waits,
    Role.REGISTERED_MANAGER: looks_at_the_team,
    Role.REVIEWING_OFFICER: records_what_waits,
    Role.COMPLAINTS_OFFICER: records_what_waits,
    Role.CONCERN_HANDLER: reads_a_concern,
    Role.ANALYST: looks_at_what_was_delivered,
    Role.BUSINESS_SUPPORT: plans_a_year,
    Role.LEAD_MEMBER: makes_a_calendar,
    Role.SCRUTINY_MEMBER: looks_who_reports_to_whom,
    Role.DEMOCRATIC_SERVICES: declares_an_interest,
    Role.BOARD_MEMBER: looks_at_the_year,
    Role.INSPECTOR: reads_a_criterion,
    Role.INFORMATION_GOVERNANCE: places_a_hold,
    Role.SYSTEM_ADMINISTRATOR: adds_a_person,
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_signs_in_does_its_first_task_and_signs_out(user: User, role: Role) -> None:
    user.signs_in(role)
    assert user.page.get_by_role("heading", level=1).inner_text() == "My work"
    assert [heading.inner_text() for heading in user.page.get_by_role("heading", level=2).all()][:3] == [
        "Now",
        "This week",
        "Later",
    ]
    FIRST_TASKS[role](user)
    user.page.get_by_role("button", name="Sign out").click()
    user.page.wait_for_url("**/account/sign-in")


def test_a_second_person_decides_on_a_role(user: User) -> None:
    user.signs_in("information-governance")
    agrees_to_a_role(user)


def test_an_activity_is_recorded_with_the_keyboard_alone(user: User) -> None:
    """From the sign-in page to the record and out again, no mouse: Tab, Enter and typing."""
    user.goes_to("/account/sign-in")
    user.tabs_to("E-mail address").types("qa-officer@demo.example")
    user.tabs_to("Password").types("plumbline-demo")
    user.enters()
    user.tabs_to("Record ", "a").enters()
    user.tabs_to("Record that it was done", "a").enters()
    today = dates.today()
    for part, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        user.tabs_to(part).types(str(value))
    user.tabs_to("What came of it").types("Two teams share what works.")
    user.tabs_to("Save").enters()
    assert "Done" in user.text()
    assert "Two teams share what works." in user.text()
    user.tabs_to("Sign out").enters()
    assert "/account/sign-in" in user.page.url


def test_a_stranger_is_asked_to_sign_in_and_then_gets_where_they_wanted(user: User) -> None:
    user.goes_to("/permissions")
    assert "/account/sign-in" in user.page.url
    user.page.get_by_label("E-mail address").fill("social-worker@demo.example")
    user.page.get_by_label("Password", exact=True).fill("plumbline-demo")
    user.page.get_by_role("button", name="Sign in").click()
    user.page.wait_for_url("**/permissions")
    assert user.page.get_by_role("heading", level=1).inner_text() == "Who may do what"


def test_a_mistake_at_sign_in_is_named_and_its_link_leads_to_the_field(user: User) -> None:
    user.goes_to("/account/sign-in")
    user.page.get_by_role("button", name="Sign in").click()
    assert "Enter your e-mail address" in user.page.get_by_role("alert").inner_text()
    assert user.page.title().startswith("Error: ")
    assert user.broken_summary_links() == []
    assert user.violations() == []


def test_nothing_is_kept_in_the_browser_but_the_two_cookies(user: User) -> None:
    user.signs_in("team-manager")
    assert {cookie["name"] for cookie in user.context.cookies()} <= {"plumbline", "csrf"}
    assert user.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_pages_work_without_javascript(browser, served) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(java_script_enabled=False)
    person = User(context, served)
    person.signs_in("qa-lead")
    assert person.page.get_by_role("heading", level=1).inner_text() == "My work"
    context.close()
