"""How figures and their absence are printed, everywhere they are printed: tables, text, charts, alt text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from stats.arguments import refuse, whole
from stats.disclosure.sensitive import shown_value
from stats.disclosure.table import Table


class Symbol(StrEnum):
    """The shorthand of the Department for Education for a figure that is not there.

    Source: DfE analysts' guide; GSS harmonised symbols.
    """

    CONFIDENTIAL = "c"
    NOT_APPLICABLE = "z"
    NOT_AVAILABLE = "x"
    ROUNDS_TO_ZERO = "k"
    LOW = "low"
    LOW_RELIABILITY = "u"

    @property
    def meaning(self) -> str:
        """The symbol in words, for a key under the table. Source: as `Symbol`."""
        return _MEANINGS[self]


_MEANINGS = {
    Symbol.CONFIDENTIAL: "hidden, so that no child can be identified",
    Symbol.NOT_APPLICABLE: "not applicable",
    Symbol.NOT_AVAILABLE: "not available",
    Symbol.ROUNDS_TO_ZERO: "more than zero, but rounds to zero",
    Symbol.LOW: "more than zero, but rounds to zero",
    Symbol.LOW_RELIABILITY: "of low reliability",
}


def published(table: Table) -> dict[str, str]:
    """Everything that may leave the building, as text, by name of cell or ratio.

    Tables, sentences, chart data, labels, alternative texts and downloads are all made from this. Hidden
    figures are c, ratios on a denominator of 0 are z, a ratio above zero that rounds to zero is k.
    Source: methods.md section 6, rule 8; DfE analysts' guide.
    """
    figures = {
        name: Symbol.CONFIDENTIAL.value if name in table.hidden else f"{table.cells[name]:,}"
        for name in table.printed
    }
    for ratio in table.ratios:
        value = shown_value(ratio, table)
        if ratio.name in table.hidden_ratios:
            figures[ratio.name] = Symbol.CONFIDENTIAL.value
        elif value is None:
            figures[ratio.name] = Symbol.NOT_APPLICABLE.value
        elif value == 0 and table.cells[ratio.numerator]:
            figures[ratio.name] = Symbol.ROUNDS_TO_ZERO.value
        else:
            figures[ratio.name] = f"{value / 10**ratio.decimals:,.{ratio.decimals}f}"
    return figures


def fill(text: str, figures: Mapping[str, str]) -> str:
    """The text with each {name} replaced by the published figure of that name.

    A sentence, a label or an alternative text written in this way cannot hold a hidden figure.
    Raises: ValueError for a name that is not published.
    Source: methods.md section 6, rule 8.
    """

    def figure(found: re.Match[str]) -> str:
        name = found.group(1)
        if name not in figures:
            refuse("text", name, "made of names of published figures in braces")
        return figures[name]

    return re.sub(r"\{([^{}]*)\}", figure, text)


def rounded(count: int, base: int = 5) -> int:
    """The count rounded to the nearest multiple of the base, half up.

    A rounded 0 must never be read as none, and totals are rounded on their own.
    Raises: ValueError for a count below 0 or a base below 2. Source: methods.md section 6, rule 7.
    """
    step = whole("base", base, least=2)
    return (2 * whole("count", count) + step) // (2 * step) * step
