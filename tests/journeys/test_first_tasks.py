"""Each role signs in and does the first thing it comes for."""

import pytest

from plumbline.people.rules.roles import Role
from tests.journeys.conftest import User


@pytest.mark.parametrize("role", list(Role))
def test_each_role_signs_in_and_sees_what_waits_for_it(user: User, role: str) -> None:
    user.signs_in(role)
    assert user.page.get_by_role("heading", level=1).inner_text() == "My work"
    assert [heading.inner_text() for heading in user.page.get_by_role("heading", level=2).all()][:3] == [
        "Now",
        "This week",
        "Later",
    ]
    user.page.get_by_role("button", name="Sign out").click()
    user.page.wait_for_url("**/account/sign-in")


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
