"""Lists cut down with their filters, as a person does it: the words typed stay, and the address can be kept."""

from tests.journeys.conftest import User


def listed(user: User) -> list[str]:
    """The first cells of the table's rows."""
    rows = user.page.get_by_role("main").get_by_role("rowheader")
    return [row.inner_text() for row in rows.all()]


def test_the_event_log_is_cut_to_a_person_a_sort_and_a_day(user: User) -> None:
    user.signs_in("information-governance").goes_to("/people").goes_to("/log")
    user.page.get_by_label("What sort").select_option(label="Listed")
    user.page.get_by_label("Step").fill("person.view")
    user.presses("Show")
    assert "person.view" in user.page.url
    assert listed(user)
    steps = user.page.get_by_role("main").get_by_role("row").all_inner_texts()[1:]
    assert all("Listed" in step for step in steps), steps
    assert user.page.get_by_label("Step").input_value() == "person.view"
    assert user.violations() == []
    user.page.get_by_label("Step").fill("nothing.like.this")
    user.presses("Show")
    assert listed(user) == []


def test_a_wrong_period_of_the_event_log_is_named_and_its_link_leads_to_the_field(user: User) -> None:
    user.signs_in("information-governance").goes_to("/log")
    for part, since, until in (("day", "2", "1"), ("month", "5", "5"), ("year", "2026", "2026")):
        user.page.locator(f"[name=since_{part}]").fill(since)
        user.page.locator(f"[name=until_{part}]").fill(until)
    user.presses("Show")
    assert "To must be the same day as From, or later" in user.page.get_by_role("alert").inner_text()
    assert user.broken_summary_links() == []
    assert user.violations() == []


def test_the_schedule_is_filtered_and_put_in_order(user: User) -> None:
    user.signs_in("qa-lead").goes_to("/schedule")
    everything = listed(user)
    user.page.get_by_label("Order").select_option(label="By name")
    user.presses("Show")
    assert listed(user) == sorted(everything, key=str.lower)
    user.page.get_by_label("Who is responsible").select_option(label="Lead member")
    user.presses("Show")
    assert 0 < len(listed(user)) < len(everything)
    assert user.page.get_by_label("Order").evaluate("at => at.selectedOptions[0].text") == "By name"
    user.follows("Clear")
    assert listed(user) == everything


def test_a_download_asks_for_the_password_once_and_then_comes(user: User) -> None:
    user.signs_in("qa-lead").goes_to("/planner")
    user.follows("Download (CSV)")
    assert "/account/confirm" in user.page.url
    with user.page.expect_download() as download:
        user.page.get_by_label("Password", exact=True).fill("plumbline-demo")
        user.page.get_by_role("button", name="Go on").click()
    assert download.value.suggested_filename.startswith("planner-")
    user.goes_to("/planner")
    with user.page.expect_download():
        user.follows("Download (CSV)")
