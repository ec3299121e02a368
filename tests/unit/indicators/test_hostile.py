"""Files made to harm are refused before they unpack, swell or reach anything, and leave nothing behind."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plumbline.indicators.files import cin_stream, sources, text_rows
from plumbline.indicators.files.load import load
from tests.unit.indicators.returns import CENSUS_CHILD, NOW, census, csv_text, person

LAUGHS = '<!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
READS = '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


def refused(path: Path, folder: Path) -> str:
    """What is said of a file that must not be loaded."""
    report = load(path, folder / "out" / "x", created_at=NOW)
    assert report.folder is None
    assert list((folder / "out").iterdir()) == []
    return " ".join(problem.message for problem in report.errors)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("prolog", [LAUGHS, READS])
def test_a_census_that_declares_entities_is_refused(tmp_path: Path, prolog: str, encoding: str) -> None:
    path = tmp_path / "cin.xml"
    path.write_bytes(census(CENSUS_CHILD.replace("1001", "&x;"), prolog=prolog, encoding=encoding))

    assert "declares" in refused(path, tmp_path)


def test_a_declaration_cut_by_the_reading_is_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "cin.xml"
    # The reader takes 64 kB at a time: the declaration straddles the first cut.
    comment = f"<!-- <Message>CINdetails {'x' * (cin_stream._CHUNK - 40)} -->"
    path.write_bytes(census(CENSUS_CHILD, prolog=comment + READS))

    assert "declares" in refused(path, tmp_path)


@pytest.mark.parametrize("inside", ["<CINdetails/>" * 100_000, f"<CINdetails>{'9' * 1_400_000}</CINdetails>"])
def test_a_child_that_is_far_too_long_is_refused(tmp_path: Path, inside: str) -> None:
    path = tmp_path / "cin.xml"
    path.write_bytes(census(CENSUS_CHILD + inside))

    assert "between the end of one child and the next" in refused(path, tmp_path)


def test_elements_nested_without_end_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "cin.xml"
    path.write_bytes(census(CENSUS_CHILD + "<a>" * 5_000 + "</a>" * 5_000))

    assert "damaged" in refused(path, tmp_path)


def test_a_census_cut_off_in_the_middle_is_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "cin.xml"
    path.write_bytes(census(*[CENSUS_CHILD] * 5)[:-200])

    assert "damaged" in refused(path, tmp_path)


def test_an_archive_that_would_burst_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "cin.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("cin.xml", b"<Message>" + b" " * 20_000_000)

    assert "times its size" in refused(path, tmp_path)


def test_an_archive_within_an_archive_is_refused(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("ssd_person.csv", csv_text([person()]))
    path = tmp_path / "outer.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())

    assert "another archive" in refused(path, tmp_path)


def test_an_archive_with_a_false_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "given.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ssd_person.csv", csv_text([person(str(number)) for number in range(5_000)]))
    data = bytearray(path.read_bytes())
    # The size in the directory at the end says less than the file unpacks to.
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = (100).to_bytes(4, "little")
    path.write_bytes(bytes(data))

    assert refused(path, tmp_path)


def test_names_that_climb_out_of_the_archive_reach_nothing(tmp_path: Path) -> None:
    path = tmp_path / "given.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../ssd_person.csv", csv_text([person()]))

    report = load(path, tmp_path / "out" / "x", created_at=NOW)

    assert report.folder
    assert {part.name for part in tmp_path.iterdir()} == {"given.zip", "out"}


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    for number in range(sources.MOST_FILES + 1):
        (folder / f"{number}.csv").touch()

    assert "more than 200 files" in refused(folder, tmp_path)


def test_endless_empty_rows_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "ssd_person.csv").write_text(
        "pers_person_id,pers_dob\n" + ",\n" * (text_rows.MOST_EMPTY_ROWS + 1)
    )

    assert "rows are empty" in refused(folder, tmp_path)


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "ssd_person.csv").write_text("pers_person_id,pers_dob\n" + "1" * (text_rows.LONGEST_LINE + 1))

    assert "longer than" in refused(folder, tmp_path)


def test_an_open_quote_does_not_swallow_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "ssd_person.csv").write_text(
        'pers_person_id,pers_dob\n"1,2015-06-01\n' + "2,2015-06-01\n" * 20_000
    )

    assert "quote is open" in refused(folder, tmp_path)


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 and then nothing",
        b"\xd0\xcf\x11\xe0 an old workbook",
        b"\0\0\0\0",
        b"",
        gzip.compress(b"pers_person_id\n1\n"),
        b"%PDF-1.7",
    ],
)
def test_what_only_pretends_is_refused_without_a_fault(tmp_path: Path, data: bytes) -> None:
    for name in ("ssd_person.csv", "annex.xlsx", "cin.xml", "all.zip"):
        path = tmp_path / name
        path.write_bytes(data)

        assert refused(path, tmp_path)


def test_a_value_that_looks_like_sql_or_a_formula_is_only_a_value(tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    odd = "x'); DROP TABLE ssd_person; --"
    (folder / "ssd_person.csv").write_text(csv_text([person(odd), person("=1+1")]))

    report = load(folder, tmp_path / "out" / "x", created_at=NOW)

    assert report.manifest
    assert report.manifest.rows["ssd_person"] == 2


MANGLES = [
    '"',
    "\0",
    ",,,",
    "\xff\xfe",
    "<a>",
    "&x;",
    "]]>",
    "1E+15",
    "\n\n",
    "{",
    "[[[[",
    "\\N",
    "nan",
    "31/12/9999",
    "’",
]


@given(data=st.data())
@settings(max_examples=25)
def test_a_return_mangled_anyhow_is_loaded_or_refused_and_never_fails(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("mangled")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("ssd_person.csv", csv_text([person()]))
    name, whole = data.draw(
        st.sampled_from(
            [
                ("cin.xml", census(CENSUS_CHILD)),
                ("ssd_person.csv", csv_text([person(), person("2", pers_upn="A1")]).encode()),
                ("given.zip", archive.getvalue()),
            ]
        )
    )
    mangled = bytearray(whole)
    for at, cut, put in data.draw(
        st.lists(
            st.tuples(st.integers(0, len(whole)), st.integers(0, 40), st.sampled_from(MANGLES)),
            min_size=1,
            max_size=5,
        )
    ):
        mangled[at : at + cut] = put.encode()
    (folder / name).write_bytes(bytes(mangled))

    report = load(folder / name, folder / "out" / "x", created_at=NOW)

    assert (report.folder is None) == (not (folder / "out" / "x").exists())
    assert report.folder or report.errors or report.to_map
