"""Planted mistakes are where the manifest says, and nowhere else."""

from collections import Counter

from plumbline.demo.children.faults import MISTAKES
from plumbline.demo.children.tables import TABLES
from tests.unit.demo_children.conftest import Extract


def test_a_line_differs_from_the_right_one_only_where_the_manifest_says(
    extract: Extract, faulty_extract: Extract
) -> None:
    planted = {(one["table"], one["id"]) for one in faulty_extract.manifest["faults"]}

    differing = set()
    for table in TABLES:
        if table == "ssd_professionals":
            continue
        right, spoilt = (
            Counter(tuple(row.values()) for row in e.rows(table)) for e in (extract, faulty_extract)
        )
        differing |= {(table, row[0]) for row in (right - spoilt) + (spoilt - right)}

    assert differing == planted
    assert len(planted) > 20


def test_the_column_named_in_the_manifest_is_the_one_that_is_wrong(
    extract: Extract, faulty_extract: Extract
) -> None:
    tried = 0
    for fault in faulty_extract.manifest["faults"]:
        key = TABLES[fault["table"]].columns[0]
        right, wrong = (
            next(row for row in e.rows(fault["table"]) if row[key] == fault["id"])
            for e in (extract, faulty_extract)
        )
        differs = [column for column in right if right[column] != wrong[column]]
        assert differs == ([fault["column"]] if fault["column"] else []), fault
        tried += 1
    assert tried


def test_each_mistake_says_what_a_rule_should_say() -> None:
    kinds = [mistake.kind for mistake in MISTAKES]

    assert len(kinds) == len(set(kinds)) >= 20
    assert all(len(mistake.rule.split()) > 4 for mistake in MISTAKES)
