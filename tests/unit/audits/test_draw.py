"""A draw repeated from its certificate: it matches, or the first difference is named."""

from typing import Any

import pytest

from plumbline.audits.rules.certificate import KIND, VERSION, marks_of, verify
from plumbline.audits.rules.draw import METHOD, TooSmall, draw
from stats.sampling import draw_order, frame_digest

pytestmark = pytest.mark.no_database_needed
SEED = "4 8 15 16 23 42"
FRAME = {f"LC-{n}": ("north", "south", "west")[n % 3 if n % 7 else 2] for n in range(90)}
RECENT = frozenset({"LC-3", "LC-40", "LC-77"})


def certificate(**more: Any) -> dict[str, Any]:
    drawn = draw(FRAME, recent=RECENT, seed=SEED, size=20)
    strata = []
    for one in drawn:
        order, left = [], one.drawn
        for position, reference in one.kept(RECENT):
            state = "excluded" if reference in RECENT else "selected" if left else "reserve"
            left -= state == "selected"
            order.append({"position": position, "reference": reference, "state": state, "reason": ""})
        strata.append(
            {
                "key": one.key,
                "label": one.key.title(),
                "size": one.size,
                "recent": one.recent,
                "drawn": one.drawn,
                "order": order,
            }
        )
    return {
        "kind": KIND,
        "version": VERSION,
        "method": METHOD,
        "frame": {"digest": frame_digest(FRAME), "size": len(FRAME), "marks": marks_of(list(FRAME), SEED)},
        "seed": {"value": SEED},
        "sample_size": 20,
        "stratum_minimum": 0,
        "recent": sorted(RECENT),
        "strata": strata,
    } | more


def drawn_places(told: dict[str, Any], state: str = "selected") -> list[dict[str, Any]]:
    return [place for one in told["strata"] for place in one["order"] if place["state"] == state]


def test_the_same_list_seed_and_method_give_the_same_sample() -> None:
    verdict = verify(certificate(), FRAME)
    assert verdict.is_match, verdict.sentence
    assert verdict.sentence.startswith("Match. 90 cases")
    assert "the same 20 cases" in verdict.sentence


def test_the_order_of_the_list_does_not_matter() -> None:
    assert verify(certificate(), dict(reversed(FRAME.items()))).is_match


def test_a_case_put_into_the_list_is_named() -> None:
    verdict = verify(certificate(), FRAME | {"LC-900": "north"})
    assert not verdict.is_match
    assert verdict.sentence == (
        "The list was changed: LC-900 was not in it. It holds 91 cases; the sample was drawn from 90."
    )


def test_a_drawn_case_taken_from_the_list_is_named() -> None:
    told = certificate()
    reference = drawn_places(told)[0]["reference"]
    verdict = verify(told, {key: value for key, value in FRAME.items() if key != reference})
    assert f"{reference} is no longer in it" in verdict.sentence


def test_another_list_altogether_is_told_as_such() -> None:
    assert "The list is another one" in verify(certificate(), {f"X-{n}": "north" for n in range(90)}).sentence


def test_a_changed_seed_is_told_as_such() -> None:
    verdict = verify(certificate(seed={"value": "4 8 15"}), FRAME)
    assert verdict.sentence == "The seed is not the one the sample was drawn with. The list is the same."


def test_two_places_swapped_are_named_with_the_case_that_belongs_there() -> None:
    told = certificate()
    order = told["strata"][0]["order"]
    right = order[0]["reference"]
    order[0]["reference"], order[1]["reference"] = order[1]["reference"], order[0]["reference"]
    verdict = verify(told, FRAME)
    assert (
        f"The order differs in North: place 1 is {order[0]['reference']} and should be {right}."
        == verdict.sentence
    )


def test_a_place_left_out_of_the_certificate_is_missed() -> None:
    told = certificate()
    gone = told["strata"][1]["order"].pop(0)
    assert f"place 1, {gone['reference']}, is missing" in verify(told, FRAME).sentence


def test_a_case_passed_over_without_a_reason_is_named() -> None:
    told = certificate()
    place = drawn_places(told)[0]
    place["state"] = "reserve"
    assert f"{place['reference']} at place" in verify(told, FRAME).sentence


def test_a_case_left_out_by_two_people_with_a_reason_still_matches() -> None:
    told = certificate()
    order = told["strata"][0]["order"]
    first = next(place for place in order if place["state"] == "selected")
    first |= {"state": "excluded", "reason": "closed", "approved_by": "B"}
    next(place for place in order if place["state"] == "reserve")["state"] = "selected"
    assert verify(told, FRAME).is_match
    first["approved_by"] = ""
    assert "without a reason or somebody who agreed" in verify(told, FRAME).sentence


def test_more_drawn_than_the_share_of_a_stratum_is_seen() -> None:
    told = certificate()
    drawn_places(told, "reserve")[0]["state"] = "selected"
    assert "1 more drawn than its share" in verify(told, FRAME).sentence


def test_a_case_moved_to_another_stratum_is_seen_in_the_numbers() -> None:
    moved = dict(FRAME)
    moved["LC-1"] = "west"
    assert verify(certificate(), moved).sentence.startswith("The numbers differ in")


@pytest.mark.parametrize("broken", [{}, {"kind": KIND}, {"kind": KIND, "version": VERSION, "method": METHOD}])
def test_a_damaged_certificate_is_told_in_words(broken: dict[str, Any]) -> None:
    assert not verify(broken, FRAME).is_match


def test_a_certificate_with_a_place_withheld_says_whom_to_ask() -> None:
    assert "declared an interest" in verify(certificate(withheld=1), FRAME).sentence


def test_cases_audited_lately_keep_their_place_and_are_passed_over() -> None:
    drawn = draw(dict.fromkeys(FRAME, ""), recent=RECENT, seed=SEED, size=5)
    assert drawn[0].order == draw_order(FRAME, SEED)
    assert (drawn[0].size, drawn[0].recent, drawn[0].drawn) == (90, 3, 5)


def test_the_sample_is_shared_among_strata_by_largest_remainder() -> None:
    frame = {f"A{n}": "a" for n in range(50)} | {f"B{n}": "b" for n in range(30)} | {"C1": "c"}
    assert {one.key: one.drawn for one in draw(frame, recent=(), seed=SEED, size=10)} == {
        "a": 6,
        "b": 4,
        "c": 0,
    }
    least = draw(frame, recent=(), seed=SEED, size=10, minimum=1)
    assert {one.key: one.drawn for one in least} == {"a": 6, "b": 3, "c": 1}


def test_a_stratum_gives_no_more_than_it_has_and_a_small_frame_is_taken_whole() -> None:
    drawn = draw({"A1": "a", "A2": "a"}, recent={"A1"}, seed=SEED, size=20)
    assert drawn[0].drawn == 1


def test_a_sample_too_small_for_a_minimum_of_each_stratum_is_refused() -> None:
    with pytest.raises(TooSmall):
        draw({f"A{n}": str(n) for n in range(9)}, recent=(), seed=SEED, size=5, minimum=1)


def test_about_ten_reserves_are_kept_beyond_the_sample() -> None:
    (one,) = draw(dict.fromkeys(FRAME, ""), recent=RECENT, seed=SEED, size=20)
    kept = [reference for _, reference in one.kept(RECENT) if reference not in RECENT]
    assert len(kept) == 30
    assert [position for position, _ in one.kept(RECENT)] == list(range(1, len(one.kept(RECENT)) + 1))
