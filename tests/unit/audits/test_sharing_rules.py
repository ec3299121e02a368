"""What stands in the way of sharing and closing an audit."""

import pytest

from plumbline.audits.rules.sharing import (
    BLOCKER_WORDS,
    Blocker,
    closing_needs_reason,
    kind_for,
    share_blockers,
)

FREE = {"open_warnings": 0, "is_lowest": False, "is_drawn": False, "stood_in_draw": True}


@pytest.mark.parametrize(
    ("state", "more", "blockers"),
    [
        ("submitted", {}, []),
        ("submitted", {"open_warnings": 1}, [Blocker.WARNINGS]),
        ("submitted", {"is_lowest": True}, [Blocker.LOWEST]),
        ("submitted", {"is_drawn": True}, [Blocker.DRAWN]),
        ("submitted", {"stood_in_draw": False}, [Blocker.NOT_DRAWN]),
        ("moderated", {"is_lowest": True, "stood_in_draw": False}, []),
        ("moderated", {"open_warnings": 2, "is_lowest": True}, [Blocker.WARNINGS]),
    ],
)
def test_what_stands_in_the_way_of_sharing(state: str, more: dict[str, int], blockers: list[Blocker]) -> None:
    assert share_blockers(state=state, **(FREE | more)) == blockers  # type: ignore[arg-type]


def test_every_blocker_says_what_to_do() -> None:
    assert set(BLOCKER_WORDS) == set(Blocker)


@pytest.mark.parametrize(
    ("has_reply", "is_talked_through", "needs"),
    [(True, True, False), (True, False, True), (False, True, True), (False, False, True)],
)
def test_closing_needs_a_reason_unless_replied_to_and_talked_through(
    has_reply: bool, is_talked_through: bool, needs: bool
) -> None:
    assert closing_needs_reason(has_reply=has_reply, is_talked_through=is_talked_through) is needs


def test_what_is_met_is_offered_as_a_strength_and_the_rest_as_an_area_for_development() -> None:
    assert [kind_for(one) for one in ("met", "partly_met", "not_met", "not_assessed", "")] == [
        "strength",
        "gap",
        "gap",
        "gap",
        "gap",
    ]
