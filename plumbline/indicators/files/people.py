"""The people of a return that has no list of its own for them: gathered from all its rows, one row a person."""

from functools import lru_cache
from typing import Any

from plumbline.indicators.files.findings import Row
from plumbline.indicators.files.pseudonyms import Ready
from plumbline.indicators.files.staging import Stage
from plumbline.indicators.files.values import Remark, read_date, read_id, tidy
from plumbline.shared.given import Place, Scalar

_COLUMNS = (
    "pers_person_id",
    "pers_sex",
    "pers_ethnicity",
    "pers_dob",
    "pers_upn",
    "pers_upn_unknown",
    "pers_expected_dob",
    "pers_death_date",
    "pers_is_mother",
)
_LIKE = {column.removeprefix("pers_"): column for column in _COLUMNS[1:]}


@lru_cache(maxsize=100_000)
def day_of(raw: Scalar) -> str | None:
    """The day as 2025-03-31; None for none and for what is no date. The stage tells of those."""
    return read_date(raw)[0]


class People:
    """Gathers what each row says about a child: the first word stands, and a different second one is told."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._people: dict[Ready, tuple[dict[str, Scalar], Row]] = {}
        self._ids: dict[str, int] = {}
        self._known: dict[Scalar, Ready] = {}

    def child(self, raw: Scalar, at: Row) -> Ready | None:
        """What stands for the child in this extract; None, and told, where the row names none."""
        known = self._known.get(raw)
        if known is not None:
            return known
        value, remark = read_id(raw)
        if value is None:
            self._stage.findings.remark("ssd_person", "pers_person_id", remark or Remark.NO_CHILD, at)
            if remark:
                self._stage.findings.problems.error(
                    Place(path=(at.source,), row=at.line),
                    f"The child's number is {tidy(raw)}: a spreadsheet has rounded it and its digits are lost. "
                    "Export it again as text.",
                )
            return None
        child = self._known[raw] = Ready(self._stage.pseudonyms.of(value))
        return child

    def saw(self, child: Ready, at: Row, **said: Scalar) -> None:
        """Take in what the row says about the child, by the columns' names without pers_."""
        facts = self._people.setdefault(child, ({}, at))[0]
        for name, value in said.items():
            if value in (None, ""):
                continue
            first = facts.setdefault(name, value)
            if first != value and name == "dob" and day_of(first) != day_of(value):
                self._stage.findings.remark("ssd_person", "pers_dob", Remark.TWO_ANSWERS, at)

    def row_id(self, kind: str, *parts: Any) -> Ready:
        """An identifier for a row that has none: the same parts give the same, and a second row of them a number."""
        name = "/".join([str(parts[0]), kind, *(str(part or "none") for part in parts[1:])])
        self._ids[name] = times = self._ids.get(name, 0) + 1
        return Ready(name if times == 1 else f"{name}/{times}")

    def write(self) -> None:
        """Puts all people on the stage."""
        for child, (facts, at) in self._people.items():
            values = [child, *(facts.get(name) for name in _LIKE)]
            self._stage.writer("ssd_person", _COLUMNS, at.source).add(values, at.line)
