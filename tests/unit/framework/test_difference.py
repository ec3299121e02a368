"""What an import would change, in words; and content known again by its digest."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from plumbline.framework.files.content import (
    Activity,
    ActivityType,
    Corner,
    Criterion,
    Forum,
    Schedule,
    Standard,
    StandardSet,
)
from plumbline.framework.files.difference import ChangeKind, Part, difference
from plumbline.framework.files.plain import content_digest
from plumbline.framework.rules.cadence import Every, Unit
from tests.unit.framework.strategies import REPEATABLE, standard_sets

MONTHLY = Every(1, Unit.MONTH)
ONE = Criterion("1.1", "1.1", "We listen.")
TWO = Criterion("1.2", "1.2", "We write it down.")
SET = StandardSet(
    key="ours", title="Ours", version="1", standards=(Standard("1", "Heard", criteria=(ONE, TWO)),)
)
AUDIT = Activity("audit", "Monthly audit", ActivityType.CASE_AUDIT, Corner.PRACTICE, (MONTHLY,))
SCHEDULE = Schedule(
    key="year", title="Year", version="1", forums=(Forum("board", "Board"),), activities=(AUDIT,)
)


def with_criteria(*criteria: Criterion) -> StandardSet:
    return replace(SET, standards=(Standard("1", "Heard", criteria=criteria),))


def test_the_same_content_changes_nothing() -> None:
    assert difference(SET, replace(SET)).is_empty
    assert difference(SET, SET).words() == ("Nothing changes.",)


def test_a_first_import_adds_everything() -> None:
    changes = difference(None, SET)

    assert changes.count(ChangeKind.ADDED, Part.CRITERION) == 2
    assert "Standard 1 (Heard) added." in changes.words()


def test_a_changed_criterion_is_named_with_its_fields() -> None:
    new = with_criteria(replace(ONE, text="We listen well.", not_yet="No one asked."), TWO)

    assert difference(SET, new).words() == (
        "Criterion 1.1 changed: text, what it looks like when not yet there.",
    )


def test_added_and_removed_criteria_are_named() -> None:
    new = with_criteria(ONE, Criterion("1.3", "1.3", "We reply."))

    assert difference(SET, new).words() == ("Criterion 1.3 added.", "Criterion 1.2 removed.")


def test_a_criterion_moved_to_another_standard_is_a_change() -> None:
    new = replace(
        SET, standards=(Standard("1", "Heard", criteria=(ONE,)), Standard("2", "Kept", criteria=(TWO,)))
    )

    assert difference(SET, new).words() == ("Standard 2 (Kept) added.", "Criterion 1.2 changed: standard.")


def test_a_new_order_alone_is_told() -> None:
    assert difference(SET, with_criteria(TWO, ONE)).words() == ("The order of the parts changes.",)


def test_activities_and_forums_are_compared_by_their_keys() -> None:
    quarterly = replace(AUDIT, cadences=(Every(3, Unit.MONTH),), intended_outcome="Better practice.")
    new = replace(SCHEDULE, version="2", forums=(Forum("panel", "Panel"),), activities=(quarterly,))

    assert difference(SCHEDULE, new).words() == (
        "About this definition changed: version.",
        "Forum panel (Panel) added.",
        "Forum board (Board) removed.",
        "Activity audit (Monthly audit) changed: cadences, intended outcome.",
    )


def test_standards_are_not_compared_with_a_schedule() -> None:
    with pytest.raises(ValueError, match="only be compared"):
        difference(SET, SCHEDULE)


def test_the_digest_tells_content_apart_by_every_field() -> None:
    others = [
        replace(SET, version="2"),
        replace(SET, effective_from=date(2026, 4, 1)),
        with_criteria(TWO, ONE),
        with_criteria(replace(ONE, flag="Odd."), TWO),
    ]

    assert len({content_digest(content) for content in (SET, *others)}) == 5
    assert len(content_digest(SET)) == 64


@REPEATABLE
@given(standard_sets(), standard_sets())
def test_nothing_changes_exactly_when_the_digest_is_the_same(one: StandardSet, two: StandardSet) -> None:
    assert difference(one, two).is_empty == (content_digest(one) == content_digest(two))
    assert difference(one, replace(one)).is_empty
