"""One round from its case list to its issued report, by the six people who do it, each page accessible."""

import json
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Download

from plumbline.shared import dates
from tests.environment import ROOT
from tests.journeys import rounds
from tests.journeys.conftest import User

WORKER = "social-worker@demo.example"
ROW = "{key}-{n:03},Child in need,{team},{worker}\n"
CHILD_SAID = "“She writes down what I say.”"
ACTION = "Tell the child what came of the wish to see the sister."


class Reader:
    """Looks at each page a person comes to: axe finds nothing, and on a phone nothing scrolls sideways."""

    def __init__(self, browser: Browser, served: str, role: str) -> None:
        self.user = User(browser.new_context(viewport={"width": 1280, "height": 900}), served)
        self.user.signs_in(role)

    def looks(self) -> User:
        page = self.user.page
        assert self.user.violations() == [], page.url
        page.set_viewport_size({"width": 375, "height": 800})
        assert self.user.sideways() <= 0, page.url
        page.set_viewport_size({"width": 1280, "height": 900})
        return self.user

    def goes_to(self, path: str) -> User:
        self.user.goes_to(path).confirms_password_if_asked()
        return self.looks()


def day(user: User) -> None:
    """Fills the boxes of a date with today."""
    today = dates.today()
    for part, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        user.page.get_by_label(part, exact=True).fill(str(value))


def saved(user: User, name: str) -> Download:
    """The file behind the link."""
    link = user.page.get_by_role("link", name=name).first
    address = str(link.get_attribute("href"))
    with user.page.expect_download() as waiting:
        link.click()
        user.page.wait_for_load_state()
        if "/account/confirm" in user.page.url:
            user.page.get_by_label("Password", exact=True).fill("plumbline-demo")
            user.page.get_by_role("button", name="Go on").click()
    assert address in waiting.value.url
    return waiting.value


def imports(lead: Reader, round: str, file: Path) -> None:
    """A bad row is refused with its place and nothing is taken in; the corrected list is."""
    good = "".join(
        ROW.format(key="OR", n=n, team="Safeguarding North", worker=WORKER if n % 2 else "")
        for n in range(30)
    )
    file.write_text(rounds.HEADINGS + good + "OR-001,Child in need,Safeguarding North,\n", encoding="utf-8")
    rounds.gives_a_list(lead.user, round, file)
    assert "row 32" in lead.looks().text().lower()
    file.write_text(rounds.HEADINGS + good, encoding="utf-8")
    rounds.gives_a_list(lead.user, round, file)
    lead.looks().presses("Import the case list")
    lead.looks()


def verified(certificate: Path, case_list: Path) -> "subprocess.CompletedProcess[str]":
    """What verify_draw says."""
    command = [sys.executable, str(ROOT / "manage.py"), "verify_draw", str(certificate), str(case_list)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def audits(auditor: Reader, audit: str, owner: str) -> None:
    """Talks, asks child and parent, answers, grades, sets an action for the worker and submits."""
    user = auditor.goes_to(audit)
    auditor.goes_to(f"{audit}/discussion")
    user.page.get_by_label("Yes").first.check()
    day(user)
    user.page.get_by_label("Who took part").fill("Social worker and team manager")
    with user.page.expect_navigation():
        user.presses("Save")
    for whose in ("The child or young person", "A parent"):
        auditor.goes_to(f"{audit}/voices/add")
        user.page.get_by_label(whose).check()
        day(user)
        user.page.get_by_label("Met in person").check()
        user.page.get_by_label("They gave their views").check()
        user.page.get_by_label("What they said").fill(CHILD_SAID)
        user.page.get_by_label("Yes, they agreed").check()
        with user.page.expect_navigation():
            user.presses("Save")
    auditor.goes_to(audit).page.locator("a[href*='/sections/']").first.click()
    while "/sections/" in user.page.url:
        auditor.looks()
        for question in user.page.locator("fieldset.plumbline-question").all():
            if question.get_by_role("radio").count() == 0:
                question.get_by_role("textbox").first.fill("Keep the day of the visit.")
                continue
            question.get_by_label("Evidence").fill("The notes of the visits in May say what was asked.")
            question.get_by_label("Met", exact=True).check()
        with user.page.expect_navigation():
            user.presses("Save and continue")
    auditor.goes_to(f"{audit}/grades")
    with user.page.expect_navigation():
        user.presses("Save")
    auditor.goes_to(f"{audit}/findings/add")
    user.page.get_by_role("radio").first.check()
    user.page.get_by_role("textbox").first.fill("The plan follows what the child asked for.")
    user.presses()
    auditor.goes_to(f"{audit}/actions/add")
    user.page.get_by_role("radio").first.check()
    user.page.get_by_label("What is to be done").fill(ACTION)
    user.page.get_by_label("Owner").select_option(label=owner)
    day(user)
    user.presses()
    auditor.goes_to(f"{audit}/check").presses("Submit the audit")
    assert "Submitted" in auditor.looks().text()


def rates_blind(moderator: Reader, moderation: str, audit: str) -> None:
    """The first rating is nowhere to be seen until the second is given."""
    user = moderator.user
    assert user.page.goto(user.address + audit).status == 404  # type: ignore[union-attr]
    moderator.goes_to(f"{moderation}/judge")
    assert "Why" not in user.text()
    for group in user.page.locator("main fieldset").all():
        group.get_by_label("Met", exact=True).check()
    user.presses("Go on to the grades")
    moderator.looks()
    for group in user.page.locator("main fieldset").all():
        group.get_by_role("radio").nth(1).check()
    user.page.get_by_label("How good was the practice?").fill("The child was listened to.")
    user.page.get_by_label("How good was the audit?").fill("Clear and well evidenced.")
    user.presses()
    assert "Judgements side by side" in moderator.goes_to(moderation).text()


def agrees_and_closes(worker: Reader, officer: Reader, audit: str) -> None:
    """The owner agrees to the action and confirms the talk in supervision; then the audit is closed."""
    user = worker.goes_to(f"{audit}/shared")
    user.page.get_by_role("link", name=ACTION).click()
    action = worker.looks().page.url.removeprefix(user.address)
    worker.goes_to(f"{action}/agree")
    user.presses("Agree")
    assert "The action is agreed." in worker.looks().text()
    worker.goes_to(f"{audit}/talked-through")
    user.page.get_by_label("What you agreed").fill("We read it together and wrote down the next visit.")
    user.presses()
    assert "We read it together" in worker.looks().text()
    officer.goes_to(f"{audit}/close")
    # Nothing is missing, so no reason is asked for.
    assert officer.user.page.get_by_role("main").get_by_role("textbox").count() == 0
    officer.user.presses("Close it")
    assert "Closed" in officer.looks().text()


def is_excused(auditor: Reader, officer: Reader, round: str, reference: str) -> None:
    """The auditor asks to be excused from the audit, and the officer agrees; a round with an audit open is not over."""
    user = auditor.goes_to(round).follows(reference)
    audit = auditor.looks().page.url.removeprefix(user.address)
    auditor.goes_to(f"{audit}/request")
    user.page.get_by_label("Be excused from this audit").check()
    user.page.get_by_label("Why", exact=True).fill("The family has moved to another council.")
    with user.page.expect_navigation():
        user.presses("Send the request")
    asked = auditor.looks().page.url.removeprefix(user.address)
    decided = officer.goes_to(f"{asked}/decide")
    decided.page.get_by_label("Agree", exact=True).check()
    decided.page.get_by_label("Why", exact=True).fill("Their new council looks at it.")
    with decided.page.expect_navigation():
        decided.presses("Record the decision")


def test_a_round_goes_from_its_case_list_to_its_issued_report(
    browser: Browser, served: str, tmp_path: Path
) -> None:
    people = {
        role: Reader(browser, served, role)
        for role in (
            "qa-officer",
            "qa-lead",
            "reviewing-officer",
            "moderator",
            "social-worker",
            "lead-member",
        )
    }
    officer, lead, auditor = people["qa-officer"], people["qa-lead"], people["reviewing-officer"]
    moderator, worker = people["moderator"], people["social-worker"]
    round = rounds.plans_a_round(officer.user, "Listening to children", "Dip sample", 2)
    case_list, certificate = tmp_path / "list.csv", tmp_path / "certificate.json"
    imports(officer, round, case_list)
    rounds.draws(officer.user, round)
    officer.goes_to(f"{round}/certificate")
    saved(officer.user, "Save the certificate").save_as(certificate)
    told = verified(certificate, case_list)
    assert told.returncode == 0, told.stdout + told.stderr
    shorter = tmp_path / "shorter.csv"
    shorter.write_text("\n".join(case_list.read_text().splitlines()[:-1]), encoding="utf-8")
    assert verified(certificate, shorter).returncode == 1

    # One of the two is the worker's own; the other stays undone for a while, so that the report lacks something.
    places = json.loads(certificate.read_text())["strata"]
    drawn = [one["reference"] for stratum in places for one in stratum["order"] if one["state"] == "selected"]
    own = next((n for n, one in enumerate(drawn) if int(one[-3:]) % 2), None)
    if own is None:
        officer.goes_to(f"{round}/draw/pick")
        officer.user.page.get_by_label("Case reference").fill("OR-001")
        officer.user.page.get_by_role("radio").first.check()
        officer.user.page.get_by_role("textbox").last.fill("A complaint about it was upheld.")
        officer.user.presses()
    reference = drawn[own] if own is not None else "OR-001"
    rounds.allocates(officer.user, round, rounds.name_of(auditor.user))
    auditor.goes_to(round).follows(reference)
    audit = auditor.user.page.url.removeprefix(served)
    audits(auditor, audit, rounds.name_of(worker.user))

    officer.goes_to(f"/moderation{round}").presses("Draw the audits to moderate")
    officer.looks().page.locator("main a[href^='/moderation/']").first.click()
    moderation = officer.looks().page.url.removeprefix(served)
    officer.goes_to(f"{moderation}/assign")
    officer.user.page.get_by_role("combobox").select_option(label=rounds.name_of(moderator.user))
    with officer.user.page.expect_navigation():
        officer.user.presses()
    moderator.goes_to("/").page.get_by_role("link", name=f"{reference}").first.click()
    moderation = moderator.looks().page.url.removeprefix(served).removesuffix("/judge")
    rates_blind(moderator, moderation, audit)
    lead.goes_to(f"{moderation}/settle")
    lead.user.page.get_by_label("Why these are the final grades").fill("Both came to the same view.")
    lead.user.presses()
    assert "Both came to the same view." in lead.goes_to(moderation).text()

    assert worker.user.page.goto(served + audit).status == 404  # type: ignore[union-attr]
    officer.goes_to(f"{audit}/share").presses("Share it")
    assert f"audit of {reference}" in worker.goes_to("/").text()
    worker.goes_to(f"{audit}/shared")
    worker.goes_to(f"{audit}/reply")
    worker.user.page.get_by_role("textbox").first.fill("Thank you. I will show it in our team meeting.")
    worker.user.presses()
    assert "I will show it in our team meeting." in officer.goes_to(f"{audit}/shared").text()
    agrees_and_closes(worker, officer, audit)

    officer.goes_to("/reports/begin").page.get_by_label("Round").select_option(
        label=None, index=_place(officer.user)
    )
    officer.user.presses()
    report = officer.looks().page.url.removeprefix(served).split("#")[0]
    assert "1 of 2" in officer.user.text() or "1 of 3" in officer.user.text()
    for part in ("summary", "conclusion", "caveat"):
        officer.goes_to(f"{report}/write/{part}")
        officer.user.page.get_by_role("textbox").last.fill(f"What we say about the {part}.")
        officer.user.presses("Save")
    for other in drawn:
        if other != reference:
            is_excused(auditor, officer, round, other)
    officer.goes_to(f"{report}/put-forward")
    for box in officer.user.page.locator("main").get_by_role("checkbox").all():
        box.uncheck()
    officer.user.presses()
    assert officer.user.page.goto(f"{served}{report}/issue").status == 403  # type: ignore[union-attr]
    lead.goes_to(f"{report}/issue").presses()
    assert "What we say about the conclusion." in lead.goes_to(report).text()
    for kind in ("Word", "PDF", "CSV"):
        lead.goes_to(report)
        assert saved(lead.user, kind).path().stat().st_size > 300
    officer.goes_to("/this-month").page.get_by_role("link", name="Record that the plan is agreed").click()
    officer.looks().page.get_by_label("Forum").select_option(label="Auditor meeting")
    day(officer.user)
    with officer.user.page.expect_navigation():
        officer.user.presses("Complete the round")
    assert "Auditor meeting, " in officer.looks().text()
    people["lead-member"].goes_to("/reports")
    for one in people.values():
        assert one.user.complaints == []
        one.user.context.close()


def _place(user: User) -> int:
    """Where the round stands among those to report on."""
    options = user.page.get_by_label("Round").locator("option").all_inner_texts()
    return next(n for n, one in enumerate(options) if one.startswith("Listening to children"))
