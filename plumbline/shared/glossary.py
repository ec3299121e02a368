"""The glossary as data, read from GLOSSARY.md."""

import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.text import slugify


@dataclass(frozen=True)
class Term:
    """A word and what it means here."""

    name: str
    meaning: str

    @property
    def anchor(self) -> str:
        return slugify(self.name)

    @property
    def spellings(self) -> tuple[str, ...]:
        """The ways in which the term is written: "Independent reviewing officer" and "IRO"."""
        long, _, short = self.name.partition(" (")
        return (long, short.rstrip(")")) if short else (long,)


@cache
def glossary() -> tuple[Term, ...]:
    """The terms in their order: each `### Heading` and the paragraph under it."""
    text = (settings.BASE_DIR / "GLOSSARY.md").read_text(encoding="utf-8")
    terms = []
    for part in text.split("\n### ")[1:]:
        heading, _, rest = part.partition("\n")
        meaning = rest.split("\n#")[0].strip()
        terms.append(Term(heading.strip(), " ".join(meaning.split())))
    return tuple(terms)


def terms_in(text: str) -> list[Term]:
    """The terms that the text uses, in singular or plural; abbreviations only in capitals."""
    found = []
    for term in glossary():
        for spelling in term.spellings:
            flags = re.NOFLAG if spelling.isupper() else re.IGNORECASE
            if re.search(rf"(?<!\w){re.escape(spelling)}s?(?!\w)", text, flags):
                found.append(term)
                break
    return found
