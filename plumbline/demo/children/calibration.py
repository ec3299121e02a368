"""How near the synthetic council comes to the published figures it was made after: each measure beside its target."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from plumbline.demo.children.tables import TABLES
from stats.working_days import england


@dataclass(frozen=True)
class Target:
    """A published figure, how far off a synthetic council may be, and the question whose answer is compared."""

    key: str
    words: str
    figure: float
    tolerance: float
    source: str
    sql: str
    per_scale: bool = False


@dataclass(frozen=True)
class Measured:
    """A target with what came out."""

    target: Target
    found: float
    wanted: float
    allowed: float

    @property
    def agrees(self) -> bool:
        """Whether the figure is within the tolerance."""
        return abs(self.found - self.wanted) <= self.allowed


_YEAR = "between $from and $on"
_OPEN = "{0} <= $on and ({1} is null or {1} > $on)"
_IN_CARE = f"""
(select e.clae_person_id person, e.clae_cla_id period, min(e.clae_entered_care_date) began,
  any_value(p.pers_dob) dob
 from ssd_cla_episodes e join ssd_person p on p.pers_person_id = e.clae_person_id
 where {_OPEN.format("e.clae_cla_episode_start_date", "e.clae_cla_episode_ceased_date")}
  and p.pers_dob > $on - interval 18 year group by 1, 2)
"""


def _share(test: str, among: str) -> str:
    return f"select 100.0 * count(*) filter ({test}) / count(*) from {among}"


_MOVES = f"""
(select c.person, count(*) placements from {_IN_CARE} c
 join ssd_cla_placement l on l.clap_person_id = c.person and l.clap_cla_placement_start_date <= $on
  and (l.clap_cla_placement_end_date is null or l.clap_cla_placement_end_date > $from)
 where l.clap_cla_placement_type not in ('T0', 'T1', 'T2', 'T3', 'T4') group by 1)
"""
_SETTLED = f"""
(select c.person, max(l.clap_cla_placement_start_date) filter (e.clae_cla_episode_start_reason not in ('T', 'U')) since
 from {_IN_CARE} c join ssd_cla_placement l on l.clap_cla_id = c.period
 join ssd_cla_episodes e on e.clae_cla_placement_id = l.clap_cla_placement_id
  and e.clae_cla_episode_start_date = l.clap_cla_placement_start_date
 where c.began <= $on - interval 30 month and c.dob > $on - interval 16 year
  and l.clap_cla_placement_start_date <= $on group by 1)
"""
_WORKERS = f"""
(select c.person, count(distinct i.invo_professional_id) workers from {_IN_CARE} c
 join ssd_involvements i on i.invo_person_id = c.person and i.invo_involvement_start_date <= $on
  and (i.invo_involvement_end_date is null or i.invo_involvement_end_date > $from) group by 1)
"""
_LEAVERS = """
(select * from ssd_care_leavers join ssd_person on pers_person_id = clea_person_id
 where pers_dob <= $on - interval 19 year and pers_dob > $on - interval 22 year)
"""
_REVIEWS = f"""
(select c.cppl_cp_plan_id, list(r.cppr_cp_review_date order by r.cppr_cp_review_date) held,
  any_value(c.cppl_cp_plan_start_date) began from ssd_cp_plans c
 left join ssd_cp_reviews r on r.cppr_cp_plan_id = c.cppl_cp_plan_id and r.cppr_cp_review_date <= $on
 where {_OPEN.format("c.cppl_cp_plan_start_date", "c.cppl_cp_plan_end_date")}
  and c.cppl_cp_plan_start_date <= $on - interval 3 month group by 1)
"""
# A year's health checks are asked of children who were looked after all year.
_ALL_YEAR = f"(select * from {_IN_CARE} where began <= $on - interval 12 month)"
_CHECKED = (
    "where exists (select 1 from ssd_cla_health h where h.clah_person_id = person and clah_health_check_status = 'DONE' "
    "and clah_health_check_type in {0} and clah_health_check_date " + _YEAR + ")"
)
_CIN = "Children in need, table "
_CARE = "Children looked after, "
_OUR_ASSESSMENTS = f"ssd_cin_assessments where cina_assessment_auth_date {_YEAR}"
_OUR_PLANS = "ssd_cp_plans where cppl_cp_plan_ola = 'N' and "

TARGETS = (
    Target(
        "referrals",
        "Referrals in the year",
        3_100,
        0.10,
        _CIN + "c1, 2024: 3,114; 2025: 3,241",
        f"select count(*) from ssd_cin_episodes where cine_referral_date {_YEAR}",
        per_scale=True,
    ),
    Target(
        "rereferrals",
        "Re-referrals within 12 months, %",
        23.5,
        2.5,
        _CIN + "c1, 2024: 22.4; 2025: 25.5",
        _share(
            "exists (select 1 from ssd_cin_episodes b where b.cine_person_id = a.cine_person_id "
            "and b.cine_referral_date < a.cine_referral_date "
            "and b.cine_referral_date >= a.cine_referral_date - interval 12 month)",
            f"ssd_cin_episodes a where cine_referral_date {_YEAR}",
        ),
    ),
    Target(
        "nfa",
        "Referrals with no further action, %",
        7.0,
        1.6,
        _CIN + "c1, 2024: 6.1; 2025: 8.3",
        _share("cine_referral_nfa = 'Y'", f"ssd_cin_episodes where cine_referral_date {_YEAR}"),
    ),
    Target(
        "open",
        "Children in need on the last day",
        1_690,
        0.12,
        _CIN + "b1, 2024: 1,804; 2025: 1,566",
        f"select count(*) from ssd_cin_episodes where {_OPEN.format('cine_referral_date', 'cine_close_date')}",
        per_scale=True,
    ),
    Target(
        "assessments",
        "Assessments completed in the year",
        3_350,
        0.12,
        _CIN + "c2, 2023: 3,226; 2024: 3,450",
        f"select count(*) from {_OUR_ASSESSMENTS}",
        per_scale=True,
    ),
    Target(
        "in45",
        "Assessments within 45 working days, %",
        85.8,
        2.5,
        _CIN + "c2, 2024: 85.8",
        _share("worked(cina_assessment_start_date, cina_assessment_auth_date) <= 45", _OUR_ASSESSMENTS),
    ),
    Target(
        "median",
        "Median working days of an assessment",
        37,
        3,
        _CIN + "c2, 2024: 37",
        f"select median(worked(cina_assessment_start_date, cina_assessment_auth_date)) from {_OUR_ASSESSMENTS}",
    ),
    Target(
        "s47",
        "Section 47 enquiries in the year",
        1_560,
        0.10,
        _CIN + "c4, 2023: 1,526; 2024: 1,603",
        f"select count(*) from ssd_s47_enquiry where s47e_s47_start_date {_YEAR}",
        per_scale=True,
    ),
    Target(
        "icpc",
        "Initial conferences in the year",
        570,
        0.14,
        _CIN + "c4, 2023: 475; 2024: 616",
        f"select count(*) from ssd_initial_cp_conference where icpc_icpc_date {_YEAR}",
        per_scale=True,
    ),
    Target(
        "icpc15",
        "Initial conferences within 15 working days, %",
        81.5,
        4.5,
        _CIN + "c4, 2024: 81.5",
        _share(
            "worked(s47e_s47_start_date, icpc_icpc_date) <= 15",
            "ssd_initial_cp_conference join ssd_s47_enquiry on s47e_s47_enquiry_id = icpc_s47_enquiry_id "
            f"where icpc_icpc_date {_YEAR}",
        ),
    ),
    Target(
        "cp_starts",
        "Child protection plans starting in the year",
        465,
        0.15,
        _CIN + "d1, 2023: 422; 2024: 509",
        f"select count(*) from {_OUR_PLANS} cppl_cp_plan_start_date {_YEAR}",
        per_scale=True,
    ),
    Target(
        "cp_open",
        "Child protection plans on the last day",
        315,
        0.18,
        _CIN + "d1, 2024: 366; 2025: 264",
        f"select count(*) from {_OUR_PLANS} {_OPEN.format('cppl_cp_plan_start_date', 'cppl_cp_plan_end_date')}",
        per_scale=True,
    ),
    Target(
        "repeat",
        "Plans that are a second or later one, %",
        29.0,
        4.0,
        _CIN + "d3, 2024: 29.7; 2025: 28.2",
        _share(
            "exists (select 1 from ssd_cp_plans b where b.cppl_person_id = a.cppl_person_id "
            "and b.cppl_cp_plan_start_date < a.cppl_cp_plan_start_date)",
            f"ssd_cp_plans a where cppl_cp_plan_start_date {_YEAR}",
        ),
    ),
    Target(
        "two_years",
        "Plans open for two years or more, %",
        3.0,
        2.5,
        _CIN + "d5, 2023: 4.2; 2024: 2.2",
        _share(
            "cppl_cp_plan_start_date <= $on - interval 2 year",
            _OUR_PLANS + _OPEN.format("cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
        ),
    ),
    Target(
        "reviewed",
        "Plans reviewed in timescale, %",
        94.6,
        4.0,
        _CIN + "d6, 2024: 94.6",
        _share(
            "len(held) > 0 and held[1] - began <= 91 and $on - held[len(held)] <= 183 and "
            "list_bool_and(list_transform(range(2, len(held) + 1), lambda n: held[n] - held[n - 1] <= 183)) "
            "is not false",
            _REVIEWS,
        ),
    ),
    Target(
        "neglect",
        "Plans starting for neglect, %",
        60.6,
        8.0,
        _CIN + "d2, 2023: 50.9; 2024: 68.6",
        _share(
            "cppl_cp_plan_initial_category = 'NEG'", f"ssd_cp_plans where cppl_cp_plan_start_date {_YEAR}"
        ),
    ),
    Target(
        "need_plans",
        "Child in need plans on the last day",
        465,
        0.18,
        _CIN + "b7, 2022: 535; 2024: 397",
        "select count(*) from ssd_cin_plans where "
        + _OPEN.format("cinp_cin_plan_start_date", "cinp_cin_plan_end_date"),
        per_scale=True,
    ),
    Target(
        "cla",
        "Looked after on the last day",
        385,
        0.12,
        _CARE + "2024: 404; 2025: 366",
        f"select count(*) from {_IN_CARE}",
        per_scale=True,
    ),
    Target(
        "cla_starts",
        "Starting to be looked after in the year",
        190,
        0.18,
        _CARE + "2023: 197; 2024: 223; 2025: 163",
        f"select count(distinct clae_person_id) from ssd_cla_episodes where clae_cla_episode_start_reason = 'S' "
        f"and clae_cla_episode_start_date {_YEAR}",
        per_scale=True,
    ),
    Target(
        "moves",
        "Three or more placements in the year, %",
        12.5,
        3.5,
        _CARE + "2022: 11; 2025: 14",
        _share("placements >= 3", _MOVES),
    ),
    Target(
        "settled",
        "Two years or more with the same carer, %",
        63,
        9,
        _CARE + "2022: 69; 2025: 57",
        _share("since <= $on - interval 24 month", _SETTLED),
    ),
    Target(
        "far",
        "Placed over 20 miles from home, %",
        13,
        4,
        _CARE + "2025: 13",
        _share(
            "clap_cla_placement_distance::double > 20 and clap_cla_placement_distance::double < 999.9",
            f"{_IN_CARE} c join ssd_cla_placement on clap_cla_id = period where "
            + _OPEN.format("clap_cla_placement_start_date", "clap_cla_placement_end_date"),
        ),
    ),
    Target(
        "health",
        "Annual health assessment, %",
        92,
        5,
        _CARE + "2025: 92",
        _share(_CHECKED.format("('HEALTH_INITIAL', 'HEALTH_REVIEW')"), _ALL_YEAR),
    ),
    Target(
        "dental",
        "Dental check in the year, %",
        65,
        7,
        _CARE + "2025: 65",
        _share(_CHECKED.format("('DENTAL')"), _ALL_YEAR),
    ),
    Target(
        "sdq",
        "Average score of the questionnaire",
        16.5,
        1.5,
        _CARE + "2024: 16.0; 2025: 17.0",
        f"select avg(csdq_sdq_score::int) from ssd_sdq_scores where csdq_sdq_completed_date {_YEAR}",
    ),
    Target(
        "workers",
        "Three or more social workers in the year, %",
        30,
        6,
        _CARE + "2024: 30",
        _share("workers >= 3", _WORKERS),
    ),
    Target(
        "eet",
        "Care leavers of 19 to 21 in education, employment or training, %",
        64,
        8,
        _CARE + "2025: 64",
        _share("clea_care_leaver_activity[1] in ('F', 'P')", _LEAVERS),
    ),
    Target(
        "housed",
        "Care leavers of 19 to 21 in suitable accommodation, %",
        93,
        5,
        _CARE + "2025: 93",
        _share("clea_care_leaver_accom_suitable = '1'", _LEAVERS),
    ),
    Target(
        "caseload",
        "Cases for each full-time social worker with cases",
        15.2,
        2.0,
        "Workforce census 2025: 15.2",
        "select sum(prof_professional_caseload::int) / sum(prof_full_time_equivalency::double) from ssd_professionals "
        "where prof_professional_caseload::int > 0",
    ),
    Target(
        "agency",
        "Agency workers among those with cases, % of full-time equivalents",
        13.0,
        5.0,
        "Workforce census 2025: 13.0",
        "select 100 * sum(prof_full_time_equivalency::double) filter (prof_agency_worker_flag = 'Y') / "
        "sum(prof_full_time_equivalency::double) from ssd_professionals where prof_professional_caseload::int > 0",
    ),
    Target(
        "contacts",
        "Contacts in the year",
        12_750,
        0.15,
        "ADCS Safeguarding Pressures 9: 2,501 for each 10,000 children",
        f"select count(*) from ssd_contacts where cont_contact_date {_YEAR}",
        per_scale=True,
    ),
)


def measure(folder: Path, on: date, scale: float, targets: Iterable[Target] = TARGETS) -> list[Measured]:
    """Each target with the figure of the extract in the folder, for the twelve months to the day."""
    connection = _connect(folder)
    year = {"from": date(on.year - 1, on.month, on.day), "on": on}
    found = []
    for target in targets:
        named = {key: value for key, value in year.items() if f"${key}" in target.sql}
        row = connection.execute(target.sql, named).fetchone()
        size = target.figure * scale if target.per_scale else target.figure
        allowed = size * target.tolerance if target.per_scale else target.tolerance
        figure = float(row[0]) if row and row[0] is not None else float("nan")
        found.append(Measured(target, figure, size, allowed))
    return found


def _connect(folder: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for shape in TABLES.values():
        columns = ", ".join(
            f"try_cast({column} as date) as {column}" if place in shape.dates else column
            for place, column in enumerate(shape.columns)
        )
        path = folder / f"{shape.name}.csv"
        connection.execute(
            f"create table {shape.name} as select {columns} "  # noqa: S608  names of our own tables
            f"from read_csv('{path}', header = true, all_varchar = true)"
        )
    off = ", ".join(f"date '{day}'" for day in england().days_off)
    connection.execute(
        "create macro working_day_number(d) as (datediff('day', date '2000-01-03', d) // 7) * 5 + "
        "least(datediff('day', date '2000-01-03', d) % 7, 4)"
        f" - len(list_filter([{off}], lambda x: x <= d))"
    )
    connection.execute("create macro worked(a, b) as working_day_number(b) - working_day_number(a)")
    return connection
