"""What shared audits say about a criterion: a count of a count, with the range that chance leaves."""

from collections.abc import Iterator
from typing import Any

from plumbline.audits.queries.attainment import MONTHS, attained
from plumbline.audits.rules.report_counts import said, share_of
from plumbline.people.scope import Viewer
from plumbline.shared.area import Column, Evidence


def evidence(viewer: Viewer, criteria: list[Any]) -> Iterator[tuple[int, Evidence]]:
    """The answers to questions under each criterion; those about voice stand with voice, and managers' own apart."""
    for (key, is_voice, is_independent), one in attained(viewer, criteria).items():
        share = share_of(one.met, one.applicable, is_random=one.one_an_audit)
        why = "" if one.one_an_audit else " Some answers are of one audit, so no range is given."
        of = "shared audits" if is_independent else "managers’ own audits"
        sentence = f"Met in {said(share)} answers of {of} in the last {MONTHS} months.{why}"
        yield key, Evidence(Column.VOICE if is_voice else Column.PRACTICE, sentence, one.newest_on)
