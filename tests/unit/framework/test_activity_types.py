"""Every sort of quality assurance has a type of its own, with a label and the corner whose evidence it brings."""

import pytest

from plumbline.framework.files.content import ActivityType, Corner
from plumbline.framework.files.reading import read_file
from plumbline.framework.presenters.schedule import TYPES
from tests.unit.framework.test_bad_files import SCHEDULE_YAML


def read_as(name: str) -> tuple[ActivityType, Corner]:
    """What an activity of that name is taken as, where the file gives neither type nor corner."""
    text = SCHEDULE_YAML.replace("name: Monthly audit", f"name: {name}")
    text = text.replace("    type: case_audit\n    corner: practice\n", "")
    reading = read_file(text.encode())
    assert reading.errors == ()
    (activity,) = reading.content.activities  # type: ignore[union-attr]
    return activity.type, activity.corner


@pytest.mark.parametrize(
    ("name", "taken_as", "corner"),
    [
        ("Direct observation of practice", ActivityType.DIRECT_OBSERVATION, Corner.PRACTICE),
        ("Survey of parents", ActivityType.FEEDBACK, Corner.VOICE),
        ("Feedback from carers", ActivityType.FEEDBACK, Corner.VOICE),
        ("Social Work Health Check survey", ActivityType.HEALTH_CHECK, Corner.VOICE),
        ("Deep dive on neglect", ActivityType.THEMATIC_REVIEW, Corner.PRACTICE),
        ("Thematic case audits", ActivityType.THEMATIC_REVIEW, Corner.PRACTICE),
        ("Monthly performance report", ActivityType.PERFORMANCE_ANALYSIS, Corner.NUMBERS),
        ("Annual external challenge", ActivityType.EXTERNAL_CHALLENGE, Corner.PRACTICE),
        ("Peer review", ActivityType.EXTERNAL_CHALLENGE, Corner.PRACTICE),
        ("Children in care council", ActivityType.CHILDRENS_VOICE, Corner.VOICE),
        ("Visits to teams", ActivityType.VISIT, Corner.PRACTICE),
        ("Monthly case audit", ActivityType.CASE_AUDIT, Corner.PRACTICE),
    ],
)
def test_the_type_follows_from_the_name_where_none_is_given(
    name: str, taken_as: ActivityType, corner: Corner
) -> None:
    assert read_as(name) == (taken_as, corner)


def test_every_type_has_a_label() -> None:
    assert set(TYPES) == set(ActivityType)
    assert len(set(TYPES.values())) == len(TYPES)
