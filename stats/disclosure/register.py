"""What was published before, so that a new release is audited together with the old."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from stats.arguments import refuse
from stats.disclosure.sensitive import Rule
from stats.disclosure.table import Relation, Table


@dataclass(frozen=True)
class Release:
    """A table as it was published: its name (and date), the counts with what was hidden."""

    name: str
    table: Table


@dataclass(frozen=True)
class Register:
    """Every release so far, and the sums that link cells of different releases.

    A link (year to date = last month's year to date + this month) may name cells of a release to come, and
    cells that are never published: this month is told by the two years to date all the same. While a release
    gives a small count away nothing more can be protected; enter the count as a release that shows it, to say
    that it is public for good.
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

    def together_with(self, table: Table, rule: Rule | None = None) -> Table:
        """One table of everything published so far and this one: what an attacker has on the desk.

        A cell shown anywhere is shown, even where this table would hide it. A cell that no release holds and
        that the links give is in it too, not printed; one too small to show by the rule is primary.
        Raises: as `Register`. Source: methods.md section 6, rule 5.
        """
        chosen = rule or Rule()
        merged = self._merged([*(release.table for release in self.releases), table])
        held = {name for release in self.releases for name in release.table.cells} | set(table.cells)
        small = {n for n, count in merged.cells.items() if n not in held and chosen.hides(count)}
        return replace(merged, primary=merged.primary | small)

    def _given_by_links(self, cells: Mapping[str, int]) -> dict[str, int]:
        """The count of each cell that is held nowhere and follows from a link by the counts of its others.

        A total that is named once is left out: a sum of what is known tells nothing new.
        """
        found: dict[str, int] = {}
        uses = [name for link in self.links for name in (link.total, *link.parts)]
        while True:
            known = {**cells, **found}
            for link in self.links:
                absent = [name for name in (link.total, *link.parts) if name not in known]
                if len(absent) != 1 or (absent[0] == link.total and uses.count(link.total) == 1):
                    continue
                inside = sum(known[part] for part in link.parts if part in known)
                count = inside if absent[0] == link.total else known[link.total] - inside
                if count < 0:
                    refuse(
                        "links",
                        f"{link.total} = {known[link.total]}",
                        f"at least its parts, which are {inside}",
                    )
                found[absent[0]] = count
                break
            else:
                return found

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
        cells |= self._given_by_links(cells)
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
