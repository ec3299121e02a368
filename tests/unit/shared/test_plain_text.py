"""Text made safe to store, and keys made from text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plumbline.shared.plain_text import clean_line, clean_text, slug


def test_paragraphs_keep_their_lines_and_lose_stray_blanks() -> None:
    assert clean_text("  one \t two\r\n\r\nthree\u2028four \x07\ufeff\n\n") == "one two\n\nthree\nfour"
    assert clean_line(" one\n two ") == "one two"


@settings(derandomize=True, deadline=None)
@given(st.text())
def test_clean_text_is_left_as_it_is(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Lead Member Briefing", "lead-member-briefing"),
        ("Children's homes & visits", "childrens-homes-and-visits"),
        ("SD/HOS Management Team (monthly)", "sd-hos-management-team-monthly"),
        ("Café", "cafe"),
        ("漢字", ""),
        ("word " * 20, "-".join(["word"] * 12)),
        ("x" * 80, "x" * 60),
    ],
)
def test_a_key_is_made_of_small_letters_digits_and_hyphens(text: str, key: str) -> None:
    assert slug(text) == key
