"""The figures that may leave the building: of random cases only, small numbers protected, nothing given away by earlier ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plumbline.audits.rules.report_counts import range_of, share_of
from plumbline.audits.rules.report_history import History
from plumbline.audits.rules.report_lines import VISITS
from stats.disclosure import RefusedError, Relation, Table, protect, published

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
    none = (
        "A report of visits stays inside." if VISITS in figures["groups"] else "There are no audits to count."
    )
    advice = next((table["refused"] for table in tables if table["refused"]), none)
    return {
        "version": VERSION,
        "counted": counted,
        "tables": tables,
        "refused": advice if is_empty else "",
        "release": [release for _, release in made if release],
    }


def is_publishable(shareable: Mapping[str, Any]) -> bool:
    """Whether there is a shareable version: made, and with at least one table that is safe."""
    return bool(shareable.get("tables")) and not shareable["refused"]


def splits_of(group: Mapping[str, Any]) -> list[Split]:
    """The ways in which the shareable version splits the audits: grades, questions, voices, talks with the worker."""
    counted = group.get("counted", 0)
    found = [_grades(one) for one in group.get("grades", ())]
    # A question that was judged nowhere says nothing of practice.
    found += [_question(one, counted) for one in group.get("questions", ()) if one["met"]["n"]]
    voice = group.get("voice", {})
    if voice:
        found += [
            _heard(voice["child"], "child", "The child or young person"),
            _heard(voice["family"], "family", "A parent or carer"),
            _talk(voice["discussion"]),
        ]
    if group.get("self_audit"):
        found.append(_self_audit(group["self_audit"], counted))
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


def _self_audit(one: Mapping[str, Any], counted: int) -> Split:
    return Split(
        "self-audit",
        "Whoever did or managed the work rated it on their own, and the audit’s judgements were the same",
        (
            ("alike", "In at least four of five", one["alike"]),
            ("apart", "In fewer", one["compared"] - one["alike"]),
            ("none", "Not rated on their own", counted - one["compared"]),
        ),
        (
            ("compared", "Rated on their own, however alike", ("alike", "apart")),
            ("none", "Not rated on their own", ("none",)),
        ),
        "self-audit",
    )


def _protected(
    split: Split, counted: int, round_id: str, number: int, earlier: Sequence[Mapping[str, Any]]
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The split as a table of text, with what has to be remembered of it; finer parts first, then merged ones."""
    history = History(
        f"{round_id}|{split.key}|",
        number,
        {key: keys for key, _, keys in split.merged},
        [one for figures in earlier for one in figures["release"] if one["key"] == split.key],
    )
    refused = ""
    for parts in (split.parts, _merged(split)):
        counts = {key: count for key, _, count in parts}
        names = history.names_of(counts)
        total = f"{round_id}|counted={counted}"
        table = Table(
            {total: counted} | {names[key]: count for key, count in counts.items()},
            (Relation(total, tuple(names.values()), classifies=True),),
        )
        try:
            safe = protect(table, register=history.register(total, names, counts)).table
        except RefusedError as refusal:
            refused = refused or str(refusal)
            continue
        shown = published(safe)
        rows = [_row(label, shown[names[key]], count, counted) for key, label, count in parts]
        return _table(split, rows, ""), history.release(split.key, names, safe)
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
