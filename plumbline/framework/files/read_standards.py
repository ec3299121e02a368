"""A set of practice standards built from the values of a file, with everything that is wrong or odd noted."""

import re
from collections import Counter
from collections.abc import Collection
from string import ascii_lowercase

from plumbline.framework.files import remarks
from plumbline.framework.files.content import (
    LONGEST_CRITERION_KEY,
    LONGEST_NUMBER,
    LONGEST_TITLE,
    LONGEST_VERSION,
    MOST_CRITERIA,
    MOST_STANDARDS,
    AppliesTo,
    Criterion,
    CriterionKind,
    Header,
    Note,
    Standard,
    StandardSet,
)
from plumbline.framework.files.fields import Fields
from plumbline.shared.given import Given, Problems
from plumbline.shared.plain_text import slug

HEADER_KEYS = {"kind", "key", "title", "version", "effective_from", "licence", "source"}
SET_KEYS = HEADER_KEYS | {"consultation", "equality", "standards"}
STANDARD_KEYS = {"number", "title", "purpose", "criteria"}
CRITERION_KEYS = {
    "key",
    "number",
    "text",
    "kind",
    "applies_to",
    "good",
    "not_yet",
    "evidence",
    "speaks_to",
    "flag",
    "notes",
}


def read_header(fields: Fields) -> Header:
    """What the file says about itself; a missing key is made from the title, a missing version is "1"."""
    title = fields.line(
        "title", needed="Write the title, such as “Practice standards”.", longest=LONGEST_TITLE
    )
    version = fields.line("version", longest=LONGEST_VERSION)
    if not version:
        fields.problems.note(fields.given.get("version").place, "No version is given; taken as version 1.")
    effective_from = fields.day("effective_from", may_be_partial=True)
    if fields.given.get("effective_from").is_blank:
        fields.problems.note(
            fields.given.get("effective_from").place, "No date is given from which this applies."
        )
    return Header(
        key=fields.key("key") or slug(title) or "definitions",
        title=title,
        version=version or "1",
        effective_from=effective_from,
        licence=fields.line("licence", longest=LONGEST_TITLE),
        source=fields.text("source"),
    )


def standards_from(
    given: Given, problems: Problems, areas: Collection[str] = (), *, is_as_printed: bool = False
) -> StandardSet:
    """The set of standards; usable only where no errors were added to the problems.

    Its criteria may speak to the areas of frameworks, which are given by their keys.
    `is_as_printed` is for a file that copies a printed document: what is odd in it is also kept as a flag.
    """
    fields = Fields(given, problems)
    fields.tell_unknown(SET_KEYS, "the set")
    header = read_header(fields)
    reader = _StandardsReader(given, problems, areas, is_as_printed)
    standards = reader.read(fields.mappings("standards", 'number: "1"', most=MOST_STANDARDS))
    if sum(len(standard.criteria) for standard in standards) > MOST_CRITERIA:
        problems.error(given.get("standards").place, f"Keep to {MOST_CRITERIA:,} criteria or fewer in all.")
    if not standards and not problems.has_errors:
        problems.error(given.get("standards").place, "There are no standards here. Write at least one.")
    read = StandardSet(
        **vars(header),
        consultation=fields.text("consultation"),
        equality=fields.text("equality"),
        standards=standards,
    )
    remarks.about_words(given, problems)
    return read


class _StandardsReader:
    """Reads the standards of one file, keeping count of the keys already used."""

    def __init__(self, given: Given, problems: Problems, areas: Collection[str], is_as_printed: bool) -> None:
        self.problems = problems
        self.areas = areas
        self.is_as_printed = is_as_printed
        self.used: dict[str, Given] = {}
        criteria = [c for standard in given.get("standards").items for c in standard.get("criteria").items]
        self.printed = Counter(
            str(c.get("number").value).strip() for c in criteria if not c.get("number").is_blank
        )
        self.given_keys = {str(c.get("key").value).strip() for c in criteria if not c.get("key").is_blank}

    def read(self, standards: tuple[Given, ...]) -> tuple[Standard, ...]:
        read = []
        numbers: set[str] = set()
        for given in standards:
            standard = self._standard(given)
            if standard.number and standard.number in numbers:
                self.problems.error(
                    given.get("number").place,
                    f"Standard {standard.number} is given twice. Give one of them another number.",
                )
            numbers.add(standard.number)
            read.append(standard)
        return tuple(read)

    def _standard(self, given: Given) -> Standard:
        fields = Fields(given, self.problems)
        fields.tell_unknown(STANDARD_KEYS, "standards")
        number = fields.line(
            "number", needed="Write the number of the standard, such as 1.", longest=LONGEST_NUMBER
        )
        criteria = fields.mappings("criteria", 'number: "1.1"', most=MOST_CRITERIA)
        if not criteria and given.get("criteria").is_blank:
            self.problems.note(given.place, f"Standard {number} has no criteria yet.")
        return Standard(
            number=number,
            title=fields.text("title", needed=f"Write the title of standard {number}."),
            purpose=fields.text("purpose"),
            criteria=tuple(self._criterion(criterion) for criterion in criteria),
        )

    def _criterion(self, given: Given) -> Criterion:
        fields = Fields(given, self.problems)
        fields.tell_unknown(CRITERION_KEYS, "criteria")
        number = fields.line("number", longest=LONGEST_CRITERION_KEY)
        key = self._key(fields, number)
        number = number or key
        text = fields.text("text", needed=f"Write the text of criterion {number or 'here'}.")
        kind = fields.choice("kind", CriterionKind)
        if given.get("kind").is_blank:
            self.problems.note_once(
                "kind",
                given.place,
                "The kind of this criterion is not given; taken as quality.",
                "The kind of {n} criteria is not given; taken as quality.",
            )
        good, not_yet = fields.text("good"), fields.text("not_yet")
        if not good:
            self.problems.note_once(
                "good",
                given.place,
                "This criterion does not yet say what good looks like.",
                "{n} criteria do not yet say what good looks like.",
            )
        flags = [fields.text("flag")]
        if not flags[0]:
            flags = self._flags(given, number, text, is_key_made=given.get("key").is_blank)
        elif remarks.is_cut_short(text):
            self._flags(given, number, text, is_key_made=False)
        return Criterion(
            key=key,
            number=number,
            text=text,
            kind=kind or CriterionKind.QUALITY,
            applies_to=fields.choices("applies_to", AppliesTo) or (AppliesTo.ALL,),
            good=good,
            not_yet=not_yet,
            evidence=fields.lines("evidence", longest=1000),
            speaks_to=fields.keys_among("speaks_to", self.areas, "area of a framework"),
            flag=" ".join(filter(None, flags)),
            notes=tuple(
                filter(None, (self._note(n) for n in fields.mappings("notes", "on: 2026-05-01", most=100)))
            ),
        )

    def _flags(self, given: Given, number: str, text: str, *, is_key_made: bool) -> list[str]:
        """Notes on the criterion as printed, told as problems; as flags too where the text is a copy."""
        flags = []
        if self.printed[number] > 1:
            flag = f"The number {number} is printed for {self.printed[number]} criteria."
            self.problems.note(
                given.get("number").place, f"{flag} Each has its own key; the number stays as printed."
            )
            flags += [flag] if self.is_as_printed or is_key_made else []
        if remarks.is_cut_short(text):
            flag = "The sentence seems to be cut short: it has no full stop."
            self.problems.note(given.get("text").place, f"Criterion {number}: {flag} It is kept as printed.")
            flags += [flag] if self.is_as_printed else []
        return flags

    def _key(self, fields: Fields, number: str) -> str:
        given = fields.given.get("key")
        key = fields.key("key", LONGEST_CRITERION_KEY)
        if given.is_blank:
            key = self._made_key(fields, number)
        elif key in self.used:
            first = self.used[key].place
            self.problems.error(
                given.place, f"The key {key} is used twice, first at {first}. Write another, such as {key}b."
            )
        self.used.setdefault(key, given)
        return key

    def _made_key(self, fields: Fields, number: str) -> str:
        """A unique key from the printed number: 2.3a and 2.3b where 2.3 is printed twice. Source: Z20."""
        plain = re.sub(r"[^A-Za-z0-9.]+", "-", number).strip(".-")
        if not plain:
            fields.problems.error(
                fields.given.get("number").place, "Write the number of the criterion, such as 1.1."
            )
            return ""
        if self.printed[number] < 2 and plain not in self.used and plain not in self.given_keys:
            return plain
        for letter in ascii_lowercase:
            if f"{plain}{letter}" not in self.used and f"{plain}{letter}" not in self.given_keys:
                return f"{plain}{letter}"
        fields.problems.error(
            fields.given.get("number").place, f"The number {number} is used too often. Write keys."
        )
        return ""

    def _note(self, given: Given) -> Note | None:
        fields = Fields(given, self.problems)
        fields.tell_unknown({"on", "text"}, "notes")
        on = fields.day("on")
        text = fields.text("text", needed="Write the text of the note.")
        if given.get("on").is_blank:
            self.problems.error(given.place, "Write the date of the note, such as 2026-05-01.")
        return Note(on, text) if on and text else None
