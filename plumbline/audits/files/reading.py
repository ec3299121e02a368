"""Audit tool files read whatever their form, and written as YAML or as an XLSForm."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from plumbline.audits.files.read_tool import tool_content
from plumbline.audits.files.shape import KIND
from plumbline.audits.files.xlsform_in import given_from_workbook
from plumbline.audits.files.xlsform_out import as_xlsform
from plumbline.shared.given import FileError, Given, Place, Problem, Problems, Told
from plumbline.shared.tables import read_xlsx
from plumbline.shared.yaml_lines import read_yaml, write_yaml

# How archives, old Excel workbooks and pictures or PDFs begin: none of them is YAML.
_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")


__all__ = ["ToolReading", "as_xlsform", "as_yaml", "read_tool_file"]


@dataclass(frozen=True)
class ToolReading(Told):
    """What was read from a file: the tool as plain data, or None where errors stop it, and all there is to say."""

    content: dict[str, Any] | None
    problems: tuple[Problem, ...]


def read_tool_file(data: bytes, criteria: Collection[str] = ()) -> ToolReading:
    """The audit tool in the file, recognised by its content, never by its name.

    `criteria` are the keys of the practice standards to check against. Nothing is raised for a bad file: all that
    is wrong with it is in the problems.
    """
    problems = Problems()
    content = None
    try:
        if data.startswith(_OTHERS):
            raise FileError("This is not YAML and not a workbook. Choose a .yaml or .xlsx file.")
        given = _given(data, problems)
        content = tool_content(given, problems, criteria)
    except FileError as fault:
        problems.error(fault.place, str(fault))
    return ToolReading(None if problems.has_errors else content, problems.told())


def _given(data: bytes, problems: Problems) -> Given:
    if data.startswith(_WORKBOOKS):
        return given_from_workbook(read_xlsx(data), problems)
    given = read_yaml(data)
    if given.get("kind").value != KIND:
        raise FileError(
            f"This file holds no audit tool. Begin it with “kind: {KIND}”.", Place(line=given.place.line)
        )
    return given


def as_yaml(content: Mapping[str, Any]) -> bytes:
    """The tool as a YAML file that `read_tool_file` reads back as the same data."""
    return write_yaml(dict(content))
