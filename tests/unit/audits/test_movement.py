"""Which grades moderation moved: the overall one, or those of sections where a tool gives no overall grade."""

from plumbline.audits.rules.movement import Rated, moves_of

SCALE = ("outstanding", "good", "requires_improvement", "inadequate")


def rated(
    first: dict[str, str], second: dict[str, str], final: dict[str, str], is_settled: bool = True
) -> Rated:
    return Rated(SCALE, first, second, final, is_settled)


def test_with_an_overall_grade_it_alone_stands_for_the_audit_and_sections_are_counted_apart() -> None:
    first = {"": "good", "life": "good", "change": "inadequate"}
    final = {"": "good", "life": "requires_improvement", "change": "good"}
    found = moves_of([rated(first, final, final)])
    assert (found.of, found.moves) == ("overall", {"up": 0, "down": 0, "same": 1})
    assert found.by_section == {
        "life": {"up": 0, "down": 1, "same": 0},
        "change": {"up": 1, "down": 0, "same": 0},
    }
    assert (len(found.pairs), found.exact, found.near) == (1, 1, 1)


def test_without_an_overall_grade_every_section_can_move() -> None:
    first = {"life": "good", "change": "good"}
    final = {"life": "inadequate", "change": "good"}
    found = moves_of([rated(first, final, final)])
    assert (found.of, found.moves) == ("section", {"up": 0, "down": 1, "same": 1})
    assert (len(found.pairs), found.exact, found.near) == (2, 1, 1)


def test_before_it_is_settled_a_grade_has_not_moved_but_two_ratings_can_agree() -> None:
    found = moves_of([rated({"life": "good"}, {"life": "good"}, {"life": "good"}, is_settled=False)])
    assert (found.of, sum(found.moves.values()), found.by_section) == ("section", 0, {})
    assert (len(found.pairs), found.exact) == (1, 1)


def test_an_audit_that_nobody_rated_twice_says_nothing() -> None:
    found = moves_of([rated({"": "good"}, {}, {"": "good"}, is_settled=False)])
    assert (found.of, found.pairs, sum(found.moves.values())) == ("", (), 0)


def test_audits_with_and_without_an_overall_grade_are_named_as_both() -> None:
    with_one, without = {"": "good"}, {"life": "good"}
    found = moves_of([rated(with_one, {}, with_one), rated(without, {}, without)])
    assert (found.of, found.moves["same"]) == ("both", 2)
