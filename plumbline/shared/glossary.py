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


WORD = re.compile(r"\w+")


@cache
def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], bool, Term]]]:
    found: dict[str, list[tuple[tuple[str, ...], bool, Term]]] = {}
    for term in glossary():
        for spelling in term.spellings:
            for form in (spelling, f"{spelling}s"):
                words = tuple(word.casefold() for word in WORD.findall(form))
                found.setdefault(words[0], []).append((words, spelling.isupper(), term))
    return found


def terms_on_page(text: str) -> list[Term]:
    """What `terms_in` finds, by one walk along the words: quick enough for every page. In the glossary's order."""
    given = WORD.findall(text)
    folded = [word.casefold() for word in given]
    index, seen = _by_first_word(), set()
    for at, word in enumerate(folded):
        for words, is_short, term in index.get(word, ()):
            is_there = term not in seen and tuple(folded[at : at + len(words)]) == words
            # An abbreviation counts in capitals only, its plural too: "IROs", not "iros".
            if is_there and (not is_short or given[at].removesuffix("s").isupper()):
                seen.add(term)
    return [term for term in glossary() if term in seen]
