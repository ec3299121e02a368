"""Text made safe to store and to show: no control characters, one kind of line end, no stray blanks."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
# Unicode categories of characters that no one can see or type: controls, surrogates, unassigned ends.
_UNSEEN = {"Cc", "Cs"}
_MARKS = {"\ufeff", "\ufffe", "\uffff"}


def without_controls(text: str) -> str:
    """The text without control characters, byte order marks and half characters; tabs and line ends stay."""
    return "".join(
        character
        for character in _LINE_ENDS.sub("\n", text)
        if character in "\n\t" or (unicodedata.category(character) not in _UNSEEN and character not in _MARKS)
    )


def clean_text(text: str) -> str:
    """The text as paragraphs: line ends as one character, single blanks, none at the ends of lines."""
    lines = without_controls(text).split("\n")
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in lines).strip("\n")


def clean_line(text: str) -> str:
    """The text on one line, with single blanks."""
    return " ".join(clean_text(text).split())


def slug(text: str, longest: int = 60) -> str:
    """The text as a key of small letters, digits and hyphens: "Lead Member Briefing" as lead-member-briefing.

    Words are cut off at `longest` characters; text without a letter or digit gives an empty key.
    """
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ").replace("'", "").replace("’", ""))
    words = re.sub(r"[^a-z0-9]+", " ", plain.encode("ascii", "ignore").decode().casefold()).split()
    key = ""
    for word in words:
        longer = f"{key}-{word}" if key else word[:longest]
        if len(longer) > longest:
            break
        key = longer
    return key
