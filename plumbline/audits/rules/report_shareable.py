"""The figures that may leave the building: of random cases only, small numbers protected, nothing given away by earlier ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plumbline.audits.rules.report_counts import range_of, share_of
from stats.disclosure import RefusedError, Register, Relation, Table, protect, published

VERSION = 1
HIDDEN = "c"


@dataclass(frozen=True)
class Split:
    """All audits that count, split by one thing: its parts as (key, label, count), and how they may be merged.

    `merged` names coarser parts as (key, label, keys of the parts in it), for when the finer ones hide too much.
    """

    key: str
    title: str
    parts: tuple[tuple[str, str, int], ...]
    merged: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    group: str = ""


def shareable_figures(
    figures: Mapping[str, Any], earlier: Sequence[Mapping[str, Any]] = (), number: int = 1
) -> dict[str, Any]:
    """The protected figures as plain data: each table with its rows as text, or the advice why it is left out.

    `earlier` are the shareable figures of versions of the same report that were issued before. `release` holds what
    a later version has to know; it is never shown. `refused` has the advice when no table at all is safe.
    """
    group = figures["groups"].get("random", {})
    counted = group.get("counted", 0)
    made = [_protected(split, counted, figures["round"]["id"], number, earlier) for split in splits_of(group)]
    tables = [table for table, _ in made]
    is_empty = not counted or all(table["refused"] for table in tables)
    advice = next((table["refused"] for table in tables if table["refused"]), "There are no audits to count.")
    return {
        "version": VERSION,
        "counted": counted,
        "tables": tables,
        "refused": advice if is_empty else "",
        "release": [release for _, release in made if release],
    }


def splits_of(group: Mapping[str, Any]) -> list[Split]:
    """The ways in which the shareable version splits the audits: grades, questions, voices, second ratings."""
    counted = group.get("counted", 0)
    found = [_grades(one) for one in group.get("grades", ())]
    found += [_question(one, counted) for one in group.get("questions", ())]
    voice = group.get("voice", {})
    if voice:
        found += [
            _heard(voice["child"], "child", "The child or young person"),
            _heard(voice["family"], "family", "A parent or carer"),
            _talk(voice["discussion"]),
        ]
    return [one for one in found if sum(count for _, _, count in one.parts) == counted]


def _grades(one: Mapping[str, Any]) -> Split:
    grades = [(grade["key"], grade["label"], grade["share"]["x"]) for grade in one["grades"]]
    half = len(grades) // 2
    return Split(
        f"grades/{one['section'] or 'overall'}",
        one["title"],
        (*grades, ("not_graded", "Not graded", one["not_graded"])),
        (
            ("upper", one["better"]["label"], tuple(key for key, _, _ in grades[:half])),
            ("lower", "Below that", tuple(key for key, _, _ in grades[half:])),
            ("not_graded", "Not graded", ("not_graded",)),
        ),
        "grades",
    )


def _question(one: Mapping[str, Any], counted: int) -> Split:
    other = counted - one["met"]["n"]
    return Split(
        f"question/{one['key']}",
        one["text"],
        (
            ("met", "Met", one["met"]["x"]),
            ("partly_met", "Partly met", one["partly_met"]),
            ("not_met", "Not met", one["not_met"]),
            ("other", "Did not apply or was not assessed", other),
        ),
        (
            ("met", "Met", ("met",)),
            ("below", "Partly met or not met", ("partly_met", "not_met")),
            ("other", "Did not apply or was not assessed", ("other",)),
        ),
        "supervision" if one["supervision"] else f"criterion/{one['criterion']}",
    )


def _heard(one: Mapping[str, Any], key: str, who: str) -> Split:
    return Split(
        f"voice/{key}",
        f"{who} was asked for their views",
        (
            ("given", "Gave their views", one["heard"]["x"]),
            ("declined", "Declined", one["declined"]),
            ("attempted", "Could not be reached", one["attempted"]),
            ("not_appropriate", "Asking was not appropriate", one["not_appropriate"]),
            ("none", "Nobody recorded asking", one["none"]),
        ),
        (
            ("given", "Gave their views", ("given",)),
            ("not_given", "Did not, for any reason", ("declined", "attempted", "not_appropriate", "none")),
        ),
        "voice",
    )


def _talk(one: Mapping[str, Any]) -> Split:
    return Split(
        "voice/discussion",
        "The audit was talked through with the worker while it was done",
        (
            ("held", "Talked through", one["held"]["x"]),
            ("not_held", "Not, with a reason", one["not_held"]),
            ("none", "Nothing recorded", one["none"]),
        ),
        (("held", "Talked through", ("held",)), ("not", "Not talked through", ("not_held", "none"))),
        "voice",
    )


def _protected(
    split: Split, counted: int, round_id: str, number: int, earlier: Sequence[Mapping[str, Any]]
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The split as a table of text, with what has to be remembered of it; finer parts first, then merged ones."""
    register_of = [one for figures in earlier for one in figures["release"] if one["key"] == split.key]
    refused = ""
    for parts in (split.parts, _merged(split)):
        named = _Named(f"{round_id}|{split.key}|", number, register_of)
        names = {key: named.of(key, count) for key, _, count in parts}
        total = f"{round_id}|counted={counted}"
        table = Table(
            {total: counted} | {names[key]: count for key, _, count in parts},
            (Relation(total, tuple(names.values()), classifies=True),),
        )
        try:
            safe = protect(table, register=named.register()).table
        except RefusedError as refusal:
            refused = refused or str(refusal)
            continue
        shown = published(safe)
        rows = [_row(label, shown[names[key]], count, counted) for key, label, count in parts]
        release = {
            "key": split.key,
            "name": f"{split.key} {number}",
            "cells": dict(safe.cells),
            "relations": [[one.total, list(one.parts)] for one in safe.relations],
            "primary": sorted(safe.primary),
            "secondary": sorted(safe.secondary),
        }
        return _table(split, rows, ""), release
    return _table(split, [], _in_words(refused)), None


def _merged(split: Split) -> tuple[tuple[str, str, int], ...]:
    counts = {key: count for key, _, count in split.parts}
    return tuple((key, label, sum(counts[one] for one in keys)) for key, label, keys in split.merged)


def _table(split: Split, rows: list[dict[str, str]], refused: str) -> dict[str, Any]:
    return {"key": split.key, "title": split.title, "group": split.group, "rows": rows, "refused": refused}


def _row(label: str, shown: str, count: int, counted: int) -> dict[str, str]:
    # The range is worked out from the shown count and the published total alone, so it tells nothing more.
    reach = "" if shown == HIDDEN else range_of(share_of(count, counted, is_random=True))
    return {"label": label, "count": shown, "range": HIDDEN if shown == HIDDEN else reach}


def _in_words(refusal: str) -> str:
    """The advice without the inner names of cells."""
    reason, _, advice = refusal.partition(" Instead: ")
    told = reason if "cells would be hidden" in reason else "A count could be worked out from what is shown."
    return f"Left out, so that no child can be identified. {told} Instead: {advice}"


class _Named:
    """Names of cells that stay the same as long as the children counted do, and how changed ones hang together."""

    def __init__(self, prefix: str, number: int, earlier: Iterable[Mapping[str, Any]]) -> None:
        self.prefix, self.number = prefix, number
        self.tables = {
            one["name"]: Table(
                one["cells"],
                tuple(Relation(total, tuple(parts), True) for total, parts in one["relations"]),
                primary=frozenset(one["primary"]),
                secondary=frozenset(one["secondary"]),
            )
            for one in earlier
        }
        self.links: list[Relation] = []

    def of(self, key: str, count: int) -> str:
        """The name of the part: that of the newest earlier version while the count is the same."""
        base = f"{self.prefix}{key}"
        before = [
            (name, known)
            for table in self.tables.values()
            for name, known in table.cells.items()
            if name == base or name.startswith(f"{base}~")
        ]
        if not before:
            return base
        then, known = before[-1]
        if known == count:
            return then
        now = f"{base}~{self.number}"
        # Whoever holds both versions knows the children added or taken away.
        self.links.append(
            Relation(now, (then, f"{now}+")) if count > known else Relation(then, (now, f"{now}-"))
        )
        return now

    def register(self) -> Register:
        """What was published before, with the links to what is to be published now."""
        register = Register((), tuple(self.links))
        for name, table in self.tables.items():
            register = register.with_release(name, table)
        return register
