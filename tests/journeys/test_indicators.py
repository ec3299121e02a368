"""From a figure to the records behind it: the pages of indicators at a desk and on a phone."""

from tests.journeys.conftest import User

INDICATOR = "/indicators/assessments-in-45-working-days"


def test_a_quality_lead_goes_from_a_figure_to_the_records_behind_it(user: User, phone: User) -> None:
    user.signs_in("qa-lead")
    phone.context.add_cookies(user.context.cookies())
    user.goes_to("/indicators").follows("Assessments completed within 45 working days of their start")
    user.page.get_by_role("img").wait_for()
    assert "What it counts" in user.text()
    user.page.locator("table tbody th a").first.click()
    user.page.get_by_role("heading", name="Records behind the figure").wait_for()
    rows = user.page.url.removeprefix(user.address)
    user.goes_to("/extracts").follows("fernshire-")
    user.page.get_by_role("heading", name="Quality").wait_for()
    extract = user.page.url.removeprefix(user.address)
    for path in ("/indicators", INDICATOR, f"{INDICATOR}?period=year", rows, "/extracts", extract):
        for person in (user, phone):
            assert person.goes_to(path).violations() == [], path
            assert person.sideways() <= 0, path
