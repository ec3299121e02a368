"""The draw: seed first, repeatable, nobody twice a year, left out by two people, replaced by the next in the order."""

from typing import Any

import pytest
from django.db import IntegrityError

from plumbline.audits.actions import draws, exclusions
from plumbline.audits.actions.round_stages import RoundNotInState, move_round
from plumbline.audits.actions.rounds import cancel_round, change_round
from plumbline.audits.models import Audit, Round, Slot, SlotState
from plumbline.audits.rules.draw import TooSmall
from plumbline.event_log.models import Event
from plumbline.shared import dates
from stats.sampling import draw_order
from tests.factories.cast import Cast
from tests.factories.rounds import (
    SEED,
    case_list_file,
    case_rows,
    draw_of,
    drawn_round,
    imported,
    planned_round,
)


def slots(round: Round, state: str = "", **more: Any) -> list[Slot]:
    rows = Slot.objects.as_system("draw").filter(draw=draw_of(round), **more).select_related("case")
    return list((rows.filter(state=state) if state else rows).order_by("stratum", "position"))


def references(found: list[Slot]) -> list[str]:
    return [slot.case.reference for slot in found]


def selected(round: Round, **more: Any) -> list[Slot]:
    return slots(round, SlotState.SELECTED, **more)


def audit_of(slot: Slot, cast: Cast) -> Audit:
    from tests.factories.audits import make_tool

    return Audit.objects.create(
        round=slot.draw.round,
        slot=slot,
        case=slot.case,
        reference=slot.case.reference,
        tool=make_tool(),
        unit=slot.case.unit,
        auditor=cast.amira,
        due_on=dates.today(),
    )


def test_the_sample_is_the_first_of_the_order_that_anybody_can_work_out(cast: Cast) -> None:
    made = drawn_round(cast, sample_size=20)
    order = draw_order([row[0] for row in case_rows(60)], SEED)
    assert references(selected(made)) == list(order[:20])
    assert references(slots(made, SlotState.RESERVE)) == list(order[20:30])


def test_a_draw_needs_its_seed_and_the_seed_its_case_list(cast: Cast) -> None:
    made = planned_round(cast)
    with pytest.raises(RoundNotInState):
        draws.record_seed(by=cast.qa_officer, round=made, value="1", kind="people", how="Dice")
    imported(cast, made)
    with pytest.raises(RoundNotInState):
        draws.draw_sample(by=cast.qa_officer, round=made)


def test_a_seed_is_given_once_and_a_sample_drawn_once(cast: Cast) -> None:
    made = planned_round(cast)
    imported(cast, made)
    draws.record_seed(by=cast.qa_officer, round=made, value="1", kind="people", how="Dice")
    with pytest.raises(draws.SeedGiven):
        draws.record_seed(by=cast.qa_officer, round=made, value="2", kind="people", how="Dice")
    draws.draw_sample(by=cast.qa_officer, round=made)
    with pytest.raises(RoundNotInState):
        draws.draw_sample(by=cast.qa_officer, round=made)


def test_strata_give_by_their_size_and_at_least_the_minimum(cast: Cast) -> None:
    made = drawn_round(cast, sample_size=7, strata=["team", "plan_type"], stratum_minimum=2)
    told = draw_of(made).strata
    assert [(one["label"], one["size"], one["drawn"]) for one in told] == [
        ("Fostering, Child in care", 20, 3),
        ("Safeguarding North, Child in need", 20, 2),
        ("Safeguarding South, Child protection", 20, 2),
    ]
    assert len(selected(made)) == 7


def test_a_sample_too_small_for_its_strata_leaves_everything_as_it_was(cast: Cast) -> None:
    made = planned_round(cast, sample_size=2, strata=["team"], stratum_minimum=1)
    imported(cast, made)
    draws.record_seed(by=cast.qa_officer, round=made, value="1", kind="people", how="Dice")
    with pytest.raises(TooSmall):
        draws.draw_sample(by=cast.qa_officer, round=made)
    assert Round.objects.as_system("draw").get(pk=made.pk).state == "cohort"


def test_a_case_audited_in_the_last_twelve_months_is_passed_over_and_the_order_stays(cast: Cast) -> None:
    month = dates.first_of_month(dates.today())
    earlier = drawn_round(cast, sample_size=6, month=dates.first_of_month(month, -3))
    audited = [audit_of(slot, cast).reference for slot in selected(earlier)]
    made = drawn_round(cast, sample_size=6)
    assert set(references(slots(made, SlotState.EXCLUDED))) == set(audited)
    assert {slot.reason for slot in slots(made, SlotState.EXCLUDED)} == {"recent"}
    order = draw_order([row[0] for row in case_rows(60)], SEED)
    assert references(selected(made)) == [one for one in order if one not in audited][:6]


@pytest.mark.parametrize(("months", "passed_over"), [(-13, 0), (-12, 6)])
def test_the_no_repeat_time_is_counted_in_months_of_rounds(cast: Cast, months: int, passed_over: int) -> None:
    month = dates.first_of_month(dates.today())
    earlier = drawn_round(cast, sample_size=6, month=dates.first_of_month(month, months))
    for slot in selected(earlier):
        audit_of(slot, cast)
    assert len(slots(drawn_round(cast, sample_size=6), SlotState.EXCLUDED)) == passed_over


def test_an_audit_that_was_exempted_or_replaced_does_not_count_as_audited(cast: Cast) -> None:
    month = dates.first_of_month(dates.today())
    earlier = drawn_round(cast, sample_size=2, month=dates.first_of_month(month, -1))
    for slot, state in zip(selected(earlier), ("exempted", "replaced"), strict=True):
        audit = audit_of(slot, cast)
        Audit.objects.as_system("draw").filter(pk=audit.pk).update(state=state)
    assert slots(drawn_round(cast), SlotState.EXCLUDED) == []


def test_one_asks_and_another_agrees_to_leave_a_case_out_and_the_next_takes_its_place(cast: Cast) -> None:
    made = drawn_round(cast, sample_size=5)
    first, before = selected(made)[1], references(slots(made))
    reserve = slots(made, SlotState.RESERVE)[0]
    asked = exclusions.ask_to_leave_out(by=cast.qa_officer, slot=first, reason="closed", note="Closed in May")
    assert len(selected(made)) == 5
    with pytest.raises(exclusions.SamePerson):
        exclusions.agree_to_leave_out(by=cast.qa_officer, slot=asked)
    instead = exclusions.agree_to_leave_out(by=cast.qa_lead, slot=asked)
    assert instead is not None
    assert instead.pk == reserve.pk
    assert len(selected(made)) == 5
    assert references(slots(made)) == before
    left = slots(made, SlotState.EXCLUDED)[0]
    assert (left.reason, left.approved_by) == ("closed", cast.qa_lead)


def test_a_case_kept_in_after_all_may_be_asked_about_again(cast: Cast) -> None:
    slot = selected(drawn_round(cast))[0]
    exclusions.ask_to_leave_out(by=cast.qa_officer, slot=slot, reason="wrong", note="")
    kept = exclusions.keep_in(by=cast.qa_lead, slot=slot)
    assert (kept.state, kept.reason, kept.proposed_by) == ("selected", "", None)
    with pytest.raises(exclusions.SlotNotInState):
        exclusions.agree_to_leave_out(by=cast.qa_lead, slot=slot)
    exclusions.ask_to_leave_out(by=cast.qa_lead, slot=slot, reason="wrong", note="")


def test_an_audit_in_hand_is_replaced_with_its_case_and_one_that_is_done_stays(cast: Cast) -> None:
    made = drawn_round(cast)
    hand, done = selected(made)[:2]
    audit = audit_of(hand, cast)
    finished = audit_of(done, cast)
    Audit.objects.as_system("draw").filter(pk=finished.pk).update(state="closed")
    exclusions.ask_to_leave_out(by=cast.qa_officer, slot=hand, reason="court", note="")
    exclusions.agree_to_leave_out(by=cast.director, slot=hand)
    assert Audit.objects.as_system("draw").get(pk=audit.pk).state == "replaced"
    assert references(slots(made, SlotState.REPLACED)) == [hand.case.reference]
    with pytest.raises(exclusions.SlotNotInState):
        exclusions.ask_to_leave_out(by=cast.qa_officer, slot=done, reason="court", note="")


def test_more_reserves_are_worked_out_when_the_kept_ones_run_out(cast: Cast) -> None:
    made = drawn_round(cast, sample_size=3)
    order = draw_order([row[0] for row in case_rows(60)], SEED)
    for _ in range(14):
        slot = selected(made)[0]
        exclusions.ask_to_leave_out(by=cast.qa_officer, slot=slot, reason="closed", note="")
        exclusions.agree_to_leave_out(by=cast.qa_lead, slot=slot)
    assert references(selected(made)) == list(order[14:17])


def test_when_the_frame_is_used_up_the_sample_is_smaller(cast: Cast) -> None:
    made = drawn_round(cast, cases=3, sample_size=3)
    slot = selected(made)[0]
    exclusions.ask_to_leave_out(by=cast.qa_officer, slot=slot, reason="closed", note="")
    assert exclusions.agree_to_leave_out(by=cast.qa_lead, slot=slot) is None
    assert len(selected(made)) == 2


def test_a_picked_case_stands_apart_and_is_passed_over_as_a_reserve(cast: Cast) -> None:
    made = drawn_round(cast, sample_size=3)
    reserve = slots(made, SlotState.RESERVE)[0]
    outside = draw_order([row[0] for row in case_rows(60)], SEED)[50]
    draws.pick_case(
        by=cast.qa_lead, round=made, reference=reserve.case.reference, route="inspector", why="Asked"
    )
    draws.pick_case(by=cast.qa_lead, round=made, reference=outside, route="purposive", why="Complaint")
    assert len(selected(made, route="random")) == 3
    assert {slot.route for slot in selected(made)} == {"random", "inspector", "purposive"}
    first = selected(made, route="random")[0]
    exclusions.ask_to_leave_out(by=cast.qa_officer, slot=first, reason="closed", note="")
    instead = exclusions.agree_to_leave_out(by=cast.qa_lead, slot=first)
    assert instead is not None
    assert instead.case.reference not in (reserve.case.reference, outside)


def test_a_case_already_drawn_or_not_in_the_list_cannot_be_picked(cast: Cast) -> None:
    made = drawn_round(cast)
    drawn = selected(made)[0].case.reference
    with pytest.raises(draws.InSample):
        draws.pick_case(by=cast.qa_lead, round=made, reference=drawn, route="purposive", why="x")
    with pytest.raises(draws.NotThere):
        draws.pick_case(by=cast.qa_lead, round=made, reference="LC-1", route="purposive", why="x")


def test_the_events_of_a_draw_hold_no_case_reference(cast: Cast) -> None:
    made = drawn_round(cast)
    slot = selected(made)[0]
    exclusions.ask_to_leave_out(by=cast.qa_officer, slot=slot, reason="closed", note="LC-1")
    exclusions.agree_to_leave_out(by=cast.qa_lead, slot=slot)
    events = Event.objects.as_system("verify-event-log").filter(action__startswith="draw.")
    assert events.count() == 4
    assert all("LC-" not in str(event.detail) for event in events)


def test_what_the_draw_settled_cannot_be_changed_and_the_rest_can(cast: Cast) -> None:
    made = drawn_round(cast)
    with pytest.raises(RoundNotInState):
        change_round(by=cast.qa_lead, round=made, sample_size=25)
    assert change_round(by=cast.qa_lead, round=made, title="Neglect, again").title == "Neglect, again"


def test_a_round_moves_only_as_the_table_of_moves_allows(cast: Cast) -> None:
    made = planned_round(cast)
    with pytest.raises(RoundNotInState):
        move_round(by=cast.qa_lead, round=made, to="drawn")
    cancelled = cancel_round(by=cast.qa_lead, round=made, reason="Inspection")
    assert [step.state for step in cancelled.steps.all()] == ["proposed", "planned", "cancelled"]
    assert cancelled.steps.last().reason == "Inspection"
    with pytest.raises(RoundNotInState):
        cancel_round(by=cast.qa_lead, round=made, reason="Again")


def test_a_round_needs_a_range_the_right_way_round(cast: Cast) -> None:
    with pytest.raises(IntegrityError):
        planned_round(cast, target_min=30)


def test_a_larger_list_draws_without_a_question_a_case(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    made = planned_round(cast)
    imported(cast, made, case_list_file(1200))
    draws.record_seed(by=cast.qa_officer, round=made, value="1", kind="people", how="Dice")
    with django_assert_max_num_queries(25):
        draws.draw_sample(by=cast.qa_officer, round=made)
