"""Importing a schedule: activities, forums known under other names, versions of activities, retiring."""

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from plumbline.event_log.models import Event
from plumbline.framework.actions.import_framework import import_framework
from plumbline.framework.models import Activity, ActivityVersion, Forum, ReportLine, Schedule
from plumbline.framework.queries.import_plan import Plan, Step
from tests.integration.framework.definition_files import activity, schedule_file
from tests.integration.framework.snapshot import everything

pytestmark = pytest.mark.django_db


def take(data: bytes) -> Plan:
    return import_framework(by=None, data=data, publish=True).plan


def test_a_schedule_is_taken_in_with_activities_forums_lines_and_first_versions() -> None:
    take(schedule_file())
    assert Schedule.objects.get().title == "Larch schedule"
    assert list(Activity.objects.values_list("key", "position")) == [("audit", 1), ("visit", 2)]
    assert Activity.objects.get(key="audit").cadences == [{"kind": "every", "interval": 1, "unit": "month"}]
    assert list(ReportLine.objects.values_list("activity__key", "forum__key").order_by("pk")) == [
        ("audit", "board"),
        ("visit", "board"),
    ]
    assert ActivityVersion.objects.count() == 2
    assert Event._base_manager.filter(kind="action").count() == 1


def test_the_same_schedule_twice_changes_nothing() -> None:
    take(schedule_file())
    before = everything()
    assert take(schedule_file()).step is Step.NOTHING
    assert everything() == before


def test_a_changed_activity_keeps_its_row_and_adds_a_version() -> None:
    take(schedule_file())
    row = Activity.objects.get(key="audit")
    take(schedule_file(activity("audit", name="New name"), activity("visit", type="visit")))
    row.refresh_from_db()
    assert row.name == "New name"
    assert [version.content["name"] for version in row.versions.all()] == ["New name", "Activity audit"]
    assert ActivityVersion.objects.filter(activity__key="visit").count() == 1


def test_an_activity_that_is_gone_is_retired_and_comes_back_with_its_history() -> None:
    take(schedule_file())
    take(schedule_file(activity("audit")))
    visit = Activity.objects.get(key="visit")
    assert visit.retired_on is not None
    assert Activity.objects.get(key="audit").retired_on is None
    take(schedule_file())
    visit.refresh_from_db()
    assert visit.retired_on is None


def test_reporting_lines_follow_the_file() -> None:
    forums = [{"key": "board", "name": "Larch board"}, {"key": "panel", "name": "Elm panel"}]
    lines = [{"forum": "panel", "how": "minutes"}, {"forum": "board", "how": "report"}]
    take(schedule_file())
    take(schedule_file(activity("audit", reports_to=lines), activity("visit", type="visit"), forums=forums))
    said = ReportLine.objects.filter(activity__key="audit").order_by("pk").values_list("forum__key", "how")
    assert list(said) == [("panel", "minutes"), ("board", "report")]
    assert (
        take(
            schedule_file(activity("audit", reports_to=lines), activity("visit", type="visit"), forums=forums)
        ).step
        is Step.NOTHING
    )


@pytest.mark.parametrize(
    ("kept", "given"),
    [
        ({"name": "Elm Panel"}, {"key": "other", "name": "elm  panel"}),
        ({"name": "Elm Panel", "aliases": ["The Elm"]}, {"key": "other", "name": "The Elm"}),
        ({"name": "Elm Panel"}, {"key": "other", "name": "The Elm", "aliases": ["Elm panel"]}),
        ({"name": "Safeguarding children partnership"}, {"key": "other", "name": "BSCB"}),
        ({"name": "Corporate Parenting Group"}, {"key": "other", "name": "Corporate Parenting Panel"}),
    ],
)
def test_a_forum_is_known_by_name_alias_or_vocabulary(
    kept: dict[str, object], given: dict[str, object]
) -> None:
    Forum.objects.create(key="here", **kept)
    data = schedule_file(activity("audit", reports_to=[{"forum": "other"}]), forums=[given])
    take(data)
    assert list(Forum.objects.values_list("key", flat=True)) == ["here"]
    assert Forum.objects.get().name == kept["name"]
    assert ReportLine.objects.get().forum.key == "here"
    assert take(data).step is Step.NOTHING


def test_forums_of_different_names_stay_apart() -> None:
    Forum.objects.create(key="here", name="Elm panel")
    take(schedule_file())
    assert set(Forum.objects.values_list("key", flat=True)) == {"here", "board"}


def test_a_forum_that_others_use_is_never_removed() -> None:
    take(
        schedule_file(forums=[{"key": "board", "name": "Larch board"}, {"key": "panel", "name": "Elm panel"}])
    )
    take(schedule_file())
    assert Forum.objects.filter(key="panel").exists()


def test_the_number_of_queries_does_not_grow_with_the_schedule(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    few = schedule_file(*(activity(f"a{n}") for n in range(2)), key="few")
    many = schedule_file(*(activity(f"a{n}") for n in range(60)), key="many")
    take(schedule_file(key="first"))
    with django_assert_max_num_queries(40) as first:
        take(few)
    # SQLite takes 999 values at once, so that a long list goes in a few pieces.
    with django_assert_max_num_queries(len(first) + 4):
        take(many)
