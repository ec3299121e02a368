"""An audit from the talk to its submission in a browser that runs no script."""

from pathlib import Path

from playwright.sync_api import Browser

from plumbline.shared import dates
from tests.journeys import rounds
from tests.journeys.conftest import User


def day(user: User) -> None:
    """Fills the boxes of a date with today."""
    today = dates.today()
    for part, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        user.page.get_by_label(part, exact=True).fill(str(value))


def saves(user: User, name: str = "Save") -> None:
    with user.page.expect_navigation():
        user.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def test_an_audit_is_written_and_submitted_without_javascript(
    browser: Browser, served: str, tmp_path: Path
) -> None:
    audit = rounds.gives_an_audit(browser, served, "Supervision without scripts", tmp_path / "list.csv")
    user = User(browser.new_context(java_script_enabled=False), served).signs_in("auditor")
    user.goes_to(f"{audit}/discussion").page.get_by_label("Yes").first.check()
    day(user)
    user.page.get_by_label("Who took part").fill("Social worker and team manager")
    saves(user)
    for whose in ("The child or young person", "A parent"):
        user.goes_to(f"{audit}/voices/add").page.get_by_label(whose).check()
        day(user)
        user.page.get_by_label("Met in person").check()
        user.page.get_by_label("They gave their views").check()
        user.page.get_by_label("What they said").fill("I like it when you come on time.")
        user.page.get_by_label("Yes, they agreed").check()
        saves(user)
    user.goes_to(audit).page.locator("a[href*='/sections/']").first.click()
    # What is pressed to be saved is saved, also before the page is complete.
    first = user.page.url
    user.page.get_by_label("Evidence").first.fill("Half a sentence")
    saves(user, "Save for later")
    user.page.goto(first)
    assert user.page.get_by_label("Evidence").first.input_value() == "Half a sentence"
    while "/sections/" in user.page.url:
        for question in user.page.locator("fieldset.plumbline-question").all():
            if question.get_by_role("radio").count() == 0:
                question.get_by_role("textbox").first.fill("Keep the day of the session.")
                continue
            question.get_by_label("Evidence").fill(
                "Notes of the session in May say what the child asked for."
            )
            question.get_by_label("Met", exact=True).check()
        saves(user, "Save and continue")
    user.goes_to(f"{audit}/grades")
    saves(user)
    saves(user)
    saves(user, "Submit the audit")
    assert "Submitted" in user.text()
    user.context.close()
    assert user.complaints == []
