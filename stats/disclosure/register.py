"""What was published before, so that a new release is audited together with the old."""

from __future__ import annotations

from dataclasses import dataclass

from stats.arguments import refuse
from stats.disclosure.table import Relation, Table


@dataclass(frozen=True)
class Release:
    """A table as it was published: its name (and date), the counts with what was hidden."""

    name: str
    table: Table


@dataclass(frozen=True)
class Register:
    """Every release so far, and the sums that link cells of different releases.

    A link (year to date = last month's year to date + this month) may name cells of one release to come.
    Raises: ValueError for a cell whose count differs between releases, or a link that does not add up.
    """

    releases: tuple[Release, ...] = ()
    links: tuple[Relation, ...] = ()

    def __post_init__(self) -> None:
        names = [release.name for release in self.releases]
        if len(set(names)) < len(names):
            refuse("releases", names, "releases that each have their own name")
        if self.releases:
            self._merged([release.table for release in self.releases])

    @property
    def shown(self) -> frozenset[str]:
        """The cells whose count is public for good: shown in some release. Source: as `protect`."""
        return frozenset(
            name
            for release in self.releases
            for name in release.table.printed
            if name not in release.table.hidden
        )

    @property
    def fixed(self) -> frozenset[str]:
        """The cells that hiding can no longer help: shown, or given away by a ratio that is. Source: as `shown`."""
        ratios = [
            ratio
            for release in self.releases
            for ratio in release.table.ratios
            if ratio.name not in release.table.hidden_ratios
        ]
        return self.shown | {n for ratio in ratios for n in (ratio.numerator, ratio.denominator)}

    @property
    def hidden(self) -> frozenset[str]:
        """The cells that were hidden in some release and shown in none. Source: as `protect`."""
        return frozenset(n for release in self.releases for n in release.table.hidden) - self.shown

    def with_release(self, name: str, table: Table) -> Register:
        """The register with one more release, as it was published. Source: methods.md section 6, rule 5."""
        return Register((*self.releases, Release(name, table)), self.links)

    def together_with(self, table: Table) -> Table:
        """One table of everything published so far and this one: what an attacker has on the desk.

        A cell shown anywhere is shown, even where this table would hide it.
        Raises: as `Register`. Source: methods.md section 6, rule 5.
        """
        return self._merged([*(release.table for release in self.releases), table])

    def _merged(self, tables: list[Table]) -> Table:
        cells: dict[str, int] = {}
        for table in tables:
            for name, count in table.cells.items():
                if cells.setdefault(name, count) != count:
                    refuse(
                        f"cells[{name!r}]",
                        count,
                        f"{cells[name]} as in an earlier release, or have another name if it was revised",
                    )
        links = tuple(r for r in self.links if {r.total, *r.parts} <= set(cells))
        shown = {n for table in tables for n in table.printed if n not in table.hidden}
        every = {
            kind: frozenset(n for table in tables for n in getattr(table, kind)) - shown
            for kind in ("primary", "secondary")
        }
        ratios = {ratio.name: ratio for table in tables for ratio in table.ratios}
        if any(ratios[r.name] != r for table in tables for r in table.ratios):
            refuse("ratios", sorted(ratios), "ratios that mean the same in every release")
        shown_ratios = {r.name for table in tables for r in table.ratios if r.name not in table.hidden_ratios}
        return Table(
            cells,
            tuple(dict.fromkeys(r for table in tables for r in table.relations)) + links,
            tuple(ratios.values()),
            frozenset(cells) - {n for table in tables for n in table.printed},
            every["primary"],
            every["secondary"] - every["primary"],
            frozenset(ratios) - shown_ratios,
        )
