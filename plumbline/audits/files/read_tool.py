"""An audit tool built from the values of a file as plain data, with everything that is wrong or odd noted.

The data has one form: blanks and what a blank would mean are left out, so that the same tool has the same digest
whether it came as YAML or as an XLSForm.
"""

from collections.abc import Collection
from typing import Any

from plumbline.audits.files import shape
from plumbline.audits.files.parts import checked_name, flag, name, take_key, whole
from plumbline.audits.files.read_question import QuestionReader
from plumbline.audits.files.read_rollup import RollupReader
from plumbline.audits.files.shape import with_default
from plumbline.audits.rules.lint import remarks
from plumbline.audits.rules.subjects import Hears, Subject
from plumbline.audits.rules.tool import LEVELS, Theme
from plumbline.audits.rules.tool_data import tool_from
from plumbline.framework.files.content import AppliesTo
from plumbline.framework.files.fields import Fields
from plumbline.shared.given import Given, Place, Problems

_THEME_WORDS = {
    Theme.LIVED_EXPERIENCE: "the child's lived experience",
    Theme.PROGRESS: "progress in the child's timeframe",
    Theme.IMPACT: "impact on the child",
    Theme.SUPERVISION: "supervision",
}


def tool_content(given: Given, problems: Problems, criteria: Collection[str]) -> dict[str, Any]:
    """The tool as plain data; usable only where no errors were added to the problems.

    `criteria` are the keys of the practice standards to check against; none checks nothing.
    """
    return _ToolReader(given, problems, criteria).read()


class _ToolReader:
    """Reads one file."""

    def __init__(self, given: Given, problems: Problems, criteria: Collection[str]) -> None:
        self.given = given
        self.problems = problems
        self.fields = Fields(given, problems)
        self.criteria = criteria
        self.places: dict[str, Place] = {}

    def read(self) -> dict[str, Any]:
        fields = self.fields
        fields.tell_unknown(shape.TOOL_KEYS, "an audit tool")
        content: dict[str, Any] = {
            "kind": shape.KIND,
            "key": name(fields, "key", "Write the key of the tool, such as whole-case."),
            "title": fields.line("title", needed="Write the title of the tool.", longest=shape.LONGEST_TITLE),
            "version": fields.line(
                "version", needed="Write the version, such as 1.", longest=shape.LONGEST_VERSION
            ),
            "purpose": fields.text("purpose", needed="Write what the tool is to find out."),
        }
        applies = [one.value for one in fields.choices("applies_to", AppliesTo)]
        with_default(content, "applies_to", applies or ["all"], ["all"])
        self._subject(content)
        months = whole(fields, "look_back_months", default=shape.DEFAULT_MONTHS, most=shape.MOST_MONTHS)
        with_default(content, "look_back_months", months, shape.DEFAULT_MONTHS)
        for key in ("licence", "source", "consultation", "equality"):
            with_default(content, key, fields.text(key), "")
        with_default(
            content, "scale_version", fields.line("scale_version", longest=shape.LONGEST_VERSION) or "1", "1"
        )
        content["grades"] = self._grades()
        has_overall = flag(fields, "overall", default=True)
        with_default(content, "overall", has_overall, True)
        sections = self._sections([grade["key"] for grade in content["grades"]])
        self._rules(content, sections, has_overall=has_overall)
        content["sections"] = sections
        self._check_themes(sections)
        if not self.problems.has_errors:
            self._remark(content)
        return content

    def _subject(self, content: dict[str, Any]) -> None:
        fields = self.fields
        subject = next(iter(fields.choices("subject", Subject)), Subject.CASE)
        with_default(content, "subject", subject.value, Subject.CASE.value)
        is_independent = flag(fields, "independent", default=False)
        hears = [one.value for one in fields.choices("hears", Hears)]
        if subject is not Subject.CASE:
            with_default(content, "independent", is_independent, False)
            with_default(content, "hears", hears, [])
        elif is_independent or hears:
            self.problems.note(
                self.given.place,
                "An audit of a case is independent and hears child and family, so this is not kept.",
            )

    def _grades(self) -> list[dict[str, str]]:
        listed = self.fields.mappings("grades", "key: good", most=shape.MOST_GRADES)
        if not listed:
            return [dict(grade) for grade in shape.FOUR_GRADES]
        read: list[dict[str, str]] = []
        for given in listed:
            fields = Fields(given, self.problems)
            fields.tell_unknown({"key", "label", "descriptor"}, "a grade")
            key = name(fields, "key", "Write the key of the grade, such as good.")
            if key in shape.JUDGEMENTS or key in {grade["key"] for grade in read}:
                self.problems.error(
                    given.get("key").place, f"The key {key} is taken. Write another for this grade."
                )
            grade = {
                "key": key,
                "label": fields.line(
                    "label", needed="Write the words of the grade.", longest=shape.LONGEST_TITLE
                ),
            }
            with_default(grade, "descriptor", fields.text("descriptor"), "")
            read.append(grade)
        if len(read) < 2:
            self.problems.error(self.given.get("grades").place, "Write at least two grades, the best first.")
        return read

    def _sections(self, grades: list[str]) -> list[dict[str, Any]]:
        listed = self.fields.mappings("sections", "key: daily-life", most=shape.MOST_SECTIONS)
        if not listed:
            self.problems.error(
                self.given.get("sections").place, "There are no sections here. Write at least one."
            )
        reader = QuestionReader(self.problems, grades, self.criteria, self.places)
        read = []
        for given in listed:
            fields = Fields(given, self.problems)
            fields.tell_unknown(shape.SECTION_KEYS, "a section")
            section: dict[str, Any] = {
                "key": self._section_key(given),
                "title": fields.line(
                    "title", needed="Write the title of the section.", longest=shape.LONGEST_TITLE
                ),
            }
            with_default(section, "intro", fields.text("intro"), "")
            with_default(section, "graded", flag(fields, "graded", default=True), True)
            questions = fields.mappings("questions", "key: seen-alone", most=shape.MOST_QUESTIONS)
            if not questions and given.get("questions").is_blank:
                self.problems.error(
                    given.place, "This section has no questions. Write one, or take the section out."
                )
            section["questions"] = [reader.read(one) for one in questions]
            read.append(section)
        return read

    def _section_key(self, given: Given) -> str:
        key = checked_name(
            given.get("key"), self.problems, "Write the key of the section, such as daily-life."
        )
        if key:
            take_key(key, given.get("key"), self.places, self.problems)
        return key

    def _rules(self, content: dict[str, Any], sections: list[dict[str, Any]], *, has_overall: bool) -> None:
        grades = [grade["key"] for grade in content["grades"]]
        graded = [section["key"] for section in sections if section.get("graded", True)]
        reader = RollupReader(self.problems, LEVELS, grades)
        content["section_rollup"] = reader.read(self.given.get("section_rollup"))
        overall = self.given.get("overall_rollup")
        if has_overall:
            whole_tool = RollupReader(self.problems, grades, grades)
            content["overall_rollup"] = whole_tool.read(overall, sections=graded)
        elif not overall.is_blank:
            self.problems.note(overall.place, "The tool has no overall grade, so this rule is not kept.")
        limit = self.given.get("limit")
        limiting = [q for section in sections for q in section["questions"] if q.get("limiting")]
        if limiting:
            content["limit"] = {
                "at_or_worse": reader.level(limit.get("at_or_worse")),
                "cap": reader.grade(limit.get("cap")),
            }
        elif not limit.is_blank:
            self.problems.note(limit.place, "No question is limiting, so the limit is not kept.")

    def _check_themes(self, sections: list[dict[str, Any]]) -> None:
        asked = {
            theme
            for section in sections
            for question in section["questions"]
            if question.get("answer", "judgement") == "judgement"
            and question.get("required", True)
            and "show_if" not in question
            for theme in question.get("covers", ())
        }
        for theme, said in _THEME_WORDS.items():
            if theme not in asked:
                self.problems.error(
                    self.given.get("sections").place,
                    f"Every audit tests {said}. Write “covers: [{theme}]” on a question that everybody must judge.",
                )

    def _remark(self, content: dict[str, Any]) -> None:
        for remark in remarks(tool_from(content)):
            place = self.places.get(remark.question, self.given.place)
            self.problems.note(
                place, f"{remark.question}: {remark.words}" if remark.question else remark.words
            )
