"""The glossary as data, read from GLOSSARY.md."""

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
