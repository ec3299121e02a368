"""An audit from the talk with the worker to its submission without a mouse."""

from pathlib import Path

from playwright.sync_api import Browser

from plumbline.shared import dates
from tests.journeys import rounds
from tests.journeys.conftest import User

# A radio shows its focus on the circle drawn before its label.
RADIO = """name => {
  const at = document.activeElement;
  if (!at || at.type !== 'radio' || at.labels[0].innerText.trim() !== name) return '';
  const circle = getComputedStyle(at.labels[0], '::before');
  return circle.outlineStyle !== 'none' || circle.boxShadow !== 'none' ? 'shown' : 'hidden';
}"""


def chooses(user: User, name: str, *, after: str = "") -> None:
    """Chooses an option: Tab to the first of its group, which is `after` where it is another, arrows, and Space."""
    for _ in range(60):
        user.page.keyboard.press("Tab")
        if user.page.evaluate(RADIO, after or name):
            break
    for _ in range(10):
        found = user.page.evaluate(RADIO, name)
        if found:
            assert found == "shown", f"nothing shows that {name} has the focus"
            user.page.keyboard.press("Space")
            return
        user.page.keyboard.press("ArrowDown")
    raise AssertionError(f"The keyboard never came to {name} on {user.page.url}")


def test_an_audit_is_done_from_the_talk_to_its_submission_with_the_keyboard_alone(
    user: User, browser: Browser, served: str, tmp_path: Path
) -> None:
    audit = rounds.gives_an_audit(browser, served, "Supervision by keyboard", tmp_path / "list.csv")
    user.signs_in("auditor").goes_to(audit)
    user.tabs_to("Talk with the worker", "a").enters()
    chooses(user, "Yes")
    today = dates.today()
    for part, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        user.tabs_to(part).types(str(value))
    user.tabs_to("Who took part").types("Social worker and team manager")
    user.tabs_to("Save").enters()
    for whose in ("The child or young person", "A parent"):
        user.goes_to(f"{audit}/voices")
        user.tabs_to("Log an attempt").enters()
        chooses(user, whose, after="The child or young person")
        for part, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
            user.tabs_to(part).types(str(value))
        chooses(user, "Met in person")
        chooses(user, "They gave their views")
        user.tabs_to("What they said").types("I like it when you come on time.")
        chooses(user, "Yes, they agreed")
        user.tabs_to("Save").enters()
    user.goes_to(audit).tabs_to("The child in the room", "a").enters()
    while "/sections/" in user.page.url:
        for question in user.page.locator("fieldset.plumbline-question").all():
            if question.get_by_role("radio").count() == 0:
                user.tabs_to("Your answer").types("Keep the day of the session.")
                continue
            user.tabs_to("Evidence").types("Notes of the session in May say what the child asked for.")
            chooses(user, "Met")
        user.tabs_to("Save and continue").enters()
    user.tabs_to("Grades", "a").enters()
    assert user.violations() == []
    # The grades of the sections, then the overall grade, then the check.
    user.tabs_to("Save").enters().tabs_to("Save").enters()
    user.tabs_to("Submit the audit").enters()
    assert "Submitted" in user.text()
