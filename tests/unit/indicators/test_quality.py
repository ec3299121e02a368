"""Every rule on the quality of data finds the record that breaks it, and says when it could not see enough."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from indicator_engine.faults import DefinitionFault
from indicator_engine.tables import Keep, load_tables
from plumbline.indicators.files.load import DEFINITIONS, load, shipped_definitions
from plumbline.indicators.files.quality import Outcome, Seen, check
from plumbline.indicators.files.quality_rules import QualitySeverity, load_rules, rules_for
from tests.unit.indicators.quality_examples import EXAMPLES
from tests.unit.indicators.returns import NOW, faults, loaded, person, referral, ssd

AS_AT = date(2026, 3, 31)
# What a rule may be broken by twice: two rows share what they must not.
TWICE = {"PER-07", "KEY-02"}
RULES = shipped_definitions().rules


def records(example: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The records of an example, with the table and the whole name of each column."""
    tables = shipped_definitions().tables
    for part in f"ssd_person: person_id=c dob=2015-06-01 sex=F ethnicity=WBRI | {example}".split(" | "):
        name, _, said = part.partition(": ")
        table = tables[name]
        prefix = table.columns[0].name.partition("_")[0]
        values = {}
        for column in table.columns:
            for short, _, value in (pair.partition("=") for pair in said.split()):
                if column.name in (f"{prefix}_{short}", f"{prefix}_{table_word(name)}_{short}"):
                    values[column.name] = value
        if table.person and table.person not in values:
            values[table.person] = "c"
        yield name, values


def table_word(name: str) -> str:
    """The word that the columns of a few tables repeat."""
    return {"ssd_initial_cp_conference": "icpc", "ssd_s47_enquiry": "s47"}.get(name, "")


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_each_rule_finds_the_one_record_that_breaks_it(tmp_path: Path, code: str) -> None:
    tables: dict[str, list[dict[str, Any]]] = {}
    for name, values in records(EXAMPLES[code]):
        tables.setdefault(name, []).append(values)
    given = ssd(tmp_path / "given", **tables)

    report = load(given, tmp_path / "x", created_at=NOW, as_at=AS_AT)

    assert report.errors == ()
    assert report.to_map == ()
    assert faults(report).get(code) == (2 if code in TWICE else 1)


def test_every_rule_has_an_example() -> None:
    assert {rule.code for rule in RULES if rule.remark is None} == EXAMPLES.keys()


def test_there_are_rules_enough_and_those_of_national_returns_keep_their_number() -> None:
    official = [rule for rule in RULES if rule.official]

    assert len([rule for rule in RULES if rule.where]) >= 80
    assert len(official) >= 25
    assert all(rule.official.startswith(("CIN ", "SSDA903 ")) for rule in official)


def test_a_complete_child_breaks_no_rule(tmp_path: Path) -> None:
    given = ssd(tmp_path / "given", ssd_person=[person()], ssd_cin_episodes=[referral()])

    report = loaded(given, tmp_path / "x", as_at=AS_AT)

    assert faults(report) == {}


def test_a_rule_without_its_tables_or_columns_says_so_instead_of_passing(tmp_path: Path) -> None:
    given = ssd(
        tmp_path / "given",
        ssd_person=[person()],
        ssd_cp_plans=[
            {"cppl_cp_plan_id": "P", "cppl_person_id": "1001", "cppl_cp_plan_start_date": "2025-01-01"}
        ],
    )

    report = loaded(given, tmp_path / "x", as_at=AS_AT)

    unseen = {result.code: result.missing for result in report.quality if result.outcome is Outcome.NOT_SEEN}
    assert unseen["CPR-01"] == ("ssd_cp_reviews",)
    assert unseen["CPP-02"] == ("cppl_cp_plan_end_date",)
    assert unseen["CPP-06"] == ("cppl_cp_plan_initial_category",)


def test_a_column_that_is_given_and_empty_throughout_is_found_by_the_rule_that_looks_for_that(
    tmp_path: Path,
) -> None:
    plan = {"cppl_cp_plan_id": "P", "cppl_person_id": "1001", "cppl_cp_plan_initial_category": ""}
    given = ssd(tmp_path / "given", ssd_person=[person()], ssd_cp_plans=[plan])

    assert faults(loaded(given, tmp_path / "x", as_at=AS_AT))["CPP-06"] == 1


def test_a_child_back_in_care_who_moves_has_not_missed_a_start(tmp_path: Path) -> None:
    days = [
        ("2024-01-01", "S", "2024-02-01", "E4A"),
        ("2025-01-01", "S", "2025-02-01", "X1"),
        ("2025-02-01", "P", "", ""),
    ]
    episodes = [
        {
            "clae_cla_episode_id": f"E{number}",
            "clae_person_id": "1001",
            "clae_cla_episode_start_date": start,
            "clae_cla_episode_start_reason": why,
            "clae_cla_episode_ceased_date": end,
            "clae_cla_episode_ceased_reason": ceased,
        }
        for number, (start, why, end, ceased) in enumerate(days)
    ]
    given = ssd(tmp_path / "given", ssd_person=[person()], ssd_cla_episodes=episodes)

    assert "CLA-07" not in faults(loaded(given, tmp_path / "x", as_at=AS_AT))


def test_a_rule_on_numbers_that_are_hashed_says_that_it_cannot_see(tmp_path: Path) -> None:
    given = ssd(tmp_path / "given", ssd_person=[person(pers_upn="123")])

    report = loaded(given, tmp_path / "x", as_at=AS_AT, key=b"a key of at least sixteen bytes")

    outcomes = {result.code: result.outcome for result in report.quality}
    assert outcomes["PER-10"] is Outcome.NOT_SEEN


def test_the_report_begins_with_the_worst_and_names_records_only(tmp_path: Path) -> None:
    given = ssd(
        tmp_path / "given",
        ssd_person=[person(pers_ethnicity="NOBT", pers_surname="Zzyzx")],
        ssd_cin_episodes=[referral(f"R{number:02}", cine_close_date="2020-01-01") for number in range(15)],
    )

    report = loaded(given, tmp_path / "x", as_at=AS_AT)

    found = [result for result in report.quality if result.outcome is Outcome.FAULTS]
    severities = [list(QualitySeverity).index(result.severity) for result in found]
    assert severities == sorted(severities)
    worst = found[0]
    assert (worst.code, worst.count, worst.rows) == ("REF-02", 15, 15)
    assert worst.samples == tuple(f"R{number:02}" for number in range(10))
    assert worst.indicators
    assert worst.effect
    assert "Zzyzx" not in str(report)


def test_every_rule_can_be_asked_of_an_extract_without_a_row() -> None:
    definitions = shipped_definitions()
    supplied = set(definitions.tables)
    with duckdb.connect(":memory:") as connection:
        for table in definitions.tables.values():
            columns = ", ".join(f"{column.name} {column.type.stored_as}" for column in table.stored)
            connection.execute(f"CREATE TABLE {table.name} ({columns})")
        # One row that nothing counts makes every rule run.
        seen = Seen(dict.fromkeys(supplied, 1), frozenset(supplied), frozenset(), frozenset())
        results = check(connection, RULES, definitions.tables, seen, as_at=AS_AT)

    assert {result.count for result in results} == {0}
    assert len(list(rules_for(RULES, definitions.tables, supplied))) > 200


def test_a_mistake_in_a_rule_is_named_with_its_file_and_line(tmp_path: Path) -> None:
    tables = load_tables(DEFINITIONS / "record_tables")
    text = (
        "title: T\nrules:\n  - code: X\n    severity: awful\n    title: T\n    effect: E\n    every: orphan\n"
    )
    (tmp_path / "odd.yaml").write_text(text)

    with pytest.raises(DefinitionFault, match=r"^odd\.yaml:4: awful is not one of"):
        load_rules(tmp_path, tables)


def test_rules_look_only_at_columns_that_are_stored() -> None:
    tables = shipped_definitions().tables
    dropped = {
        column.name for table in tables.values() for column in table.columns if column.keep is Keep.NOTHING
    }

    assert [rule.code for rule in RULES if any(name in rule.where for name in dropped)] == []
