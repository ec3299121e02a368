"""A tool survives being written as YAML and as an XLSForm, and its XLSForm is one that other software reads."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyxform.xls2xform import convert

from plumbline.audits.files.read_when import joined
from plumbline.audits.files.reading import as_xlsform, as_yaml, read_tool_file
from plumbline.audits.files.xlsform_when import expression_of, when_of
from plumbline.audits.rules.tool_data import digest_of
from plumbline.shared.tables import Sheet, read_xlsx, write_xlsx
from tests.unit.audits.tool_files import SMALL, errors, read_workbook, small

SHIPPED = sorted((Path(__file__).resolve().parents[3] / "definitions" / "audit_tools").glob("*.yaml"))
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Words that YAML or a workbook might take for something else, beside plain ones.
WORDS = st.lists(
    st.sampled_from(
        ["child", "2.10", "007", "yes", "no", "null", "~", "=1+1", "- a", "x: y", "#", "'", '"', "“é”", "$"]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)
JUDGED = st.sampled_from(["met", "partly_met", "not_met", "not_applicable", "not_assessed"])
CONDITIONS = st.builds(
    lambda question, answers: {"question": question, "is": answers},
    st.sampled_from(["ordinary-day", "seen-in-play"]),
    st.lists(JUDGED, min_size=1, max_size=3, unique=True),
)
WHENS = st.builds(joined, st.sampled_from(["any", "all"]), st.lists(CONDITIONS, min_size=1, max_size=3))


@st.composite
def tools(draw: st.DrawFn) -> dict[str, Any]:
    """The small tool with other words, weights, conditions and rules."""
    content = small()
    for key in ("title", "purpose", "source", "equality"):
        content[key] = draw(WORDS)
    for section in content["sections"]:
        section["title"] = draw(WORDS)
        if draw(st.booleans()):
            section["intro"] = draw(WORDS)
        for question in section["questions"]:
            question["text"] = draw(WORDS)
            if draw(st.booleans()):
                question["help"] = draw(WORDS)
            if (
                question.get("answer", "judgement") == "judgement"
                and (weight := draw(st.integers(1, 10))) > 1
            ):
                question["weight"] = weight
    made = {"key": "made-up", "text": draw(WORDS), "kind": "supervision", "good": draw(WORDS)}
    if when := draw(st.one_of(st.none(), WHENS)):
        made["show_if"] = when
    if draw(st.booleans()):
        made |= {"required": False, "required_if": draw(WHENS)}
    content["sections"][1]["questions"].append(made)
    content["overall_rollup"] = draw(
        st.sampled_from(
            [
                {"base": "majority", "minimum_answered": 2},
                {
                    "base": "worst",
                    "limits": [{"criteria": ["daily-life"], "at_or_worse": "good", "cap": "good"}],
                },
            ]
        )
    )
    return content


@QUICK
@given(tools())
def test_a_tool_written_in_either_form_reads_back_the_same(content: dict[str, Any]) -> None:
    as_read = read_tool_file(as_yaml(content))
    assert as_read.content is not None, errors(as_read)
    for written in (as_yaml(as_read.content), as_xlsform(as_read.content)):
        again = read_tool_file(written)
        assert again.content == as_read.content, errors(again)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_tool_has_nothing_to_remark_and_keeps_its_digest_in_every_form(path: Path) -> None:
    reading = read_tool_file(path.read_bytes())
    assert reading.problems == ()
    assert reading.content is not None
    for written in (as_yaml(reading.content), as_xlsform(reading.content)):
        again = read_tool_file(written)
        assert again.problems == ()
        assert again.content is not None
        assert digest_of(again.content) == digest_of(reading.content)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_other_software_reads_the_xlsform_without_a_warning(path: Path, tmp_path: Path) -> None:
    reading = read_tool_file(path.read_bytes())
    assert reading.content is not None
    file = tmp_path / "tool.xlsx"
    file.write_bytes(as_xlsform(reading.content))
    form = convert(file)
    assert form.warnings == []
    for section in reading.content["sections"]:
        for question in section["questions"]:
            assert f"/{section['key']}/{question['key']}" in form.xform


@QUICK
@given(WHENS)
def test_a_condition_written_as_an_expression_reads_back_the_same(when: dict[str, Any]) -> None:
    assert when_of(expression_of(when)) == when


@pytest.mark.parametrize(
    ("expression", "when"),
    [
        ("${a1} = 'x'", {"question": "a1", "is": ["x"]}),
        ("selected(${a1}, 'x') or ${a1}='y'", {"question": "a1", "is": ["x", "y"]}),
        (
            "(${a1} = 'x') and (${b1} = \"y\")",
            {"all": [{"question": "a1", "is": ["x"]}, {"question": "b1", "is": ["y"]}]},
        ),
        ("${a1} = 'x' and (${b1} = 'y' or ${c1} = 'z')", None),
        ("${a1} > 3", None),
        ("${a1} = 'x' and", None),
        ("((${a1} = 'x')", None),
        ("not(${a1} = 'x')", None),
        ("pulldata('x', 'y')", None),
        ("(" * 5_000, None),
    ],
)
def test_an_expression_is_read_or_refused(expression: str, when: dict[str, Any] | None) -> None:
    assert when_of(expression) == when


def changed_workbook(sheet: str, row: int, column: int, value: str) -> bytes:
    """The small tool's workbook with one cell changed; row and column count from 1."""
    sheets = []
    for one in read_xlsx(as_xlsform(SMALL)).sheets:
        rows = [list(cells) for cells in one.rows]
        if one.name == sheet:
            rows[row - 1][column - 1] = value
        sheets.append(Sheet(one.name, tuple(map(tuple, rows))))
    return write_xlsx(sheets)


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "said"),
    [
        ("survey", 3, 7, "qualty", "Sheet survey, row 3, column G (qa::kind): “qualty” is not known here."),
        ("survey", 3, 1, "barcode", "Sheet survey, row 3, column A (type): “barcode” is not kept."),
        ("survey", 3, 1, "select_one nowhere", "The sheet “choices” has no list “nowhere”."),
        ("survey", 5, 6, "${speaks-how} > 2", "column F (relevant): This condition cannot be kept."),
        ("survey", 5, 6, "${nowhere} = 'x'", "column F (relevant): “nowhere” is not a question above"),
        ("survey", 2, 1, "note", "This question stands in no group."),
        ("survey", 6, 1, "begin group", "A group stands inside a group."),
        ("settings", 2, 1, "", "Sheet settings, row 2: Write the title of the tool."),
        ("qa_rules", 2, 2, "base: [", "Sheet qa_rules, row 2, column B (value): The rule cannot be read."),
        (
            "qa_rules",
            2,
            2,
            "base: best",
            "Sheet qa_rules, row 2, column B (value): “best” is not known here.",
        ),
        ("qa_rules", 2, 1, "rule_of_thumb", "“rule_of_thumb” is no rule."),
    ],
)
def test_an_error_in_a_workbook_names_sheet_row_and_column(
    sheet: str, row: int, column: int, value: str, said: str
) -> None:
    reading = read_tool_file(changed_workbook(sheet, row, column, value))
    assert reading.content is None
    assert any(said in error for error in errors(reading)), errors(reading)


def test_a_workbook_made_elsewhere_needs_no_sheets_of_ours_for_grades() -> None:
    kept = [sheet for sheet in read_xlsx(as_xlsform(SMALL)).sheets if sheet.name != "qa_grades"]
    assert read_tool_file(write_xlsx(kept)).content == SMALL


def packed(name: str, part: bytes) -> bytes:
    """A workbook with one part put in its place."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_xlsform(SMALL))) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            new.writestr(entry, part if entry == name else old.read(entry))
    return made.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        packed("xl/worksheets/sheet1.xml", b"<sheet>" + b" " * 60_000_000 + b"</sheet>"),
        packed("xl/worksheets/sheet1.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        packed("[Content_Types].xml", b"<Types>macroEnabled</Types>"),
        packed("xl/workbook.xml", b"not xml"),
        write_xlsx((Sheet("other", (("a",),)),)),
    ],
    ids=["bomb", "entities", "macros", "damaged", "no-survey"],
)
def test_a_hostile_or_foreign_workbook_is_refused_at_once(data: bytes) -> None:
    reading = read_tool_file(data)
    assert reading.content is None
    assert len(reading.errors) == 1


def test_a_formula_in_a_text_stays_a_text() -> None:
    content = small()
    content["sections"][0]["title"] = "=HYPERLINK(1)"
    assert read_workbook(content).content == content
    with zipfile.ZipFile(io.BytesIO(as_xlsform(content))) as book:
        assert not any(
            b"<f>" in book.read(name) for name in book.namelist() if name.startswith("xl/worksheets")
        )
