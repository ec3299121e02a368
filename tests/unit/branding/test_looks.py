"""Colours are held to WCAG AA, and an uploaded logo is drawn anew."""

import struct
import zlib

import pytest

from plumbline.branding.png import SIGNATURE, NotAPicture, drawn_anew
from plumbline.branding.rules import (
    OWN_COLOUR,
    colour_of,
    contrast,
    is_readable,
    least_contrast,
    readable_shade,
    stylesheet,
)


def part(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(wide: int = 200, high: int = 80, extra: bytes = b"", dots: bytes | None = None) -> bytes:
    """A PNG of one colour, with parts of its own between head and dots."""
    head = struct.pack(">IIBBBBB", wide, high, 8, 6, 0, 0, 0)
    rows = b"".join(b"\0" + bytes((11, 92, 102, 255)) * wide for _ in range(high)) if dots is None else dots
    return SIGNATURE + part(b"IHDR", head) + extra + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


# Source: WCAG 2.2: #767676 is the lightest grey that passes AA on white, #777777 the darkest that does not.
@pytest.mark.parametrize(
    ("colour", "ratio"), [("#000000", 21), ("#ffffff", 1), ("#767676", 4.54), ("#777777", 4.48)]
)
def test_contrast_is_that_which_wcag_gives(colour: str, ratio: float) -> None:
    assert contrast(colour, "#ffffff") == pytest.approx(ratio, abs=0.005)


def test_a_colour_must_be_readable_on_white_and_on_the_quiet_grey() -> None:
    assert is_readable(OWN_COLOUR)
    # It passes on white and fails on the grey behind quotations.
    assert not is_readable("#767676")
    for pale in ("#ffcc00", "#7fd1ae", "#ffffff"):
        assert least_contrast(readable_shade(pale)) >= 4.5


@pytest.mark.parametrize(("given", "meant"), [(" 0B5C66 ", "#0b5c66"), ("#fff", ""), ("red;}", ""), ("", "")])
def test_nothing_but_six_letters_and_digits_is_a_colour(given: str, meant: str) -> None:
    assert colour_of(given) == meant


def test_without_colour_and_logo_the_style_sheet_is_empty() -> None:
    assert stylesheet("") == ""
    assert "--plumbline-teal:#123456" in stylesheet("#123456")


def test_a_logo_is_drawn_anew_so_that_nothing_hidden_in_it_is_kept() -> None:
    hidden = part(b"tEXt", b"Comment\0taken at 12 Fern Lane") + part(b"eXIf", b"GPS 53.55")
    made = drawn_anew(png(extra=hidden) + b"<script>after the end</script>")
    assert (made.width, made.height) == (200, 80)
    for words in (b"Fern Lane", b"GPS", b"script"):
        assert words not in made.data
    assert drawn_anew(png(1200, 400)).width == 600


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8\xff\xe0 a photo",
        png()[:90],
        png(dots=b"\0" * 40),
        png(4000, 20, dots=b""),
        png(60_000, 60_000, dots=b""),
        png(20, 100),
        png() + b"\0" * 600_000,
    ],
    ids=["nothing", "svg", "jpeg", "cut off", "too few dots", "too wide", "a bomb", "too tall", "too large"],
)
def test_what_is_no_usable_png_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(NotAPicture, match=r"^The logo "):
        drawn_anew(data)
