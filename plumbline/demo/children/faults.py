"""Mistakes planted in an extract, each listed with what a quality rule should say of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

from plumbline.demo.children.cutting import Line
from plumbline.demo.children.tables import TABLES
from plumbline.demo.children.world import World

# One line in so many is tried for a mistake; some cannot carry theirs (no end date to spoil) and stay right.
ONE_IN = 900
# Small tables get a fair number of mistakes too: so many times as often.
SMALL = {
    "ssd_cp_plans": 8,
    "ssd_cin_plans": 4,
    "ssd_initial_cp_conference": 8,
    "ssd_cla_episodes": 12,
    "ssd_cla_placement": 12,
    "ssd_legal_status": 12,
}
Cells = dict[str, str]
# Spoils the cells of a line and says whether it could; a second line comes back for a row that is there twice.
Spoiler = Callable[[Cells], bool]


@dataclass(frozen=True)
class Mistake:
    """A kind of mistake: where, how it is made, and what a quality rule should say."""

    kind: str
    table: str
    rule: str
    spoil: Spoiler
    twice: bool = False


def _put(column: str, value: str) -> Spoiler:
    def spoil(cells: Cells) -> bool:
        could = bool(cells[column])
        cells[column] = value
        return could

    return spoil


def _before(late: str, early: str) -> Spoiler:
    """Moves a later day to a week before the earlier one."""

    def spoil(cells: Cells) -> bool:
        if not cells[late] or not cells[early]:
            return False
        cells[late] = (date.fromisoformat(cells[early]) - timedelta(days=7)).isoformat()
        return True

    return spoil


def _written(column: str, shape: str) -> Spoiler:
    """Writes a day in another way."""

    def spoil(cells: Cells) -> bool:
        if not cells[column]:
            return False
        cells[column] = date.fromisoformat(cells[column]).strftime(shape)
        return True

    return spoil


def _changed(column: str, change: Callable[[str], str]) -> Spoiler:
    def spoil(cells: Cells) -> bool:
        if not cells[column]:
            return False
        cells[column] = change(cells[column])
        return True

    return spoil


def _nfa_with_activity(cells: Cells) -> bool:
    could = (
        cells["cine_referral_nfa"] == "N"
        and '"SINGLE_ASSESSMENT_FLAG": "Y"' in cells["cine_referral_outcome_json"]
    )
    if could:
        cells["cine_referral_nfa"] = "Y"
    return could


def _ended_without_reason(cells: Cells) -> bool:
    could = bool(cells["clae_cla_episode_ceased_date"])
    cells["clae_cla_episode_ceased_reason"] = ""
    return could


def _nothing(_cells: Cells) -> bool:
    return True


MISTAKES = (
    Mistake(
        "authorised-before-start",
        "ssd_cin_assessments",
        "The assessment was authorised before it started",
        _before("cina_assessment_auth_date", "cina_assessment_start_date"),
    ),
    Mistake(
        "row-twice",
        "ssd_cin_assessments",
        "The same assessment id is there twice",
        _nothing,
        twice=True,
    ),
    Mistake(
        "orphan-referral",
        "ssd_cin_assessments",
        "The assessment names a referral that is not in the extract",
        _put("cina_referral_id", "R-none"),
    ),
    Mistake(
        "no-start",
        "ssd_cin_assessments",
        "The assessment has no start date",
        _put("cina_assessment_start_date", ""),
    ),
    Mistake(
        "closed-before-referral",
        "ssd_cin_episodes",
        "The episode was closed before it was referred",
        _before("cine_close_date", "cine_referral_date"),
    ),
    Mistake(
        "no-further-action-with-activity",
        "ssd_cin_episodes",
        "A referral with no further action carries an assessment",
        _nfa_with_activity,
    ),
    Mistake(
        "unknown-need",
        "ssd_cin_episodes",
        "The primary need code is not in the code set",
        _put("cine_cin_primary_need_code", "N12"),
    ),
    Mistake(
        "lettered-source",
        "ssd_cin_episodes",
        "The source of referral carries a letter prefix",
        _changed("cine_referral_source_code", lambda code: f"q) {code}"),
    ),
    Mistake(
        "impossible-day",
        "ssd_contacts",
        "The date of the contact is a day that does not exist",
        _put("cont_contact_date", "2025-02-31"),
    ),
    Mistake(
        "two-digit-year",
        "ssd_contacts",
        "The date of the contact has a year of two digits",
        _written("cont_contact_date", "%d/%m/%y"),
    ),
    Mistake(
        "other-date-format",
        "ssd_contacts",
        "The date of the contact is written day first",
        _written("cont_contact_date", "%d/%m/%Y"),
    ),
    Mistake("no-birth-date", "ssd_person", "The child has no date of birth", _put("pers_dob", "")),
    Mistake(
        "born-in-the-future",
        "ssd_person",
        "The date of birth is far in the future",
        _put("pers_dob", "2048-05-06"),
    ),
    Mistake(
        "unknown-ethnicity",
        "ssd_person",
        "The ethnicity code is not in the code set",
        _put("pers_ethnicity", "ZZZZ"),
    ),
    Mistake(
        "pupil-number-as-decimal",
        "ssd_person",
        "The pupil number was turned into a decimal by a spreadsheet",
        _put("pers_upn", "1.23457E+12"),
    ),
    Mistake(
        "stray-spaces",
        "ssd_person",
        "The sex has stray spaces around it",
        _changed("pers_sex", lambda sex: f"  {sex}\u00a0"),
    ),
    Mistake(
        "ended-before-start",
        "ssd_cp_plans",
        "The child protection plan ended before it started",
        _before("cppl_cp_plan_end_date", "cppl_cp_plan_start_date"),
    ),
    Mistake(
        "end-of-time",
        "ssd_cin_plans",
        "The end of the plan is the sentinel 31 December 9999",
        _put("cinp_cin_plan_end_date", "9999-12-31"),
    ),
    Mistake(
        "visit-of-nobody",
        "ssd_cp_visits",
        "The visit names a child who is not in the extract",
        _put("cppv_person_id", "99999999"),
    ),
    Mistake(
        "conference-before-enquiry",
        "ssd_initial_cp_conference",
        "The conference was held before the strategy discussion",
        _put("icpc_icpc_date", "2019-01-07"),
    ),
    Mistake(
        "ceased-without-reason",
        "ssd_cla_episodes",
        "The episode has an end but no reason",
        _ended_without_reason,
    ),
    Mistake(
        "unknown-distance",
        "ssd_cla_placement",
        "The distance is the sentinel 999.9: unknown, never over 20 miles",
        _put("clap_cla_placement_distance", "999.9"),
    ),
    Mistake(
        "unknown-legal-status",
        "ssd_legal_status",
        "The legal status is not in the code set",
        _put("lega_legal_status", "Q9"),
    ),
)


class Faults:
    """Plants mistakes in lines as they pass, by their ids, so that the same row is wrong in every extract."""

    def __init__(self, world: World) -> None:
        self.planted: list[dict[str, str]] = []
        self._seed = world.seed
        self._by_table: dict[str, list[Mistake]] = {}
        if world.faults:
            for mistake in MISTAKES:
                self._by_table.setdefault(mistake.table, []).append(mistake)

    def spoil(self, table: str, line: Line) -> list[Line]:
        """The line, spoilt or not; two when it comes twice."""
        kinds = self._by_table.get(table)
        if not kinds:
            return [line]
        # The first column is the key in every table that can be spoilt.
        draw = crc32(f"{self._seed} {table} {line[0]}".encode()) % ONE_IN
        often = SMALL.get(table, 1)
        if draw >= len(kinds) * often:
            return [line]
        mistake = kinds[draw // often]
        columns = TABLES[table].columns
        cells = dict(zip(columns, line, strict=True))
        if not mistake.spoil(cells):
            return [line]
        self.planted.append(
            {
                "kind": mistake.kind,
                "table": table,
                "column": _column_changed(columns, line, cells),
                "id": line[0],
                "rule": mistake.rule,
            }
        )
        spoilt = [cells[column] for column in columns]
        return [line, spoilt] if mistake.twice else [spoilt]


def _column_changed(columns: tuple[str, ...], before: Line, after: Cells) -> str:
    """The column that differs, if there is one."""
    return next((column for column, text in zip(columns, before, strict=True) if after[column] != text), "")
