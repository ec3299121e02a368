"""Templates of reports are data: which are refused, and that no template can hide how complete the evidence is."""

from typing import Any

import pytest

from plumbline.audits.files.report_templates import report_templates, template_by
from plumbline.audits.rules.report_parts import BY_KEY
from plumbline.audits.rules.report_templates import CHAPTERS, template_of_figures, templates_from

FULL: dict[str, Any] = {
    "key": "full",
    "title": "Full",
    "purpose": "All.",
    "chapters": ["completeness", "grades"],
}


def test_the_shipped_templates_are_read_and_their_chapters_are_parts_of_a_report() -> None:
    assert next(iter(report_templates())) == "full"
    assert set(report_templates()["full"].chapters) == set(CHAPTERS)
    assert set(CHAPTERS) <= set(BY_KEY)
    assert template_by("taken-out-since").key == "full"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"chapters": ["grades", "completeness"]}, "completeness must be its first chapter"),
        ({"chapters": []}, "completeness must be its first chapter"),
        ({"chapters": "grades"}, "write its chapters as a list"),
        ({"chapters": ["completeness", "charts"]}, "there is no chapter charts"),
        ({"chapters": ["completeness", "grades", "grades"]}, "a chapter stands in it twice"),
        ({"title": " "}, "write its title"),
        ({"shareable": "yes"}, "shareable must be true or false"),
        ({"colour": "red"}, "colour is not known"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_with_its_fault(change: dict[str, Any], said: str) -> None:
    found, faults = templates_from({"templates": [FULL, FULL | {"key": "own"} | change]})
    assert [one.key for one in found] == ["full"]
    assert faults == [f"template 2 (own): {said}"] or any(said in one for one in faults)


def test_two_templates_of_one_key_or_none_of_the_key_full_are_refused() -> None:
    assert "another template has the same key" in templates_from({"templates": [FULL, FULL]})[1][0]
    assert "key full" in templates_from({"templates": [FULL | {"key": "own"}]})[1][0]
    assert templates_from("text")[1] == ["The file must hold a list called templates."]


def test_a_report_from_before_there_were_templates_has_every_chapter() -> None:
    assert template_of_figures({}).chapters == CHAPTERS
