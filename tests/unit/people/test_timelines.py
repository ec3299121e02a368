"""How a line of dated facts changes from a day, and what makes a circle."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from plumbline.people.rules.timelines import Change, Link, Span, change_from, makes_a_circle

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def test_a_new_fact_ends_the_one_that_holds_on_its_first_day() -> None:
    assert change_from([Span(1, MAY)], JUNE) == Change(ends=1)


def test_a_fact_planned_for_later_stays_and_ends_the_new_one() -> None:
    assert change_from([Span(1, MAY, JULY), Span(2, JULY)], JUNE) == Change(ends=1, until=JULY)


def test_a_fact_that_began_on_the_same_day_is_replaced() -> None:
    assert change_from([Span(1, MAY, JULY), Span(2, JULY)], MAY) == Change(replaces=1, until=JULY)


def test_a_fact_in_a_gap_lasts_until_the_next_one() -> None:
    assert change_from([Span(1, MAY, JUNE), Span(2, JULY)], JUNE) == Change(until=JULY)


@given(st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), min_size=1, max_size=6, unique=True), st.data())
def test_after_a_change_every_day_from_the_first_on_has_exactly_one_fact(
    starts: list[date], data: st.DataObject
) -> None:
    days = sorted(starts)
    spans = [Span(n, day, days[n + 1] if n + 1 < len(days) else None) for n, day in enumerate(days)]
    day = data.draw(st.dates(days[0], date(2031, 1, 1)))
    change = change_from(spans, day)
    after = [
        Span(span.key, span.starts_on, day) if span.key == change.ends else span
        for span in spans
        if span.key != change.replaces
    ] + [Span(99, day, change.until)]
    for asked in {*days, day, date(2032, 1, 1)}:
        assert sum(span.holds_on(asked) for span in after) == 1
    assert next(span for span in after if span.holds_on(day)).key == 99


def test_nobody_stands_above_themselves_directly_or_further_up() -> None:
    chain = [Link(1, 2, MAY), Link(2, 3, MAY)]
    assert makes_a_circle(chain, Link(3, 1, JUNE))
    assert makes_a_circle(chain, Link(3, 3, JUNE))
    assert not makes_a_circle(chain, Link(4, 1, JUNE))


def test_a_circle_that_would_only_close_later_is_found() -> None:
    planned = [Link(2, 1, JULY)]
    assert makes_a_circle(planned, Link(1, 2, JUNE))
    assert not makes_a_circle(planned, Link(1, 2, JUNE, JULY))


def test_a_link_that_has_ended_makes_no_circle() -> None:
    assert not makes_a_circle([Link(2, 1, MAY, JUNE)], Link(1, 2, JUNE))


def test_the_link_that_is_replaced_does_not_stand_in_the_way() -> None:
    assert not makes_a_circle([Link(1, 2, MAY), Link(2, 3, MAY)], Link(2, 4, JUNE))
