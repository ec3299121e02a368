"""Who is responsible, who countersigns and which forums hear of an activity are changed on its page, and kept as they were."""

from typing import Any

from plumbline.event_log.models import Event
from plumbline.framework.actions.shipped import load_shipped
from plumbline.framework.models import Activity, ActivityVersion, Forum
from tests.factories.cast import Cast


def homes_visits() -> Activity:
    load_shipped()
    return Activity.objects.get(key="independent-homes-visits")


def form_for(activity: Activity, **changes: Any) -> dict[str, Any]:
    return {
        "name": activity.name,
        "description": activity.description,
        "purpose": activity.purpose,
        "intended_outcome": activity.intended_outcome,
        "responsible": "\n".join(activity.responsible),
        "countersigned_by": "\n".join(activity.countersigned_by),
        "frequency": activity.frequency,
        "cadence_words": "every month",
        "reporting_arrangements": activity.reporting_arrangements,
        "forums": [line.forum.public_id for line in activity.report_lines.all()],
        "drivers": activity.drivers,
    } | changes


def test_posts_and_forums_are_changed_and_the_earlier_ones_stay_in_the_history(
    cast: Cast, client_of: Any
) -> None:
    activity = homes_visits()
    kept, new = Forum.objects.get(key="annual-qa-report"), Forum.objects.get(key="cabinet")
    address = f"/schedule/{activity.public_id}/change"
    changed = form_for(
        activity,
        responsible="Independent visitor\n\n  Reviewing   manager \nIndependent visitor",
        countersigned_by="Service director",
        forums=[kept.public_id, new.public_id],
    )
    assert client_of(cast.qa_lead).post(address, changed).status_code == 302
    activity.refresh_from_db()
    assert activity.responsible == ["Independent visitor", "Reviewing manager"]
    assert activity.countersigned_by == ["Service director"]
    lines = dict(activity.report_lines.values_list("forum__key", "how"))
    assert lines == {"annual-qa-report": "annual-report", "cabinet": "report"}
    newest = ActivityVersion.objects.filter(activity=activity).first()
    assert newest is not None
    before = newest.content
    assert before["responsible"] == ["Independent reviewing officer"]
    assert "Corporate parenting board: report" in before["reports_to"]
    event = Event._base_manager.get(kind="action", action="schedule.change")
    assert event.detail["fields"] == ["responsible", "countersigned_by", "reports_to"]


def test_saving_the_form_as_it_stands_changes_nothing(cast: Cast, client_of: Any) -> None:
    activity = homes_visits()
    lines, versions = list(activity.report_lines.order_by("pk").values()), ActivityVersion.objects.count()
    address = f"/schedule/{activity.public_id}/change"
    assert client_of(cast.qa_lead).post(address, form_for(activity)).status_code == 302
    assert list(activity.report_lines.order_by("pk").values()) == lines
    assert ActivityVersion.objects.count() == versions


def test_the_form_shows_what_stands_there_now(cast: Cast, client_of: Any) -> None:
    activity = homes_visits()
    page = client_of(cast.qa_lead).get(f"/schedule/{activity.public_id}/change").content.decode()
    assert "Responsible individual</textarea>" in page
    assert activity.report_lines.count() == 3
    assert page.count(" checked") == 3 + len(activity.drivers)


def test_a_forum_that_was_not_offered_is_refused(cast: Cast, client_of: Any) -> None:
    activity = homes_visits()
    page = client_of(cast.qa_lead).post(
        f"/schedule/{activity.public_id}/change", form_for(activity, forums=["0" * 12])
    )
    assert "Reports to: select from the list" in page.content.decode()
    assert activity.report_lines.count() == 3


def test_drivers_are_changed_among_those_in_force_and_the_earlier_ones_stay_in_the_history(
    cast: Cast, client_of: Any
) -> None:
    activity = homes_visits()
    Activity.objects.filter(pk=activity.pk).update(
        drivers=["ilacs", "working-together-2015", "corporate-plan"]
    )
    activity.refresh_from_db()
    client, address = client_of(cast.qa_lead), f"/schedule/{activity.public_id}/change"
    page = client.get(address).content.decode()
    assert 'value="working-together-2015" checked' in page, "cited already"
    assert 'value="working-together-2018"' not in page
    chosen = ["children-act-1989", "corporate-plan", "ilacs"]
    assert client.post(address, form_for(activity, drivers=chosen)).status_code == 302
    activity.refresh_from_db()
    assert activity.drivers == ["ilacs", "corporate-plan", "children-act-1989"]
    newest = ActivityVersion.objects.filter(activity=activity).first()
    assert newest is not None
    assert newest.content["drivers"] == ["ilacs", "working-together-2015", "corporate-plan"]
    refused = client.post(address, form_for(activity, drivers=["working-together-2018"]))
    assert "Drivers: select from the list" in refused.content.decode()
