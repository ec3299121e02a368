"""Checks of arguments: one sentence that names the argument, what was given and what is needed."""

from collections.abc import Callable
from typing import NoReturn


def refuse(argument: str, given: object, needed: str) -> NoReturn:
    """Never returns.

    Raises: ValueError naming the argument, what was given and what is needed instead.
    """
    raise ValueError(f"{argument} is {given!r}; it must be {needed}.")


def whole(argument: str, given: object, *, least: int = 0, most: int | None = None) -> int:
    """The argument as an int.

    Raises: ValueError unless it is a whole number from `least` to `most`.
    """
    needed = f"a whole number of at least {least}" + ("" if most is None else f" and at most {most}")
    if isinstance(given, bool) or not hasattr(given, "__index__"):
        refuse(argument, given, needed)
    value = given.__index__()
    if value < least or (most is not None and value > most):
        refuse(argument, given, needed)
    return int(value)


def number(argument: str, given: object, needed: str, holds: Callable[[float], bool]) -> float:
    """The argument as a float.

    Raises: ValueError unless it is a finite number for which `holds` is true; `needed` says so in words.
    """
    if isinstance(given, bool) or not hasattr(given, "__float__"):
        refuse(argument, given, needed)
    value = float(given)
    if value != value or value in (float("inf"), float("-inf")) or not holds(value):
        refuse(argument, given, needed)
    return value


def share(argument: str, given: object) -> float:
    """The argument as a float strictly between 0 and 1.

    Unit: share, 0 to 1. Raises: ValueError otherwise.
    """
    return number(argument, given, "a share between 0 and 1 (0.95, not 95)", lambda v: 0 < v < 1)
