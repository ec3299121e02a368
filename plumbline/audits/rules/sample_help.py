"""How wide the range around a share would be with so many cases, for whoever decides how many to draw."""

from stats.proportion import wilson

# Half is the share with the widest range, so what is said holds for every other share too.
HALF = 0.5
TIMES = (2, 5)


def range_in_words(cases: int) -> str:
    """The range around a share of half with so many cases: "30% to 70%" for 20."""
    found = wilson(cases * HALF, cases)
    return f"{100 * found.lower:.0f}% to {100 * found.upper:.0f}%"


def width_sentence(cases: int, most: int) -> str:
    """What so many cases can say of a share of half, and what twice and five times as many would, as far as allowed."""
    more = [cases * times for times in TIMES if cases * times <= most]
    said = f"If half of all cases meet a criterion, {_drawn(cases)} can only say {range_in_words(cases)}"
    wider = ", ".join(f"{number} would say {range_in_words(number)}" for number in more)
    return f"{said}; {wider}." if wider else f"{said}."


def _drawn(cases: int) -> str:
    return "1 drawn case" if cases == 1 else f"{cases} drawn cases"
