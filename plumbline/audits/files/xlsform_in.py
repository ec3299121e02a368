"""An XLSForm turned into the shape of our YAML files, every value with its sheet, row and column."""

from collections.abc import Iterator
from dataclasses import dataclass

from plumbline.audits.files import xlsform_shape as layout
from plumbline.audits.files.parts import words_of
from plumbline.audits.files.shape import JUDGEMENTS, KIND
from plumbline.audits.files.xlsform_when import HELP, when_of
from plumbline.shared.given import FileError, Given, Place, Problems
from plumbline.shared.plain_text import clean_line
from plumbline.shared.tables import Sheet, Workbook, column_letter
from plumbline.shared.yaml_lines import read_yaml

_YES = ("yes", "true", "true()", "1")
_PASSED_OVER = {"start", "end", "today", "deviceid", "username", "note"}


@dataclass(frozen=True)
class _Row:
    """One row that is not empty, its values by column heading."""

    place: Place
    values: dict[str, Given]

    def get(self, key: str) -> Given:
        return self.values.get(key) or Given(None, self.place)


def given_from_workbook(book: Workbook, problems: Problems) -> Given:
    """The tool of the workbook in the shape of our YAML files.

    Raises: FileError for a workbook without the sheets of an XLSForm.
    """
    survey = _sheet(book, layout.SURVEY)
    settings = _sheet(book, layout.SETTINGS)
    if survey is None or settings is None:
        raise FileError("The workbook needs the sheets “survey”, “choices” and “settings” of an XLSForm.")
    tool = _settings(settings, problems)
    lists = _choices(_sheet(book, layout.CHOICES), problems)
    tool["sections"] = Given(tuple(_sections(survey, lists, problems)), Place(sheet=survey.name))
    if (grades := _sheet(book, layout.GRADES)) is not None:
        rows = tuple(Given(row.values, row.place) for row in _rows(grades, problems))
        tool["grades"] = Given(rows, Place(sheet=grades.name))
    tool |= _rules(_sheet(book, layout.RULES), problems)
    return Given(tool, Place(sheet=survey.name))


def _sheet(book: Workbook, name: str) -> Sheet | None:
    return next((sheet for sheet in book.sheets if sheet.name.strip().casefold() == name), None)


def _rows(sheet: Sheet, problems: Problems) -> Iterator[_Row]:
    headings = [clean_line(str(one or "")) for one in (sheet.rows[0] if sheet.rows else ())]
    for number, cells in enumerate(sheet.rows[1:], start=2):
        values: dict[str, Given] = {}
        for column, (heading, cell) in enumerate(zip(headings, cells, strict=False), start=1):
            place = Place(sheet=sheet.name, row=number, column=column_letter(column), heading=heading[:60])
            if fault := sheet.faults.get((number, column)):
                problems.error(place, f"The cell {fault}. Write the value itself into the cell.")
            # A heading given twice counts once, where it is filled.
            if heading and cell is not None and not Given(cell).is_blank:
                values.setdefault(heading, Given(cell if isinstance(cell, str) else str(cell), place))
        if values:
            yield _Row(Place(sheet=sheet.name, row=number), values)


def _settings(sheet: Sheet, problems: Problems) -> dict[str, Given]:
    row = next(_rows(sheet, problems), _Row(Place(sheet=sheet.name, row=2), {}))
    tool = {
        "kind": Given(KIND, row.place),
        "title": row.get("form_title"),
        "key": row.get("form_id"),
        "version": row.get("version"),
    }
    return tool | {key: row.get(f"{layout.OWN}{key}") for key in layout.OWN_SETTINGS}


def _choices(sheet: Sheet | None, problems: Problems) -> dict[str, list[Given]]:
    lists: dict[str, list[Given]] = {}
    for row in _rows(sheet, problems) if sheet else ():
        named = words_of(row.get("list_name"))
        choice = {
            "key": row.get("name"),
            "label": row.get("label"),
            "descriptor": row.get(f"{layout.OWN}descriptor"),
        }
        lists.setdefault(named, []).append(Given(choice, row.place))
    return lists


def _sections(sheet: Sheet, lists: dict[str, list[Given]], problems: Problems) -> Iterator[Given]:
    section: _Row | None = None
    questions: list[Given] = []
    for row in _rows(sheet, problems):
        kind = words_of(row.get("type")).casefold().replace("_group", " group")
        if kind == "begin group":
            if section is not None:
                problems.error(row.place, "A group stands inside a group. End the one above first.")
                yield _section(section, questions)
            section, questions = row, []
        elif kind == "end group":
            if section is None:
                problems.error(row.place, "No group is open here. Take the row out.")
                continue
            yield _section(section, questions)
            section = None
        elif kind in _PASSED_OVER:
            problems.note(row.place, f"Rows of the type “{kind}” are not kept.")
        elif section is None:
            problems.error(
                row.place, "This question stands in no group. Put it between “begin group” and “end group”."
            )
        else:
            questions.append(_question(row, lists, problems))
    if section is not None:
        problems.error(
            section.place, "This group has no end. Write a row with “end group” after its last question."
        )
        yield _section(section, questions)


def _section(row: _Row, questions: list[Given]) -> Given:
    own = {key: row.get(f"{layout.OWN}{key}") for key in layout.SECTION_COLUMNS}
    return Given(
        {"key": row.get("name"), "title": row.get("label"), "questions": Given(tuple(questions), row.place)}
        | own,
        row.place,
    )


def _question(row: _Row, lists: dict[str, list[Given]], problems: Problems) -> Given:
    question = {"key": row.get("name"), "text": row.get("label"), "help": row.get("hint")}
    question |= {key: row.get(f"{layout.OWN}{key}") for key in layout.QUESTION_COLUMNS}
    question |= _answer(row, lists, problems)
    question |= _required(row, problems)
    if not row.get("relevant").is_blank:
        question["show_if"] = _when(row.get("relevant"), problems)
    descriptors = {
        heading.removeprefix(layout.DESCRIPTOR): value
        for heading, value in row.values.items()
        if heading.startswith(layout.DESCRIPTOR)
    }
    if descriptors:
        question["descriptors"] = Given(descriptors, row.place)
    return Given(question, row.place)


def _answer(row: _Row, lists: dict[str, list[Given]], problems: Problems) -> dict[str, Given]:
    given = row.get("type")
    kind, _, named = words_of(given).partition(" ")
    if kind == "text":
        return {"answer": Given("text", given.place)}
    if kind != "select_one":
        problems.error(
            given.place,
            f"“{words_of(given)[:40]}” is not kept. Write select_one {layout.JUDGEMENT_LIST}, select_one with a list of "
            "your own, or text.",
        )
        return {}
    choices = lists.get(named, [])
    is_judgement = named == layout.JUDGEMENT_LIST or (
        choices and all(words_of(one.get("key")) in JUDGEMENTS for one in choices)
    )
    if is_judgement:
        return {"answer": Given("judgement", given.place)}
    if not choices:
        problems.error(given.place, f"The sheet “choices” has no list “{named[:40]}”. Add its rows there.")
    return {"answer": Given("choice", given.place), "choices": Given(tuple(choices), given.place)}


def _required(row: _Row, problems: Problems) -> dict[str, Given]:
    given = row.get("required")
    said = words_of(given).casefold()
    if not said or said in ("no", "false", "false()", "0"):
        return {"required": Given("no", given.place)}
    if said in _YES:
        return {"required": Given("yes", given.place)}
    return {"required_if": _when(given, problems)}


def _when(given: Given, problems: Problems) -> Given:
    when = when_of(str(given.value))
    if when is None:
        problems.error(given.place, f"This condition cannot be kept. {HELP}")
        return Given(None, given.place)
    return _placed(when, given.place)


def _rules(sheet: Sheet | None, problems: Problems) -> dict[str, Given]:
    rules = {}
    for row in _rows(sheet, problems) if sheet else ():
        named, value = words_of(row.get("rule")), row.get("value")
        if named not in layout.RULE_NAMES:
            problems.error(
                row.place, f"“{named[:40]}” is no rule. Write one of: {', '.join(layout.RULE_NAMES)}."
            )
            continue
        try:
            rules[named] = _replaced(read_yaml(str(value.value or "").encode()), value.place)
        except FileError as fault:
            problems.error(value.place, f"The rule cannot be read. {fault}")
    return rules


def _placed(value: object, place: Place) -> Given:
    if isinstance(value, dict):
        return Given({key: _placed(part, place) for key, part in value.items()}, place)
    if isinstance(value, list):
        return Given(tuple(_placed(part, place) for part in value), place)
    return Given(str(value), place)


def _replaced(given: Given, place: Place) -> Given:
    """The value with all its parts at the place of the cell that they stand in."""
    if isinstance(given.value, dict):
        return Given({key: _replaced(part, place) for key, part in given.value.items()}, place)
    if isinstance(given.value, tuple):
        return Given(tuple(_replaced(part, place) for part in given.value), place)
    return Given(given.value, place)
