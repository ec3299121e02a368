"""Colours that can be read: contrast as WCAG 2.2 counts it, and the shades that pages need of one colour."""

import re

OWN_COLOUR = "#0b5c66"
# Source: WCAG 2.2, success criterion 1.4.3, level AA, for text of normal size.
LEAST_CONTRAST = 4.5
# What stands behind links and headings: the page, and the quiet grey of quotations, filters and the foot of the page.
BACKGROUNDS = ("#ffffff", "#f3f5f5")
_COLOUR = re.compile(r"#[0-9a-f]{6}")


def colour_of(text: str) -> str:
    """The colour as #rrggbb in small letters; empty for what is none."""
    said = text.strip().lower()
    said = said if said.startswith("#") else f"#{said}"
    return said if _COLOUR.fullmatch(said) else ""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21. Source: WCAG 2.2, "contrast ratio"."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def least_contrast(colour: str) -> float:
    """The contrast of the colour with the background it is hardest to read on. White text on it is as readable."""
    return min(contrast(colour, behind) for behind in BACKGROUNDS)


def is_readable(colour: str) -> bool:
    """Whether text of the colour, and white text on it, meet WCAG AA."""
    return least_contrast(colour) >= LEAST_CONTRAST


def darker(colour: str, share: float) -> str:
    """The colour with so much of its light taken away, from 0 for none to 1 for all."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{int(part * (1 - share)):02x}" for part in parts)


def readable_shade(colour: str) -> str:
    """The lightest shade of the colour that can be read; the colour itself where it can."""
    return next(shade for step in range(21) if is_readable(shade := darker(colour, step / 20)))


def stylesheet(colour: str, logo: str = "", width: int = 0, height: int = 0) -> str:
    """The style sheet that sets the colour, and the logo beside the council's name; empty where neither is set."""
    rules = []
    if colour:
        deep, deeper, deepest = (darker(colour, share) for share in (0.2, 0.4, 0.55))
        rules.append(
            f":root{{--govuk-brand-colour:{colour};--govuk-link-colour:{colour};--govuk-link-hover-colour:{deeper};"
            f"--govuk-success-colour:{colour};--plumbline-teal:{colour};--plumbline-teal-deep:{deep};"
            f"--plumbline-teal-deeper:{deeper};--plumbline-teal-deepest:{deepest}}}"
        )
    if logo:
        wide = max(1, round(40 * width / max(height, 1)))
        rules.append(
            ".plumbline-header__council{display:inline-flex;align-items:center;gap:10px}"
            f'.plumbline-header__council::before{{content:"";flex:none;width:{wide}px;height:40px;'
            f'background:#fff url("{logo}") center/contain no-repeat;border:4px solid #fff;border-radius:4px}}'
        )
    return "".join(rules)


def _luminance(colour: str) -> float:
    """The relative luminance, from 0 for black to 1 for white. Source: WCAG 2.2, "relative luminance"."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)
