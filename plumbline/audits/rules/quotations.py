"""Quotations that stay true to their source: shortened with …, with [something] put in place of what identifies."""

import re

_PUT_IN = re.compile(r"\[[^\]]*\]")
_GAPS = re.compile(r"…|\.\.\.")


def is_faithful(quotation: str, source: str) -> bool:
    """Whether every word of the quotation stands in the source, in the same order.

    What stands in square brackets is the officer's; … marks what was left out.
    """
    at, whole, is_any = 0, _flat(source), False
    for part in _GAPS.split(_PUT_IN.sub("…", quotation)):
        piece = _flat(part)
        if not piece:
            continue
        found = whole.find(piece, at)
        if found < 0:
            return False
        at, is_any = found + len(piece), True
    return is_any


def _flat(text: str) -> str:
    return " ".join(text.split()).strip(' “”"').casefold()
