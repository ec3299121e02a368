"""Drivers stay with the schedule that brings them, and pages say what cites each and what took its place."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plumbline.framework.actions.import_framework import import_framework
from plumbline.framework.actions.shipped import load_shipped
from plumbline.framework.files.reading import as_xlsx, as_yaml
from plumbline.framework.models import Activity, Schedule
from plumbline.framework.queries.import_plan import Plan, Step, plan_import
from plumbline.framework.queries.stored_content import content_of_schedule
from tests.factories.cast import Cast
from tests.integration.framework.definition_files import activity, schedule_file
from tests.integration.framework.snapshot import everything

pytestmark = pytest.mark.django_db
PLAN = {"key": "larch-plan", "title": "Larch plan", "kind": "plan", "publisher": "Larch", "year": 2026}
OLD = {"key": "larch-plan-2025", "title": "Old larch plan", "kind": "plan", "replaced_by": "larch-plan"}
CITING = activity("audit", drivers=["working-together-2015", "larch-plan-2025"])


def take(*activities: dict[str, Any], drivers: Any = (PLAN, OLD), **header: Any) -> Plan:
    data = schedule_file(*(activities or (CITING,)), drivers=list(drivers), **header)
    return import_framework(by=None, data=data, publish=True).plan


def rows_of(page: Any) -> dict[str, str]:
    """The words of each row of the page's tables by the first of its cells."""
    rows = re.findall(r"<tr[^>]*>(<th[^>]*scope=\"row\".*?)</tr>", page.content.decode(), re.S)
    cells = [[re.sub(r"<[^>]*>|\s+", " ", cell) for cell in re.split(r"</t[hd]>", row)] for row in rows]
    said = [[" ".join(cell.split()) for cell in row] for row in cells]
    return {f"{row[0]}, {row[2]}": " | ".join(row[3:5]) for row in said}


def test_drivers_are_kept_and_the_same_file_twice_changes_nothing() -> None:
    take()
    assert [one["key"] for one in Schedule.objects.get().drivers] == ["larch-plan", "larch-plan-2025"]
    assert Activity.objects.get().drivers == ["working-together-2015", "larch-plan-2025"]
    before = everything()
    assert take().step is Step.NOTHING
    assert everything() == before


@pytest.mark.parametrize("written", [as_yaml, as_xlsx])
def test_what_is_exported_holds_the_drivers_and_changes_nothing_when_it_comes_back(written: Any) -> None:
    take()
    content = content_of_schedule(Schedule.objects.get())
    assert [one.key for one in content.drivers] == ["larch-plan", "larch-plan-2025"]
    assert plan_import(written(content), publish=True).step is Step.NOTHING


def test_a_driver_or_a_citation_that_changes_is_told_and_kept() -> None:
    take()
    plan = take(activity("audit", drivers=["larch-plan"]), drivers=[PLAN | {"year": 2027}])
    assert plan.change_words() == [
        "Driver larch-plan (Larch plan) changed: year.",
        "Driver larch-plan-2025 (Old larch plan) removed.",
        "Activity audit (Activity audit) changed: drivers.",
    ]
    assert Schedule.objects.get().drivers[0]["year"] == 2027
    assert Activity.objects.get().drivers == ["larch-plan"]
    assert Activity.objects.get().versions.first().content["drivers"] == ["larch-plan"]  # type: ignore[union-attr]


def test_a_schedule_that_cites_an_unknown_driver_is_refused_with_the_place() -> None:
    plan = plan_import(schedule_file(activity("audit", drivers=["larch-wish"])), publish=True)
    assert plan.step is Step.REFUSE
    assert "activities 1, drivers 1: No driver has the key “larch-wish”" in str(plan.errors[0])


def test_the_page_lists_each_driver_with_what_cites_it_and_what_took_its_place(
    cast: Cast, client_of: Any
) -> None:
    take()
    page = client_of(cast.ben).get("/drivers")
    rows = rows_of(page)
    guidance = "Working together to safeguard children, Department for Education"
    assert rows[f"{guidance}, 2015"] == (
        "Replaced by Working together to safeguard children (2026) | Activity audit"
    )
    assert rows[f"{guidance}, 2026"] == "In force | No activity in use"
    assert rows["Old larch plan, "] == "Replaced by Larch plan (2026) | Activity audit"
    assert rows["Larch plan, Larch, 2026"] == "In force | No activity in use"
    assert f'href="/schedule/{Activity.objects.get().public_id}"' in page.content.decode()


def test_a_schedule_set_aside_and_a_retired_activity_cite_nothing(cast: Cast, client_of: Any) -> None:
    take(CITING, activity("visit", drivers=["children-act-1989"]))
    take(CITING)
    client = client_of(cast.ben)
    assert rows_of(client.get("/drivers"))["Children Act 1989, Parliament, 1989"].endswith(
        "No activity in use"
    )
    Schedule.objects.update(in_use=False)
    page = client.get("/drivers")
    assert "Larch plan" not in page.content.decode()
    assert "Activity audit" not in page.content.decode()


def test_an_activity_shows_its_drivers_and_that_one_was_replaced(cast: Cast, client_of: Any) -> None:
    take(activity("audit", drivers=["working-together-2015", "children-act-1989"]), activity("visit"))
    client = client_of(cast.ben)
    said = client.get(f"/schedule/{Activity.objects.get(key='audit').public_id}").content.decode()
    replaced = "(replaced by Working together to safeguard children (2026))"
    assert f"<li>Working together to safeguard children (2015) {replaced}</li>" in said
    assert "<li>Children Act 1989</li>" in said
    other = client.get(f"/schedule/{Activity.objects.get(key='visit').public_id}").content.decode()
    assert 'href="/drivers"' not in other


def test_the_schedule_links_to_the_drivers_and_those_without_the_right_are_refused(
    cast: Cast, client_of: Any
) -> None:
    assert 'href="/drivers"' in client_of(cast.ben).get("/schedule").content.decode()
    assert client_of(cast.partner_auditor).get("/drivers").status_code == 404


def test_every_shipped_activity_cites_a_driver_in_force(cast: Cast) -> None:
    load_shipped()
    assert not Activity.objects.filter(drivers=[]).exists()


def test_the_page_asks_no_more_as_activities_are_added(cast: Cast, client_of: Any) -> None:
    client = client_of(cast.ben)

    def queries_made() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/drivers").status_code == 200
        return len(seen)

    take()
    client.get("/drivers")
    few = queries_made()
    take(*(activity(f"a{number}", drivers=["children-act-1989", "larch-plan"]) for number in range(15)))
    assert queries_made() <= few
