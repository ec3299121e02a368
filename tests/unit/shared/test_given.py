"""Problems that name their place."""

from plumbline.shared.given import Given, Place, Problems, Severity


def test_a_place_says_line_and_keys_or_sheet_row_and_column() -> None:
    assert str(Place(line=3, path=("standards", 2, "title"))) == "line 3, standards 2, title"
    assert (
        str(Place(sheet="Notes", row=4, column="B", heading="Date")) == "sheet Notes, row 4, column B (Date)"
    )
    assert str(Place()) == "the file"


def test_a_missing_key_is_a_blank_at_the_place_of_its_mapping() -> None:
    given = Given({"a": Given("x")}, Place(line=7))

    assert given.get("b").is_blank
    assert given.get("b").place.line == 7


def test_errors_come_before_notes_and_one_kind_of_note_is_told_once() -> None:
    problems = Problems()
    problems.note(Place(line=1), "Odd.")
    for line in (2, 3, 4):
        problems.note_once("colour", Place(line=line), "One has no colour.", "{n} have no colour.")
    problems.note_once("size", Place(line=5), "One has no size.", "{n} have no size.")
    problems.error(Place(line=6), "Wrong.")

    told = [str(problem) for problem in problems.told()]

    assert told == [
        "Line 6: Wrong.",
        "Line 1: Odd.",
        "Line 2: 3 have no colour.",
        "Line 5: One has no size.",
    ]
    assert problems.has_errors


def test_many_notes_never_hide_an_error() -> None:
    problems = Problems()
    for line in range(600):
        problems.note(Place(line=line), "Odd.")
    problems.error(Place(line=601), "Wrong.")

    told = problems.told()

    assert (told[0].severity, told[0].message) == (Severity.ERROR, "Wrong.")
    assert told[-1].message == "There are 100 more notes."
