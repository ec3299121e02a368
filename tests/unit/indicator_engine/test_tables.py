"""Record tables and code sets are read with every mistake named by file and line."""

from pathlib import Path

import pytest

from indicator_engine.codelists import load_codelists
from indicator_engine.faults import DefinitionFault
from indicator_engine.tables import ColumnType, Keep, load_tables

DEFINITIONS = Path(__file__).resolve().parents[3] / "definitions"
TABLE = """name: ssd_thing
title: Things
grain: one row a thing
source: Nowhere
key: thing_id
columns:
  - {name: thing_id, type: id, meaning: Identifies the thing}
  - {name: thing_code, type: code, meaning: Which thing, codelist: sex}
"""


def written(folder: Path, text: str, name: str = "ssd_thing.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_every_shipped_table_is_read_and_names_a_code_set_that_exists() -> None:
    tables = load_tables(DEFINITIONS / "record_tables")
    codelists = load_codelists(DEFINITIONS / "codelists")

    assert sum(name.startswith("ssd_") for name in tables) == 46
    named = {column.codelist for table in tables.values() for column in table.columns if column.codelist}
    assert named <= codelists.keys()
    coded = [
        (table.name, column.name)
        for table in tables.values()
        for column in table.columns
        if column.type is ColumnType.CODE and not column.codelist
    ]
    assert coded == []


def test_names_and_free_words_are_never_stored() -> None:
    person = load_tables(DEFINITIONS / "record_tables")["ssd_person"]

    stored = {column.name for column in person.stored}

    assert person.column("pers_surname").keep is Keep.NOTHING
    assert not stored & {"pers_forename", "pers_surname"}


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("type: code", "type: colour", 8),
        ("key: thing_id", "key: other_id", 5),
        ("grain: one row a thing\n", "", 1),
        ("title: Things", "tilte: Things", 2),
        ("name: thing_code", "name: thing_id", 7),
        ("codelist: sex", "refers_to: ssd_person.nothing", 8),
        ("title: Things", "name: again", 2),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(tmp_path: Path, old: str, new: str, line: int) -> None:
    folder = written(tmp_path, TABLE.replace(old, new))

    with pytest.raises(DefinitionFault, match=rf"^ssd_thing\.yaml:{line}: "):
        load_tables(folder)


def test_one_spelling_cannot_stand_for_two_codes(tmp_path: Path) -> None:
    text = "name: sex\ntitle: Sex\nsource: Here\ndate: '2025'\ncodes:\n"
    text += "  - {code: M, label: Male}\n  - {code: F, label: Female, also: [male]}\n"
    folder = written(tmp_path, text, "sex.yaml")

    with pytest.raises(DefinitionFault, match=r"sex\.yaml:7: “male” already stands for M"):
        load_codelists(folder)


def test_words_stay_as_they_stand_and_a_file_that_is_no_text_says_so(tmp_path: Path) -> None:
    text = "name: sex\ntitle: Sex\nsource: Here\ndate: 2.10\ncodes:\n  - {code: 01, label: no, also: [yes, 1_0]}\n"
    (found,) = load_codelists(written(tmp_path, text, "sex.yaml")).values()
    assert (found.date, found.codes[0].code, found.codes[0].label) == ("2.10", "01", "no")
    assert found.codes[0].also == ("yes", "1_0")
    for data, says in ((b"name: \xff", "UTF-8"), (b"name: \x00", "no text holds"), (b"a: 1\na: 2", "twice")):
        (tmp_path / "sex.yaml").write_bytes(data)
        with pytest.raises(DefinitionFault, match=says):
            load_codelists(tmp_path)
