"""Small integer programmes: whole-number unknowns with bounds, rows that hold, one thing to minimise."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class OutOfTimeError(Exception):
    """The time given ran out before the programme was decided."""


def load_solver() -> None:
    """Nothing; imports the solver, so that the first search is not cut short by it."""
    import scipy.optimize
    import scipy.sparse  # noqa: F401


@dataclass
class Programme:
    """Unknowns by number, each whole; rows are sums of multiples of unknowns between two bounds."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    rows: list[Mapping[int, int]] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    _matrix: Any = None

    def unknown(self, least: float, most: float) -> int:
        """The number of a new unknown."""
        self.lower.append(least)
        self.upper.append(most)
        return len(self.lower) - 1

    def row(self, terms: Mapping[int, int], least: float, most: float) -> None:
        """Nothing; adds the row `least <= sum of terms <= most`."""
        self.rows.append(terms)
        self.least.append(least)
        self.most.append(most)
        self._matrix = None

    def minimise(self, costs: Mapping[int, float], deadline: float | None = None) -> list[int] | None:
        """The whole numbers that cost least, or None when there are none that satisfy every row.

        The answer was checked in whole numbers, so that a solver's tolerance never counts as proof.
        Raises: OutOfTimeError if the deadline (time.monotonic) comes first.
        """
        found = self._solve(costs, deadline, {}, whole=True)
        if found is None:
            return None
        values = [round(value) for value in found.x]
        if not self.holds(values):
            raise OutOfTimeError("The solver's answer does not hold in whole numbers.")
        return values

    def minimise_in_fractions(
        self, costs: Mapping[int, float], deadline: float | None, held: Mapping[int, float]
    ) -> tuple[float, list[float]] | None:
        """The least cost and the numbers, not whole, some held at a value. Fast, and a proof of nothing.

        Raises: as `minimise`.
        """
        if not all(self.lower[u] <= value <= self.upper[u] for u, value in held.items()):
            return None
        found = self._solve(costs, deadline, held, whole=False)
        return None if found is None else (float(found.fun), [float(value) for value in found.x])

    def _solve(
        self, costs: Mapping[int, float], deadline: float | None, held: Mapping[int, float], *, whole: bool
    ) -> Any:
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        size = len(self.lower)
        objective = np.zeros(size)
        for unknown, cost in costs.items():
            objective[unknown] = cost
        lower, upper = np.array(self.lower, dtype=float), np.array(self.upper, dtype=float)
        for unknown, value in held.items():
            lower[unknown] = upper[unknown] = value
        # A relative gap of zero: the default accepts an answer one ten-thousandth away from the best.
        options: dict[str, float] = {"mip_rel_gap": 0.0}
        if deadline is not None:
            options["time_limit"] = max(deadline - time.monotonic(), 0.01)
        constraints = (
            [LinearConstraint(self._sparse(), np.array(self.least), np.array(self.most))] if self.rows else []
        )
        found = milp(
            objective,
            integrality=np.full(size, int(whole)),
            bounds=Bounds(lower, upper),
            constraints=constraints,
            options=options,
        )
        if found.status == 2:
            return None
        if found.status != 0 or found.x is None:
            raise OutOfTimeError(found.message)
        return found

    def holds(self, values: list[int]) -> bool:
        """True when the whole numbers are within every bound and every row."""
        within = all(low <= v <= high for v, low, high in zip(values, self.lower, self.upper, strict=True))
        return within and all(
            low <= sum(times * values[unknown] for unknown, times in terms.items()) <= high
            for terms, low, high in zip(self.rows, self.least, self.most, strict=True)
        )

    def _sparse(self) -> Any:
        if self._matrix is None:
            from scipy.sparse import csr_array

            starts = [0]
            columns: list[int] = []
            entries: list[int] = []
            for terms in self.rows:
                columns.extend(terms.keys())
                entries.extend(terms.values())
                starts.append(len(columns))
            self._matrix = csr_array((entries, columns, starts), shape=(len(self.rows), len(self.lower)))
        return self._matrix
