"""When two files hold the same standards, what a changed one is called, and which notes go on."""

from dataclasses import replace
from datetime import date

from plumbline.framework.files.content import Criterion, Note, Standard, StandardSet
from plumbline.framework.rules.versions import (
    free_version,
    is_version_of,
    new_notes,
    with_notes_kept,
    wording_digest,
)

MAY, JUNE = Note(date(2026, 5, 1), "May."), Note(date(2026, 6, 1), "June.")


def a_set(*criteria: Criterion, version: str = "1") -> StandardSet:
    return StandardSet(
        key="k", title="T", version=version, standards=(Standard("1", "S", criteria=criteria),)
    )


def one(key: str, text: str = "Words.", *notes: Note) -> Criterion:
    return Criterion(key=key, number=key, text=text, notes=notes)


def test_wording_is_the_same_whatever_the_version_is_called_and_whatever_notes_it_has() -> None:
    assert wording_digest(a_set(one("1"))) == wording_digest(a_set(one("1", "Words.", MAY), version="9"))
    assert wording_digest(a_set(one("1"))) != wording_digest(a_set(one("1", "Other.")))
    assert wording_digest(a_set(one("1"))) != wording_digest(replace(a_set(one("1")), equality="Looked at."))


def test_a_changed_file_gets_the_next_free_number() -> None:
    assert free_version("1", set()) == "1"
    assert free_version("1", {"1"}) == "1 (2)"
    assert free_version("1", {"1", "1 (2)"}) == "1 (3)"
    assert free_version("1 (2)", {"1", "1 (2)"}) == "1 (3)"


def test_a_version_name_as_long_as_may_be_still_finds_room_for_its_number() -> None:
    name = "x" * 60
    numbered = free_version(name, {name})
    assert len(numbered) <= 60
    assert is_version_of(numbered, name)


def test_a_numbered_version_belongs_to_the_name_it_came_from_and_to_no_other() -> None:
    assert is_version_of("1", "1")
    assert is_version_of("1 (2)", "1")
    assert not is_version_of("1 (draft)", "1")
    assert not is_version_of("10", "1")
    assert not is_version_of("1", "1 (2)")


def test_notes_go_on_to_criteria_whose_words_stay_in_the_order_of_their_days() -> None:
    old = a_set(one("1", "Words.", JUNE), one("2", "Words.", JUNE))
    new = a_set(one("1", "Words.", MAY), one("2", "Other words."), one("3"))
    assert [c.notes for c in with_notes_kept(new, old).criteria] == [(MAY, JUNE), (), ()]


def test_only_notes_that_are_not_there_yet_are_new() -> None:
    kept = a_set(one("1", "Words.", MAY), one("2"))
    given = a_set(one("1", "Words.", MAY, JUNE, JUNE), one("2"), one("3", "Words.", MAY))
    assert new_notes(kept, given) == {"1": (JUNE,)}
