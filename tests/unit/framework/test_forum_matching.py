"""Forums of an import are found under other names, nothing known is lost, and twice is the same as once."""

from hypothesis import given
from hypothesis import strategies as st

from plumbline.framework.files.content import (
    Activity,
    ActivityType,
    Corner,
    Forum,
    ReportHow,
    ReportLine,
    Schedule,
)
from plumbline.framework.rules.cadence import Event
from plumbline.framework.rules.forum_matching import match_forums

TERMS = {"pqr": "partnership", "partnership": "partnership"}


def a_schedule(*forums: Forum) -> Schedule:
    lines = tuple(ReportLine(forum.key, ReportHow.REPORT) for forum in forums)
    activity = Activity("a", "A", ActivityType.MEETING, Corner.PRACTICE, (Event(),), reports_to=lines)
    return Schedule(key="s", title="S", version="1", forums=forums, activities=(activity,))


def test_what_is_known_keeps_its_key_and_name_and_learns_the_other_name() -> None:
    matched = match_forums(
        a_schedule(Forum("x", "The Elm", purpose="New.")), [Forum("elm", "Elm panel", ("The elm",))], {}
    )
    (forum,) = matched.schedule.forums
    assert (forum.key, forum.name, forum.aliases, forum.purpose) == ("elm", "Elm panel", ("The elm",), "New.")
    assert matched.schedule.activities[0].reports_to[0].forum == "elm"
    assert matched.remarks == ("“The Elm” is taken as the forum “Elm panel”.",)


def test_two_names_of_one_forum_make_one_reporting_line() -> None:
    two = (Forum("x", "PQR"), Forum("y", "Partnership"))
    matched = match_forums(a_schedule(*two), [], TERMS)
    assert [forum.key for forum in matched.schedule.forums] == ["x"]
    assert [line.forum for line in matched.schedule.activities[0].reports_to] == ["x"]


def test_a_forum_of_the_same_key_takes_the_new_name_and_keeps_the_old_as_an_alias() -> None:
    (forum,) = match_forums(
        a_schedule(Forum("b", "New board")), [Forum("b", "Old board")], {}
    ).schedule.forums
    assert (forum.name, forum.aliases) == ("New board", ("Old board",))


def test_an_alias_that_is_another_forums_name_is_not_taken_from_it() -> None:
    kept = [Forum("a", "Ash board"), Forum("b", "Birch board")]
    (forum,) = match_forums(a_schedule(Forum("a", "Ash board", ("Birch Board",))), kept, {}).schedule.forums
    assert forum.aliases == ()


NAMES = st.sampled_from(
    ["Ash", "ash", "Birch", "Cedar", "PQR", "Partnership", "Ash & Birch", "Ash and Birch"]
)
FORUMS = st.lists(
    st.builds(Forum, st.sampled_from("abcd"), NAMES, st.lists(NAMES, max_size=2).map(tuple)),
    max_size=4,
    unique_by=lambda forum: forum.key,
)


@given(FORUMS)
def test_a_schedule_matched_a_second_time_changes_nothing(forums: list[Forum]) -> None:
    first = match_forums(a_schedule(*forums), [], TERMS)
    second = match_forums(a_schedule(*forums), first.schedule.forums, TERMS)
    assert second.schedule == first.schedule
    assert second.before == second.schedule.forums


@given(FORUMS, FORUMS)
def test_no_known_forum_is_lost_and_every_line_leads_to_one(kept: list[Forum], forums: list[Forum]) -> None:
    matched = match_forums(a_schedule(*forums), kept, TERMS)
    keys = {forum.key for forum in matched.schedule.forums}
    assert {line.forum for line in matched.schedule.activities[0].reports_to} == keys
    assert {forum.key for forum in matched.before} <= {forum.key for forum in kept}
