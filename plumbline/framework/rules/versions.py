"""When two files hold the same standards, what a changed one is called, and which notes go on to it."""

import re
from collections.abc import Callable, Collection
from dataclasses import replace

from plumbline.framework.files.content import LONGEST_VERSION, Criterion, Note, StandardSet
from plumbline.framework.files.plain import content_digest

_ROOM_FOR_NUMBER = len(" (9999)")


def wording_digest(content: StandardSet) -> str:
    """The digest of what the standards say, whatever the version is called and whatever notes were added.

    Unit: 64 hexadecimal digits.
    """
    return content_digest(
        replace(with_criteria(content, lambda criterion: replace(criterion, notes=())), version="")
    )


def with_criteria(content: StandardSet, changed: Callable[[Criterion], Criterion]) -> StandardSet:
    """The set with each criterion passed through a function."""
    standards = tuple(
        replace(standard, criteria=tuple(changed(criterion) for criterion in standard.criteria))
        for standard in content.standards
    )
    return replace(content, standards=standards)


def is_version_of(kept: str, given: str) -> bool:
    """Whether a version kept as `kept` came from a file that calls itself `given`: 1 and 1 (2) both from 1."""
    return kept == given or re.fullmatch(rf"{re.escape(_stem(given))} \(\d+\)", kept) is not None


def free_version(given: str, taken: Collection[str]) -> str:
    """The name for a new version: as given, or with a number where that is taken: "1 (2)"."""
    if given not in taken:
        return given
    # A changed export of "1 (2)" becomes "1 (3)", not "1 (2) (2)".
    stem = re.sub(r" \(\d+\)$", "", given)
    return next(name for n in range(2, 10_000) if (name := f"{_stem(stem)} ({n})") not in taken)


def free_key(number: str, taken: Collection[str]) -> str:
    """The key for a criterion printed as `number`: the number, or with a letter where that is taken: "2.3b".

    Source: ambiguity Z20.
    """
    if number not in taken:
        return number
    return next(key for letter in "bcdefghijklmnopqrstuvwxyz" if (key := f"{number}{letter}") not in taken)


def _stem(version: str) -> str:
    return version[: LONGEST_VERSION - _ROOM_FOR_NUMBER]


def new_notes(kept: StandardSet, given: StandardSet) -> dict[str, tuple[Note, ...]]:
    """By criterion key, the notes that the given set has and the kept one has not."""
    before = {criterion.key: set(criterion.notes) for criterion in kept.criteria}
    found = {
        criterion.key: tuple(
            dict.fromkeys(note for note in criterion.notes if note not in before[criterion.key])
        )
        for criterion in given.criteria
        if criterion.key in before
    }
    return {key: notes for key, notes in found.items() if notes}


def with_notes_kept(new: StandardSet, old: StandardSet) -> StandardSet:
    """The new set with the notes of the old one on every criterion whose text stayed the same."""
    before = {criterion.key: criterion for criterion in old.criteria}

    def noted(criterion: Criterion) -> Criterion:
        was = before.get(criterion.key)
        kept = was.notes if was is not None and was.text == criterion.text else ()
        together = dict.fromkeys((*kept, *criterion.notes))
        return replace(criterion, notes=tuple(sorted(together, key=lambda note: note.on)))

    return with_criteria(new, noted)
