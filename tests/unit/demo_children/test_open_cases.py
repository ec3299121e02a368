"""The open cases of a day come from the same children as the extract, in the demo council's words."""

from collections import Counter
from datetime import date

from plumbline.demo.audits.cases import PLAN_TYPES
from plumbline.demo.children.open_cases import AGE_BANDS, open_cases
from plumbline.demo.children.staff import BEFORE_MERGE, TEAMS
from plumbline.demo.council import UNITS
from plumbline.people.models import UnitKind
from tests.unit.demo_children.conftest import UNTIL, Extract


def test_a_child_is_on_the_list_once_with_the_plan_that_comes_first(extract: Extract) -> None:
    cases = open_cases(extract.folder, UNTIL)

    assert max(Counter(case.reference for case in cases).values()) == 1
    in_care = {
        row["clae_person_id"]
        for row in extract.rows("ssd_cla_episodes")
        if not row["clae_cla_episode_ceased_date"]
    }
    listed = {case.reference for case in cases if case.plan_type == "child-in-care"}
    assert listed
    assert listed <= in_care
    assert {case.plan_type for case in cases} == set(PLAN_TYPES)


def test_the_list_is_as_long_as_the_scale_says(extract: Extract) -> None:
    """About 1,350 at scale 1: plans of need, protection and care, and care leavers, of the published size."""
    cases = open_cases(extract.folder, UNTIL)

    assert 0.6 < len(cases) / (1_350 * extract.world.scale) < 1.5


def test_the_words_are_those_of_the_demo_council(extract: Extract) -> None:
    cases = open_cases(extract.folder, UNTIL)

    assert {case.age_band for case in cases} <= {band for _, band in AGE_BANDS}
    assert {case.sex for case in cases} <= {"female", "male", ""}
    assert {case.disability for case in cases} == {"yes", "no"}
    assert all(case.started_on <= UNTIL for case in cases)


def test_another_day_has_other_cases(extract: Extract) -> None:
    then = {case.reference for case in open_cases(extract.folder, date(2025, 1, 31))}
    now = {case.reference for case in open_cases(extract.folder, UNTIL)}

    assert then - now
    assert now - then


def test_the_teams_are_those_of_the_demo_council() -> None:
    """The package knows no Django, so it lists the teams itself; this holds the two lists together."""
    council = {unit.key: unit.name for unit in UNITS if unit.kind == UnitKind.TEAM}

    assert {team.key: team.name for team in TEAMS} | dict(BEFORE_MERGE) == council
    assert {team.service: team.service_name for team in TEAMS}.items() <= {
        u.key: u.name for u in UNITS
    }.items()
