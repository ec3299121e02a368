"""The pages on charts over time and on trends say what the code gives."""

from collections.abc import Callable
from xml.dom import minidom

import pytest

from scripts.explain import charts_over_time, trends_and_forecasts
from stats.spc import Direction, Rule, p_chart, t_chart, xmr
from stats.trend import Status, trajectory, trajectory_status


@pytest.mark.parametrize("pages", [charts_over_time.pages, trends_and_forecasts.pages])
def test_making_a_page_again_gives_the_committed_bytes(pages: Callable[[], dict[str, str]]) -> None:
    for name, words in pages().items():
        assert (charts_over_time.FOLDER / name).read_bytes() == words.encode(), (
            f"run the script for {name} again"
        )


@pytest.mark.parametrize("pages", [charts_over_time.pages, trends_and_forecasts.pages])
def test_every_picture_is_whole_and_has_a_title_and_a_description(
    pages: Callable[[], dict[str, str]],
) -> None:
    pictures = {name: words for name, words in pages().items() if name.endswith(".svg")}
    assert len(pictures) >= 3
    for words in pictures.values():
        drawn = minidom.parseString(words)  # noqa: S318 our own text
        for tag in ("title", "desc"):
            (element,) = drawn.getElementsByTagName(tag)
            assert element.firstChild is not None
        assert not drawn.getElementsByTagName("script")
        assert "Liberation Sans" in words


def test_the_titles_of_the_pictures_are_true() -> None:
    example = charts_over_time
    assert {p.rule for p in xmr(example.SUPERVISION).points} >= {Rule.SHIFT_ABOVE, Rule.SHIFT_BELOW}
    assert not xmr(example.SUPERVISION, rebase_at=[(example.NEW_RULE_AT, "why")]).is_special
    assert not p_chart(example.GOOD, [example.AUDITS] * len(example.GOOD)).is_special
    waits = t_chart(example.WAITS, fix_after=example.WAITS_FIXED, improvement=Direction.INCREASE)
    assert [p.rule for p in waits.points if p.rule] == [Rule.ABOVE_LIMIT]
    assert waits.points[-1].rule is Rule.ABOVE_LIMIT


def test_the_checkpoints_of_the_page_show_every_verdict() -> None:
    example = trends_and_forecasts
    due = trajectory(example.START / example.AUDITS, example.TARGET)
    seen = [trajectory_status(x, n, c.due).status for (x, n), c in zip(example.CHECKPOINTS, due, strict=True)]
    assert seen == [Status.TOO_EARLY_TO_SAY, Status.ON_TRACK, Status.OFF_TRACK]
