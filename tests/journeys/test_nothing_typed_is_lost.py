"""What an auditor types stays: over a reload, a second tab, the end of the session and a lost connection."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys import rounds
from tests.journeys.conftest import User

SAVED = "as a draft"


@pytest.fixture(scope="module")
def audit(browser: Browser, served: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of an audit that the auditor has just been given."""
    file: Path = tmp_path_factory.mktemp("list") / "list.csv"
    return rounds.gives_an_audit(browser, served, "Listening in supervision", file)


def evidence(user: User, n: int = 0) -> Locator:
    return user.page.get_by_role("textbox", name="Evidence").nth(n)


def test_a_draft_is_there_after_a_reload_and_nothing_is_in_the_browser(user: User, audit: str) -> None:
    user.signs_in("auditor").goes_to(f"{audit}/sections/child-in-the-room")
    evidence(user).fill("She chose the song for the walk to school.")
    evidence(user).press("Tab")
    expect(user.page.locator("[data-draft]")).to_contain_text(SAVED)
    assert user.page.evaluate("localStorage.length + sessionStorage.length") == 0
    user.page.reload()
    expect(evidence(user)).to_have_value("She chose the song for the walk to school.")
    assert "not yet saved to the audit" in user.text()
    assert user.violations() == []


def test_two_tabs_that_answer_the_same_question_are_shown_side_by_side(user: User, audit: str) -> None:
    user.signs_in("auditor").goes_to(f"{audit}/sections/sessions-held")
    second = User(user.context, user.address).goes_to(f"{audit}/sections/sessions-held")
    for tab, words in ((user, "Six sessions in six months."), (second, "Five sessions, one made up.")):
        evidence(tab).fill(words)
        tab.page.get_by_role("radio", name="Met", exact=True).first.check()
        tab.presses("Save for later")
        tab.page.wait_for_url(f"**{audit}" if tab is user else "**/conflict")
    assert "Six sessions in six months." in second.text()
    assert "Five sessions, one made up." in second.text()
    assert second.violations() == []


def test_words_stay_on_the_page_when_the_session_ended_elsewhere(user: User, audit: str) -> None:
    user.signs_in("auditor").goes_to(f"{audit}/sections/room-to-think")
    other = User(user.context, user.address).goes_to("/")
    other.page.get_by_role("button", name="Sign out").click()
    other.page.wait_for_url("**/account/sign-in")
    evidence(user).fill("A second explanation was tried.")
    evidence(user).press("Tab")
    expect(user.page.locator("[data-draft]")).to_contain_text(
        "You are signed out. Your words are still on this page."
    )
    expect(user.page.get_by_role("link", name="Sign in in another tab")).to_be_visible()
    expect(evidence(user)).to_have_value("A second explanation was tried.")


def test_the_notes_of_a_talk_are_there_after_the_session_ended_and_until_they_are_saved(
    user: User, audit: str
) -> None:
    user.signs_in("auditor").goes_to(f"{audit}/discussion")
    notes = user.page.get_by_role("textbox", name="What the worker told you")
    notes.fill("The visits were moved so that the father could come.")
    notes.press("Tab")
    expect(user.page.locator("[data-draft]")).to_contain_text(SAVED)
    assert user.page.evaluate("localStorage.length + sessionStorage.length") == 0
    user.context.clear_cookies()
    user.signs_in("auditor").goes_to(f"{audit}/discussion")
    expect(notes).to_have_value("The visits were moved so that the father could come.")
    assert "It is not saved yet" in user.text()
    assert user.violations() == []
    user.page.get_by_role("radio", name="No, and there will be no talk").check()
    user.page.get_by_role("textbox", name="Why there was no talk").fill("She has left the council.")
    user.page.get_by_role("button", name="Save", exact=True).click()
    user.page.wait_for_url(f"**{audit}")
    user.goes_to(f"{audit}/discussion")
    assert "It is not saved yet" not in user.text()


def test_words_are_saved_once_the_connection_is_back(user: User, audit: str) -> None:
    user.signs_in("auditor").goes_to(f"{audit}/sections/room-to-think")
    user.context.set_offline(True)
    evidence(user, 1).fill("The visit was moved to the evening.")
    evidence(user, 1).press("Tab")
    expect(user.page.locator("[data-draft]")).to_contain_text("no connection")
    user.context.set_offline(False)
    expect(user.page.locator("[data-draft]")).to_contain_text(SAVED, timeout=20_000)
    user.page.reload()
    expect(evidence(user, 1)).to_have_value("The visit was moved to the evening.")
    # The browser itself says in its console that it was offline.
    user.complaints[:] = [one for one in user.complaints if "ERR_INTERNET_DISCONNECTED" not in one]
