"""Runs of figures that are off: where they begin, and when two are the same."""

from datetime import date

from plumbline.indicators.models import ExceptionState
from plumbline.indicators.rules.exceptions import MOVES, Run, is_known, run_at_the_end

APRIL, MAY, JUNE, JULY = (date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31))


def test_a_run_begins_where_figures_went_off_and_a_gap_does_not_end_it() -> None:
    assert run_at_the_end([(APRIL, True), (MAY, False), (JUNE, True), (JULY, True)]) == Run(JUNE, JULY)
    assert run_at_the_end([(APRIL, False), (MAY, True), (JUNE, None), (JULY, True)]) == Run(MAY, JULY)
    assert run_at_the_end([(MAY, True), (JUNE, True), (JULY, None)]) == Run(MAY, JUNE)
    assert run_at_the_end([(JUNE, True), (JULY, False)]) is None
    assert run_at_the_end([]) is None


def test_a_run_that_went_on_or_was_counted_anew_is_the_same_and_one_after_a_good_month_is_not() -> None:
    assert is_known(Run(APRIL, JULY), [Run(APRIL, MAY)])
    assert is_known(Run(MAY, JULY), [Run(APRIL, MAY)])
    assert not is_known(Run(JUNE, JULY), [Run(APRIL, APRIL)])


def test_every_state_has_its_moves() -> None:
    assert set(MOVES) == set(ExceptionState.values)
    assert set().union(*MOVES.values()) <= set(MOVES)
