"""Definitions that cannot be used are refused, with the file and the line to mend."""

from pathlib import Path

import pytest

from indicator_engine import DefinitionFault, load_definitions, read_definition, with_settings
from indicator_engine.loading import FRAMEWORK, TAGS

GOOD = """\
key: plans-open-long
title: Plans open long
theme: child_protection
unit: percent
polarity: lower
numerator: Long ones
denominator: All
rule: To the day.
events: cp_plans_open
met: months_after(start_date, $limit_months) <= as_at
settings:
  limit_months: {value: 24, meaning: months, council_may_change: true}
breakdowns: [team]
source: [{document: Ours}]
tags: [quality_of_plans]
examples:
  - title: One
    period: 2025-03
    records:
      ssd_cp_plans: [{cppl_cp_plan_id: P1, cppl_cp_plan_start_date: 2020-01-01}]
    expect: {numerator: 1, denominator: 1}
"""
pytestmark = pytest.mark.no_database_needed


def test_a_good_definition_is_read() -> None:
    indicator = read_definition(GOOD, "ours.yaml")

    assert (indicator.key, indicator.is_stock, indicator.setting_values) == (
        "plans-open-long",
        True,
        {"limit_months": 24},
    )


@pytest.mark.parametrize(
    ("was", "becomes", "line", "says"),
    [
        ("unit: percent", "unit: percentage", 4, "not one of"),
        ("polarity: lower", "polarty: lower", 5, "Unknown key"),
        ("title: Plans open long\n", "", 1, "'title' is missing"),
        ("events: cp_plans_open", "events: cp_plans_opened", 9, "no derived table"),
        ("events: cp_plans_open", "events: people", 9, "part of other tables"),
        ("start_date, $limit", "begin_date, $limit", 10, "no column 'begin_date'"),
        ("$limit_months", "24", 12, "not used"),
        ("$limit_months) <=", "$limit) <=", 10, "no setting 'limit'"),
        ("met: months", "met: sqrt(1) = 1 and months", 10, "not allowed"),
        ("[team]", "[shoe_size]", 13, "not one of"),
        ("[quality_of_plans]", "[quality]", 15, "not one of"),
        ("period: 2025-03", "period: March", 18, "not a period"),
        ("2020-01-01}", "2020-01-01, x: true}", 20, "not a text"),
        ("key: plans-open-long\n", "key: plans-open-long\nkey: again\n", 2, "given twice"),
        ("unit: percent", "unit: count", 10, "does not belong"),
        ("unit: percent", 'unit: "percent" or so', 4, "Not YAML"),
    ],
)
def test_a_fault_is_named_with_its_line(was: str, becomes: str, line: int, says: str) -> None:
    with pytest.raises(DefinitionFault, match=says) as caught:
        read_definition(GOOD.replace(was, becomes, 1), "ours.yaml")

    assert (caught.value.place.file, caught.value.place.line) == ("ours.yaml", line)


def test_a_definition_without_an_example_is_refused() -> None:
    text = GOOD[: GOOD.index("examples:")] + "examples: []\n"

    with pytest.raises(DefinitionFault, match="worked example"):
        read_definition(text, "ours.yaml")


def test_a_key_used_twice_is_refused_with_both_places(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")

    with pytest.raises(DefinitionFault, match=r"b.yaml:1: .* also in a.yaml:1"):
        load_definitions(tmp_path)


def test_a_council_chooses_its_own_value_and_the_version_says_so() -> None:
    indicator = read_definition(GOOD, "ours.yaml")

    ours = with_settings(indicator, {"limit_months": 18})

    assert ours.setting_values == {"limit_months": 18}
    assert ours.version == f"{indicator.version}+limit_months=18"


@pytest.mark.parametrize("chosen", [{"limit_days": 3}, {"limit_months": "long"}])
def test_a_value_that_is_not_there_or_of_another_kind_is_refused(chosen: dict[str, int | str]) -> None:
    with pytest.raises(ValueError, match="limit"):
        with_settings(read_definition(GOOD, "ours.yaml"), chosen)


def test_a_statutory_limit_is_not_for_a_council_to_change() -> None:
    fixed = read_definition(GOOD.replace(", council_may_change: true", ""), "ours.yaml")

    with pytest.raises(ValueError, match="no setting"):
        with_settings(fixed, {"limit_months": 18})


def test_every_theme_of_the_two_frameworks_is_used_by_a_shipped_definition() -> None:
    shipped = load_definitions(Path(__file__).resolve().parents[3] / "definitions" / "indicators")

    assert {tag for indicator in shipped.values() for tag in indicator.tags} == set(TAGS)
    assert {tag for indicator in shipped.values() for tag in indicator.framework} <= set(FRAMEWORK)
    assert len(shipped) >= 80
