"""What earlier versions of a shareable table told, so that a new one does not give a child away by the difference."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stats.disclosure import Register, Relation, Table


@dataclass
class History:
    """One table through the versions of a report. A cell keeps its name while its count is the same.

    `groups` says which parts a merged part is made of; whoever has a fine and a merged version compares their sums.
    """

    prefix: str
    number: int
    groups: Mapping[str, tuple[str, ...]]
    releases: Sequence[Mapping[str, Any]]
    links: list[Relation] = field(default_factory=list)

    def names_of(self, counts: Mapping[str, int]) -> dict[str, str]:
        """The name of each part's cell."""
        return {key: self._name(key, count) for key, count in counts.items()}

    def _name(self, key: str, count: int) -> str:
        for release in reversed(self.releases):
            name = release["names"].get(key)
            if name and release["cells"][name] == count:
                return str(name)
        return f"{self.prefix}{key}~{self.number}"

    def register(self, total: str, names: Mapping[str, str], counts: Mapping[str, int]) -> Register:
        """Everything published of the table, with what the reader of two versions learns by comparing them.

        How many audits count is said at the top of the report, so the total is public from the start.
        """
        self.links = [
            link
            for place, release in enumerate(self.releases)
            for link in self._compared(place, release, names, counts)
        ]
        public = Table({total: sum(counts.values())})
        register = Register((), tuple(self.links)).with_release("how many audits count", public)
        for release in self.releases:
            register = register.with_release(release["name"], _table(release))
        return register

    def _compared(
        self, place: int, release: Mapping[str, Any], names: Mapping[str, str], counts: Mapping[str, int]
    ) -> Iterator[Relation]:
        then = release["names"]
        sets: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
            key: ((then[key],), (names[key],)) for key in names if key in then
        }
        for group, parts in self.groups.items():
            before, after = _held(then, group, parts), _held(names, group, parts)
            if before and after:
                sets[group] = (before, after)
        known = {**release["cells"], **{names[key]: count for key, count in counts.items()}}
        for key, (before, after) in sets.items():
            if before == after:
                continue
            tag = f"{self.prefix}{key}/{place + 1}-{self.number}"
            earlier, later = f"{tag}/then", f"{tag}/now"
            change = sum(known[one] for one in after) - sum(known[one] for one in before)
            yield Relation(earlier, before)
            yield Relation(later, after)
            if change > 0:
                yield Relation(later, (earlier, f"{tag}/added"))
            elif change < 0:
                yield Relation(earlier, (later, f"{tag}/taken"))
            else:
                yield Relation(later, (earlier,))

    def release(self, key: str, names: Mapping[str, str], table: Table) -> dict[str, Any]:
        """What has to be kept of a table that goes out."""
        return {
            "key": key,
            "name": f"{self.prefix}{self.number}",
            "names": dict(names),
            "cells": dict(table.cells),
            "relations": [[one.total, list(one.parts)] for one in table.relations],
            "primary": sorted(table.primary),
            "secondary": sorted(table.secondary),
        }


def _held(names: Mapping[str, str], group: str, parts: tuple[str, ...]) -> tuple[str, ...]:
    """The cells that make up the group in a version: its merged cell, or its fine ones."""
    if all(part in names for part in parts):
        return tuple(names[part] for part in parts)
    return (names[group],) if group in names else ()


def _table(release: Mapping[str, Any]) -> Table:
    return Table(
        release["cells"],
        tuple(Relation(total, tuple(parts), True) for total, parts in release["relations"]),
        primary=frozenset(release["primary"]),
        secondary=frozenset(release["secondary"]),
    )
