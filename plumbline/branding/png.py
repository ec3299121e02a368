"""A picture that somebody uploads, drawn anew: only its dots are kept, nothing that was hidden in the file."""

import json
import struct
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_BYTES = 500_000
MOST_DOTS = 2_000
# Wide and tall enough for a printed page at two dots a point; a larger one is made smaller.
WIDEST = 600
# Typst takes in no bytes but as numbers, and points are half a dot at 144 dots an inch.
DRAWING = """#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(json(bytes(sys.inputs.logo))), format: "png", width: int(sys.inputs.width) * 0.5pt)"""
DOTS_AN_INCH = 144


class NotAPicture(Exception):
    """The file is not a PNG that can be used; the message says what to do."""


@dataclass(frozen=True)
class Picture:
    """A PNG that Plumbline made, with its size in dots."""

    data: bytes
    width: int
    height: int


def drawn_anew(data: bytes) -> Picture:
    """The picture taken apart into its dots and written as a new file.

    Raises: NotAPicture for anything but a PNG of a size that can be used.
    """
    # Loaded here, because it is large and a logo is uploaded once in years.
    import typst

    if len(data) > MOST_BYTES:
        raise NotAPicture("The logo must be 500 KB or smaller.")
    width, height = _size(data)
    if not 16 <= width <= MOST_DOTS or not 16 <= height <= MOST_DOTS:
        raise NotAPicture(f"The logo must be between 16 and {MOST_DOTS} dots wide and high.")
    if height > 2 * width or width > 10 * height:
        raise NotAPicture(
            "The logo must be at most twice as high as it is wide, or ten times as wide as high."
        )
    given = {"logo": json.dumps(list(_bare(data))), "width": str(min(width, WIDEST))}
    try:
        drawn: bytes = typst.compile(DRAWING.encode(), sys_inputs=given, format="png", ppi=DOTS_AN_INCH)
    except typst.TypstError as broken:
        raise NotAPicture("The logo is damaged. Save it as PNG again and try once more.") from broken
    return Picture(drawn, *_size(drawn))


def _size(data: bytes) -> tuple[int, int]:
    if len(data) < 33 or not data.startswith(SIGNATURE) or data[12:16] != b"IHDR":
        raise NotAPicture("The logo must be a PNG file. SVG, JPEG and other kinds are not taken.")
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _bare(data: bytes) -> bytes:
    """The file with nothing in it but what its dots need: no texts, profiles, places or times."""
    kept, at = [SIGNATURE], len(SIGNATURE)
    while at + 12 <= len(data):
        end = at + 12 + int(struct.unpack(">I", data[at : at + 4])[0])
        if data[at + 4 : at + 8] in (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"):
            kept.append(data[at:end])
        at = end
    return b"".join(kept)
