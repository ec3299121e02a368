"""What shared audits say about a criterion: a count of a count, with the range that chance leaves."""

from collections.abc import Iterator
from typing import Any

from plumbline.audits.queries.attainment import MONTHS, SaidBy, attained
from plumbline.audits.rules.report_counts import said, share_of
from plumbline.people.scope import Viewer
from plumbline.shared.area import Column, Evidence


def evidence(viewer: Viewer, criteria: list[Any]) -> Iterator[tuple[int, Evidence]]:
    """The answers to questions under each criterion; those about voice stand with voice, managers' own and visits apart."""
    for (key, is_voice, said_by), one in attained(viewer, criteria).items():
        # Who is visited is not left to chance, so nothing can be said of others.
        is_drawn = said_by is not SaidBy.VISITS
        share = share_of(one.met, one.applicable, is_random=is_drawn and one.one_an_audit)
        why = "" if one.one_an_audit else " Some answers are of one audit, so no range is given."
        sentence = f"Met in {said(share)} answers of {said_by} in the last {MONTHS} months.{why}"
        yield key, Evidence(Column.VOICE if is_voice else Column.PRACTICE, sentence, one.newest_on)
