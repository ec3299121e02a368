"""Small numbers protected: tables in which no hidden cell can be worked out, with the proof."""

from stats.disclosure.attack import Audit, Range, audit
from stats.disclosure.protection import Advice, Protection, RefusedError, protect
from stats.disclosure.register import Register, Release
from stats.disclosure.sensitive import Rule, fractions, numerators, primary
from stats.disclosure.symbols import Symbol, fill, published, rounded
from stats.disclosure.table import Dimension, Ratio, Relation, Table, grid

__all__ = [
    "Advice",
    "Audit",
    "Dimension",
    "Protection",
    "Range",
    "Ratio",
    "RefusedError",
    "Register",
    "Relation",
    "Release",
    "Rule",
    "Symbol",
    "Table",
    "audit",
    "fill",
    "fractions",
    "grid",
    "numerators",
    "primary",
    "protect",
    "published",
    "rounded",
]
