"""One question of an audit tool's file as plain data, with what is wrong with it."""

from collections.abc import Collection
from typing import Any

from plumbline.audits.files import shape
from plumbline.audits.files.parts import flag, name, take_key, whole
from plumbline.audits.files.read_when import read_when
from plumbline.audits.files.shape import with_default
from plumbline.audits.rules.tool import AnswerType, QuestionKind, Theme
from plumbline.framework.files.fields import Fields
from plumbline.shared.given import Given, Place, Problems


class QuestionReader:
    """Reads the questions of a tool in their order, and keeps what each can be answered with."""

    def __init__(
        self, problems: Problems, grades: list[str], criteria: Collection[str], places: dict[str, Place]
    ) -> None:
        self.problems = problems
        self.grades = grades
        self.criteria = criteria
        self.places = places
        self.answers: dict[str, tuple[str, ...]] = {}

    def read(self, given: Given) -> dict[str, Any]:
        """The question; conditions may name the questions read before it."""
        fields = Fields(given, self.problems)
        fields.tell_unknown(shape.QUESTION_KEYS, "a question")
        question: dict[str, Any] = {
            "key": self._key(fields),
            "text": fields.line("text", needed="Write the question.", longest=shape.LONGEST_QUESTION),
        }
        with_default(question, "help", fields.text("help"), "")
        kind = fields.choice("kind", QuestionKind)
        if kind is None and given.get("kind").is_blank:
            kinds = ", ".join(QuestionKind)
            self.problems.error(given.place, f"Write the kind of the question, one of: {kinds}.")
        question["kind"] = (kind or QuestionKind.QUALITY).value
        answer = fields.choice("answer", AnswerType) or AnswerType.JUDGEMENT
        with_default(question, "answer", answer.value, AnswerType.JUDGEMENT.value)
        self._criterion(question, fields)
        weight = whole(fields, "weight", default=1, most=shape.MOST_WEIGHT)
        with_default(question, "weight", weight, 1)
        with_default(question, "covers", [one.value for one in fields.choices("covers", Theme)], [])
        with_default(question, "limiting", flag(fields, "limiting", default=False), False)
        self._conditions(question, fields)
        with_default(question, "good", fields.text("good"), "")
        with_default(question, "descriptors", self._descriptors(fields), {})
        choices = self._choices(fields, answer)
        with_default(question, "choices", choices, [])
        self._check_answer(question, answer, given)
        self.answers[question["key"]] = {
            AnswerType.JUDGEMENT: shape.JUDGEMENTS,
            AnswerType.CHOICE: tuple(choice["key"] for choice in choices),
            AnswerType.TEXT: (),
        }[answer]
        return question

    def _key(self, fields: Fields) -> str:
        key = name(fields, "key", "Write the key of the question, such as seen-alone.")
        if key:
            take_key(key, fields.given.get("key"), self.places, self.problems)
        return key

    def _criterion(self, question: dict[str, Any], fields: Fields) -> None:
        given = fields.given.get("criterion")
        key = fields.line("criterion", longest=shape.LONGEST_KEY)
        with_default(question, "criterion", key, "")
        if key and self.criteria and key not in self.criteria:
            self.problems.note(
                given.place,
                f"{question['key']}: the practice standards in force have no criterion {key}. Its answers will "
                "not show there.",
            )

    def _conditions(self, question: dict[str, Any], fields: Fields) -> None:
        given = fields.given
        required_if = read_when(given.get("required_if"), self.problems, self.answers)
        is_required = flag(fields, "required", default=not required_if)
        if required_if and is_required:
            self.problems.note(
                given.get("required_if").place, "The question is required anyway, so required_if is not kept."
            )
        with_default(question, "required", is_required, True)
        if not is_required:
            with_default(question, "required_if", required_if, {})
        with_default(question, "show_if", read_when(given.get("show_if"), self.problems, self.answers), {})

    def _descriptors(self, fields: Fields) -> dict[str, str]:
        given = fields.given.get("descriptors")
        if given.is_blank:
            return {}
        if not isinstance(given.value, dict):
            self.problems.error(given.place, "Write a grade and its words a line, such as “good: …”.")
            return {}
        inner = Fields(given, self.problems)
        for grade, words in given.mapping.items():
            if grade not in self.grades:
                self.problems.error(
                    words.place,
                    f"“{grade[:40]}” is not a grade here. Write one of: {', '.join(self.grades)}.",
                )
        written = {grade: inner.text(grade) for grade in self.grades}
        return {grade: text for grade, text in written.items() if text}

    def _choices(self, fields: Fields, answer: AnswerType) -> list[dict[str, str]]:
        read: list[dict[str, str]] = []
        for given in fields.mappings("choices", "key: by-talking", most=shape.MOST_CHOICES):
            inner = Fields(given, self.problems)
            inner.tell_unknown({"key", "label", "descriptor"}, "a choice")
            choice = {
                "key": name(inner, "key", "Write the key of the choice, such as by-talking."),
                "label": inner.line(
                    "label", needed="Write the words of the choice.", longest=shape.LONGEST_TITLE
                ),
            }
            with_default(choice, "descriptor", inner.text("descriptor"), "")
            if choice["key"] in {one["key"] for one in read}:
                self.problems.error(
                    given.get("key").place, f"The choice {choice['key']} is given twice. Write another key."
                )
            read.append(choice)
        if answer is not AnswerType.CHOICE and read:
            self.problems.error(
                fields.given.get("choices").place, "Write “answer: choice” too, or take the choices out."
            )
        return read if answer is AnswerType.CHOICE else []

    def _check_answer(self, question: dict[str, Any], answer: AnswerType, given: Given) -> None:
        if answer is AnswerType.CHOICE and len(question.get("choices", ())) < 2:
            self.problems.error(given.place, "Write at least two choices for this question.")
        if answer is AnswerType.JUDGEMENT:
            return
        for key in ("limiting", "descriptors", "covers"):
            if key in question:
                self.problems.error(
                    given.get(key).place,
                    f"Only a question with a judgement has {key}. Take it out, or take out “answer: {answer}”.",
                )
