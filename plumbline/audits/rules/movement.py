"""Which way moderation moved a grade: the one meaning of up and down, wherever it is counted."""

from collections.abc import Sequence


def moved(scale: Sequence[str], first: str, final: str) -> str:
    """ "up" towards the best grade, "down" or "same"; blank where either is no grade of the scale, best first."""
    if first not in scale or final not in scale:
        return ""
    before, after = scale.index(first), scale.index(final)
    return "same" if before == after else "up" if after < before else "down"
