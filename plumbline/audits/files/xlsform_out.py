"""An audit tool laid out as the sheets of an XLSForm, with what XLSForm has no word for in columns of our own."""

from collections.abc import Mapping
from typing import Any

from plumbline.audits.files import xlsform_shape as layout
from plumbline.audits.files.xlsform_when import expression_of
from plumbline.shared.given import Scalar
from plumbline.shared.tables import Sheet, write_xlsx
from plumbline.shared.yaml_lines import write_yaml


def as_xlsform(content: Mapping[str, Any]) -> bytes:
    """The tool as an XLSForm workbook that `read_tool_file` reads back as the same data.

    Raises: CellTooLongError where a text is longer than a cell can hold.
    """
    return write_xlsx(
        (_survey(content), _choices(content), _settings(content), _grades(content), _rules(content))
    )


def _survey(content: Mapping[str, Any]) -> Sheet:
    grades = [grade["key"] for grade in content["grades"]]
    headings = (
        *layout.SURVEY_COLUMNS,
        *(f"{layout.OWN}{key}" for key in (*layout.QUESTION_COLUMNS, *layout.SECTION_COLUMNS)),
        *(f"{layout.DESCRIPTOR}{grade}" for grade in grades),
    )
    rows: list[dict[str, Scalar]] = []
    for section in content["sections"]:
        rows.append(
            {
                "type": "begin group",
                "name": section["key"],
                "label": section["title"],
                f"{layout.OWN}intro": section.get("intro"),
                f"{layout.OWN}graded": None if section.get("graded", True) else "no",
            }
        )
        rows += [_question(question) for question in section["questions"]]
        rows.append({"type": "end group", "name": section["key"]})
    return Sheet(layout.SURVEY, (headings, *(tuple(row.get(one) for one in headings) for row in rows)))


def _question(question: Mapping[str, Any]) -> dict[str, Scalar]:
    answer = question.get("answer", "judgement")
    types = {
        "judgement": f"select_one {layout.JUDGEMENT_LIST}",
        "choice": f"select_one {question['key']}",
        "text": "text",
    }
    row: dict[str, Scalar] = {
        "type": types[answer],
        "name": question["key"],
        "label": question["text"],
        "hint": question.get("help"),
        "required": expression_of(question.get("required_if", {})) or _yes(question.get("required", True)),
        "relevant": expression_of(question.get("show_if", {})) or None,
        f"{layout.OWN}kind": question["kind"],
        f"{layout.OWN}criterion": question.get("criterion"),
        f"{layout.OWN}weight": question.get("weight"),
        f"{layout.OWN}covers": ", ".join(question.get("covers", ())) or None,
        f"{layout.OWN}limiting": "yes" if question.get("limiting") else None,
        f"{layout.OWN}good": question.get("good"),
    }
    descriptors = question.get("descriptors", {})
    return row | {f"{layout.DESCRIPTOR}{grade}": text for grade, text in descriptors.items()}


def _yes(is_so: bool) -> str | None:
    return "yes" if is_so else None


def _choices(content: Mapping[str, Any]) -> Sheet:
    descriptor = f"{layout.OWN}descriptor"
    rows: list[tuple[Scalar, ...]] = [("list_name", "name", "label", descriptor)]
    rows += [(layout.JUDGEMENT_LIST, key, label, None) for key, label in layout.JUDGEMENT_LABELS.items()]
    for section in content["sections"]:
        for question in section["questions"]:
            rows += [
                (question["key"], choice["key"], choice["label"], choice.get("descriptor"))
                for choice in question.get("choices", ())
            ]
    return Sheet(layout.CHOICES, tuple(rows))


def _settings(content: Mapping[str, Any]) -> Sheet:
    values: dict[str, Scalar] = {
        "form_title": content["title"],
        "form_id": content["key"],
        "version": content["version"],
    }
    for key in layout.OWN_SETTINGS:
        value = content.get(key)
        if isinstance(value, list):
            value = ", ".join(value)
        values[f"{layout.OWN}{key}"] = (
            {False: "no", True: "yes"}.get(value, value) if isinstance(value, bool) else value
        )
    return Sheet(layout.SETTINGS, (tuple(values), tuple(values.values())))


def _grades(content: Mapping[str, Any]) -> Sheet:
    rows = [(grade["key"], grade["label"], grade.get("descriptor")) for grade in content["grades"]]
    return Sheet(layout.GRADES, (("key", "label", "descriptor"), *rows))


def _rules(content: Mapping[str, Any]) -> Sheet:
    rows = [
        (name, write_yaml(content[name]).decode().strip()) for name in layout.RULE_NAMES if content.get(name)
    ]
    return Sheet(layout.RULES, (("rule", "value"), *rows))
