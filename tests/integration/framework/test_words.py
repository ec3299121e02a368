"""Forums and posts are shown in today's words or as they were printed, whichever the council chose."""

from pathlib import Path
from typing import Any

import pytest

from plumbline.framework.actions.import_framework import import_framework
from plumbline.framework.models import Activity, Forum
from plumbline.framework.queries.vocabulary import word
from tests.factories.cast import Cast

OLD_PAPER = """\
kind: qa-schedule
key: old
title: Old paper
version: "1"
effective_from: 2017-04-01
forums:
  - key: board
    name: LSCB
    aliases: []
    cadence: {kind: every, interval: 3, unit: month}
activities:
  - key: allegations
    name: Audit of allegations
    type: service_audit
    corner: practice
    responsible: [LADO, Head of town planning]
    countersigned_by: [IRO]
    frequency: Quarterly
    cadences: [{kind: yearly, count: 4}]
    intended_outcome: Learning.
    reports_to: [{forum: board, how: report}]
"""


@pytest.fixture
def activity(cast: Cast) -> Activity:
    import_framework(by=None, data=OLD_PAPER.encode(), publish=True)
    return Activity.objects.get(key="allegations")


def pages(client: Any, activity: Activity) -> list[str]:
    forum = Forum.objects.get(name="LSCB")
    addresses = (
        f"/schedule/{activity.public_id}",
        "/schedule",
        "/forums",
        f"/forums/{forum.public_id}",
        "/reporting",
    )
    return [client.get(address, follow=True).content.decode() for address in addresses]


def test_old_words_are_shown_as_todays(cast: Cast, client_of: Any, activity: Activity) -> None:
    page, schedule, forums, forum, reporting = pages(client_of(cast.qa_lead), activity)
    assert "Designated officer, Head of town planning" in page
    assert "Independent reviewing officer" in page
    # The words explained at the foot name the abbreviation beside today's word.
    assert "LADO" not in page.split("Words on this page")[0]
    for text in (page, forums, forum, reporting):
        assert "Safeguarding children partnership" in text
    assert "Designated officer" in schedule
    # Whoever looks for the old name still finds it among the other names.
    assert "also LSCB" in forums


def test_a_council_may_keep_the_words_as_they_were_printed(
    cast: Cast, client_of: Any, activity: Activity, settings: Any
) -> None:
    settings.WORDS_AS_PRINTED = True
    page, schedule, forums, forum, reporting = pages(client_of(cast.qa_lead), activity)
    assert "LADO, Head of town planning" in page
    assert "LADO" in schedule
    for text in (page, forums, forum, reporting):
        assert "LSCB" in text
        assert "Safeguarding children partnership" not in text


def test_what_is_stored_stays_as_it_was_printed(activity: Activity) -> None:
    assert activity.responsible == ["LADO", "Head of town planning"]
    assert Forum.objects.filter(name="LSCB").exists()


@pytest.mark.parametrize(
    ("printed", "today"),
    [
        ("LADO", "Designated officer"),
        ("Serious Case Review", "Child safeguarding practice review"),
        ("BSCB", "Safeguarding children partnership"),
        ("Designated officer", "Designated officer"),
        ("Annual report of the LSCB to cabinet", "Annual report of the LSCB to cabinet"),
    ],
)
def test_only_a_name_that_is_an_alias_as_a_whole_changes(printed: str, today: str) -> None:
    assert word(printed) == today


def test_the_file_of_words_says_what_it_changes(settings: Any) -> None:
    said = (Path(settings.DEFINITIONS_DIR) / "vocabulary.yaml").read_text(encoding="utf-8")
    assert "PLUMBLINE_WORDS_AS_PRINTED" in said
