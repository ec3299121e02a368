"""The way to an audit: a round planned, its case list taken in, its sample drawn and given to an auditor."""

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.journeys.conftest import User

TEAM = "Children in Care One"
ROW = "{list}-{n:03},Child in care,Children in Care One,{worker}\n"
HEADINGS = "Case reference,Plan type,Team,Worker\n"


def name_of(user: User) -> str:
    """The name of who is signed in, as their account page has it."""
    user.goes_to("/account")
    return user.page.locator("tr, .govuk-summary-list__row").first.inner_text().removeprefix("Name").strip()


def plans_a_round(user: User, title: str, tool: str, size: int) -> str:
    """Proposes and plans a round; its address."""
    user.goes_to("/rounds").follows("Propose a theme")
    user.page.get_by_label("Title").fill(title)
    user.page.get_by_role("textbox", name="Theme", exact=True).fill("How children in care are listened to.")
    user.page.get_by_label("Why this theme").fill("Children told us that nobody writes down what they say.")
    user.page.get_by_role("radio").first.check()
    user.presses("Propose").follows("Agree and plan this round")
    user.page.get_by_label("Audit tool").select_option(index=tool_index(user, tool))
    user.page.get_by_label("Fewest audits expected").fill("1")
    user.page.get_by_label("Most audits expected").fill(str(size))
    user.page.get_by_label("Cases to draw").fill(str(size))
    user.presses("Agree and plan")
    return re.sub(r"^.*?(/rounds/[^/?#]+).*$", r"\1", user.page.url)


def tool_index(user: User, tool: str) -> int:
    """Where the tool stands among those to choose from."""
    user.page.get_by_label("Audit tool").wait_for()
    options = user.page.get_by_label("Audit tool").locator("option").all_inner_texts()
    return next(n for n, one in enumerate(options) if one.startswith(tool))


def gives_a_list(user: User, round: str, file: Path) -> None:
    """Gives the file and stands before what it would do."""
    user.goes_to(f"{round}/case-list/import")
    user.page.get_by_label("Case list", exact=True).set_input_files(file)
    user.presses("Check the file")


def draws(user: User, round: str) -> None:
    """Records the seed, then draws."""
    user.goes_to(f"{round}/seed")
    user.page.get_by_label("Seed", exact=True).fill("6 3 1 4 2")
    user.page.get_by_role("radio").first.check()
    user.page.get_by_label("Who gave it and how").fill("Five team managers each threw a die.")
    user.presses()
    user.goes_to(f"{round}/draw").presses("Draw the sample")
    expect(user.page.get_by_role("link", name="Certificate of the draw")).to_be_visible()


def allocates(user: User, round: str, auditor: str, leave: int = 0) -> None:
    """Gives all cases but `leave` of them to the auditor."""
    user.goes_to(f"/allocation{round}")
    chosen = user.page.locator("table select")
    for n in range(chosen.count()):
        options = chosen.nth(n).locator("option").all_inner_texts()
        mine = next(i for i, one in enumerate(options) if one.startswith(auditor))
        chosen.nth(n).select_option(index=0 if n < leave else mine)
    user.presses("Confirm the allocation")


def gives_an_audit(browser: Browser, served: str, title: str, file: Path) -> str:
    """An audit with the supervision tool that the quality lead gives to the auditor; its address."""
    auditor = User(browser.new_context(), served).signs_in("auditor")
    lead = User(browser.new_context(), served).signs_in("qa-lead")
    name = name_of(auditor)
    round = plans_a_round(lead, title, "Supervision", 1)
    # References of its own, so that no case was audited lately.
    key = "".join(word[0] for word in title.split()).upper()
    rows = "".join(ROW.format(list=key, n=n, worker="") for n in range(30))
    file.write_text(HEADINGS + rows, encoding="utf-8")
    gives_a_list(lead, round, file)
    lead.presses("Import the case list")
    draws(lead, round)
    places = lead.page.locator("#places tbody th, #places tbody td")
    reference = places.filter(has_text=f"{key}-").first.inner_text()
    allocates(lead, round, name)
    auditor.goes_to(round).follows(reference.split()[0])
    address = auditor.page.url.removeprefix(served)
    auditor.context.close()
    lead.context.close()
    return address
