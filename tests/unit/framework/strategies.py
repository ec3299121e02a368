"""Made-up cadences and definition files for tests that hold for all of them."""

from hypothesis import strategies as st

from plumbline.framework.rules.cadence import Cadence, Event, Every, Minimum, Purpose, Range, Unit, Yearly

LETTERS = st.sampled_from("abcdeé ABC'’&/()[]:;,.-=+@#“”\"0123456789_xłß漢😀")


def line(most: int = 25) -> st.SearchStrategy[str]:
    """Words on one line, without blanks at their ends or two blanks in a row."""
    return st.text(LETTERS, max_size=most).map(lambda text: " ".join(text.split()))


def filled_line(most: int = 25) -> st.SearchStrategy[str]:
    """Words on one line, at least one character."""
    return line(most).filter(bool)


def cadences() -> st.SearchStrategy[Cadence]:
    """Any cadence that the rules allow."""
    purposes, labels, units = st.sampled_from(Purpose), line(), st.sampled_from(Unit)
    pairs = st.tuples(st.integers(1, 60), st.integers(1, 60))
    return st.one_of(
        st.builds(Every, st.integers(1, 120), units, purposes, labels),
        st.builds(
            lambda pair, unit, purpose, label: Range(pair[0], pair[0] + pair[1], unit, purpose, label),
            pairs,
            units,
            purposes,
            labels,
        ),
        st.builds(Minimum, st.integers(1, 31), purposes, labels),
        st.builds(Yearly, st.none() | st.integers(1, 366), purposes, labels),
        st.builds(Event, purposes, labels),
    )
