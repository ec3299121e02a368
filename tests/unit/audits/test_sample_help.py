"""What a number of cases can say, beside the box in which it is typed."""

import pytest

from plumbline.audits.rules.sample_help import range_in_words, width_sentence


# Wilson's score interval at 95% around a half, worked out by hand: 0.5 ± 1.96 / (2 √(n + 1.96²)).
@pytest.mark.parametrize(
    ("cases", "words"),
    [(6, "19% to 81%"), (20, "30% to 70%"), (40, "35% to 65%"), (100, "40% to 60%")],
)
def test_the_range_around_a_half_is_wilsons(cases: int, words: str) -> None:
    assert range_in_words(cases) == words


def test_the_sentence_says_what_twice_and_five_times_as_many_would_say() -> None:
    assert width_sentence(20, 200) == (
        "If half of all cases meet a criterion, 20 drawn cases can only say 30% to 70%; "
        "40 would say 35% to 65%, 100 would say 40% to 60%."
    )


def test_no_more_cases_are_spoken_of_than_may_be_drawn() -> None:
    assert "400" not in width_sentence(80, 200)
    assert width_sentence(200, 200).endswith("200 drawn cases can only say 43% to 57%.")
    assert "1 drawn case can" in width_sentence(1, 1)
