"""A year of quality assurance in Fernshire: what was planned, done, done late, missed, and reported."""

from plumbline.demo.people import Fernshire


def make_year(fernshire: Fernshire) -> None:
    """Plans last year and this one, and records most of what is past."""
