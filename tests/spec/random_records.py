"""Small extracts made at random: few children, many edges (month ends, 29 February, one day apart, nothing at all)."""

import datetime as dt
import random
from typing import Any

from indicator_engine.tables import Column, ColumnType, RecordTable
from tests.spec.tables import record_tables
from tests.spec.twin.ground import Records, Row, months_on

# A few days that everything gathers around, so that edges meet: month ends, a leap day, holidays, weekends.
DAYS = [
    dt.date(2024, 2, 29),
    dt.date(2024, 3, 31),
    dt.date(2025, 2, 28),
    dt.date(2025, 3, 1),
    dt.date(2025, 3, 31),
    dt.date(2025, 4, 18),
    dt.date(2025, 6, 1),
]
# One row in twenty lies at the edge of the list of bank holidays.
LONG_AGO = dt.date(2011, 12, 20)
STEPS = [
    -28,
    -1,
    0,
    0,
    0,
    1,
    1,
    2,
    3,
    7,
    10,
    14,
    15,
    20,
    21,
    28,
    30,
    63,
    64,
    91,
    92,
    183,
    184,
    -365,
    365,
    -740,
    915,
]
BORN = [None, dt.date(2004, 2, 29), dt.date(2008, 2, 29), dt.date(2020, 2, 29), dt.date(2025, 5, 1)]
CODES: dict[str, list[Any]] = {
    "cine_close_reason": ["RC1", "RC8", "RC9", "RC7", None],
    "cine_referral_source_code": ["1A", "2A", "3C", "5C", "6", "8", None, "odd"],
    "cont_contact_source_code": ["1B", "2B", "4", "7", "9", "10", None],
    "cinf_assessment_factors_json": ["", None, "|21|", "|3A|", "|3B|4C|", "|1A|13A|", "|14A|"],
    "lega_legal_status": ["C2", "V2", "V3", "V4", "E1"],
    "clae_cla_episode_start_reason": ["S", "S", "P", "T", "U", "L", None],
    "clae_cla_episode_ceased_reason": ["X1", "E4A", "E4B", "E11", "E12", "E8", "E45", "E41", None],
    "clap_cla_placement_type": ["U6", "U4", "K2", "K3", "P1", "T1", "H5", "A5", None],
    "clap_cla_placement_distance": [0.0, 19.9, 20.0, 20.1, 999.9, None],
    "clah_health_check_type": [
        "HEALTH_INITIAL",
        "HEALTH_INITIAL",
        "HEALTH_INITIAL",
        "HEALTH_REVIEW",
        "DENTAL",
        "DEVELOPMENT",
    ],
    "clah_health_check_status": ["DONE", "DONE", "DONE", "REFUSED", None],
    "invo_professional_role_id": ["SOCIAL_WORKER", "SOCIAL_WORKER", "PERSONAL_ADVISER", "IRO", None],
    "prof_full_time_equivalency": [1.0, 0.5, 0.6, 0.0, None],
    "immi_immigration_status": ["UASC", "OTHER"],
    "csdq_sdq_score": [None, 0, 12, 16, 17, 30],
    "lprp_previous_plans": [0, 1, None],
    "pers_sex": ["M", "F", "U", None],
    "pers_ethnicity": ["WBRI", "MWBC", "CHNE", "BAFR", "OOTH", "REFU", None],
    "disa_disability_code": ["NONE", "MOB", "HEAR"],
    "miss_missing_episode_type": ["M", "M", "A", None],
    "miss_missing_rhi_offered": ["Y", "N", "NA", None],
    "miss_missing_rhi_accepted": ["Y", "N", "NA", None],
    "cppl_cp_plan_initial_category": ["NEG", "EMO", None],
    "cppl_cp_plan_latest_category": ["PHY", None],
    "clea_care_leaver_activity": ["F1", "P5", "G4", None],
    "clea_care_leaver_in_touch": ["YES", "NO", "DIED", "REFU", "RHOM", None],
    "clea_care_leaver_accommodation": ["S", "W", "U", "B", None],
    "clea_care_leaver_accom_suitable": ["1", "2", None],
    "clea_care_leaver_eligibility": ["RELEVANT", "FORMER_RELEVANT", "QUALIFYING", None],
    "perm_decision_reversed_reason": ["RD1", "RD3", None],
}
PARTICIPATION = [f"PN{n}" for n in range(8)] + [None]


# Tables of which a child has many rows, so that three placements or workers in a year come about.
MANY = {
    "ssd_cla_episodes": 16,
    "ssd_cla_placement": 24,
    "ssd_involvements": 24,
    "ssd_cla_health": 20,
    "ssd_cp_reviews": 20,
    "ssd_cp_visits": 20,
    "ssd_initial_cp_conference": 20,
    "ssd_s47_enquiry": 14,
}


class _Maker:
    """Makes one extract: rows refer to rows, mostly of the same child, and dates lie near the child's others."""

    def __init__(self, seed: int, children: int, most: int) -> None:
        self.choose = random.Random(seed)
        self.tables = record_tables()
        self.ids = {name: self._ids(table, most) for name, table in self.tables.items()}
        self.ids["ssd_person"] = [f"C{number}" for number in range(children)]
        self.ids["ssd_professionals"] = [f"W{number}" for number in range(4)]
        self.ids["ssd_department"] = ["T1", "T2"]
        self.days: dict[str, list[dt.date]] = {child: [] for child in self.ids["ssd_person"]}
        self.made: Records = {}

    def _ids(self, table: RecordTable, most: int) -> list[str]:
        count = MANY.get(table.name) or self.choose.randint(3, most)
        return [f"{table.key[:4].upper()}{number}" for number in range(count)]

    def everything(self) -> Records:
        for name in sorted(self.tables, key=self._depth):
            self.made[name] = self._rows(self.tables[name])
        return self.made

    def _depth(self, name: str, above: tuple[str, ...] = ()) -> int:
        pointed = {c.refers_to[0] for c in self.tables[name].stored if c.refers_to} - {name, *above}
        return 1 + max((self._depth(other, (*above, name)) for other in pointed), default=0)

    def _rows(self, table: RecordTable) -> list[Row]:
        keys = self.ids[table.name]
        pointed = next((c.refers_to for c in table.stored if c.name == table.key and c.refers_to), None)
        if pointed:
            keys = self.choose.sample(self.ids[pointed[0]], k=min(len(self.ids[pointed[0]]), len(keys)))
        return [self._row(table, key) for key in keys]

    def _row(self, table: RecordTable, key: str) -> Row:
        row: Row = dict.fromkeys(column.name for column in table.stored)
        if table.key:
            row[table.key] = key
        child = key if table.key == table.person else None
        near = self.choose.choice(DAYS) if self.choose.random() < 0.95 else LONG_AGO
        for column in (c for c in table.stored if c.refers_to and c.name != table.person):
            chosen, other = self._reference(column, key if column.name == table.key else None)
            row[column.name] = chosen
            if other is not None:
                days = [cell for cell in other.values() if isinstance(cell, dt.date)]
                near = self.choose.choice(days or [near])
                child = child or other.get(self.tables[column.refers_to[0]].person)  # type: ignore[index]
        if table.person:
            if child is None or self.choose.random() < 0.1:
                child = key if table.key == table.person else self.choose.choice(self.ids["ssd_person"])
            row[table.person] = child
            if self.choose.random() < 0.6 and self.days.get(child):
                near = self.choose.choice(self.days[child])
        for column in table.stored:
            if column.name not in (table.key, table.person) and not column.refers_to:
                row[column.name], near = self._cell(column, near)
                if isinstance(row[column.name], dt.date) and child in self.days and column.name != "pers_dob":
                    self.days[child].append(row[column.name])
        return row

    def _reference(self, column: Column, chosen: str | None) -> tuple[str | None, Row | None]:
        assert column.refers_to is not None
        table = column.refers_to[0]
        chosen = chosen or self.choose.choice([*self.ids[table] * 4, "nobody", None])
        key = self.tables[table].key
        found = [row for row in self.made.get(table, ()) if row[key] == chosen]
        return chosen, found[0] if found else None

    def _cell(self, column: Column, near: dt.date) -> tuple[Any, dt.date]:
        """A value for the column, and the day that the next date of the row is near to."""
        if column.name in CODES:
            return self.choose.choice(CODES[column.name]), near
        if column.name == "pers_dob":
            return self._born(), near
        if column.type is ColumnType.DATE:
            if self.choose.random() < 0.25:
                return None, near
            days = self.choose.choice(STEPS) if self.choose.random() < 0.8 else self.choose.randint(-500, 500)
            when = near + dt.timedelta(days=days)
            return when, when
        return self._plain(column), near

    def _plain(self, column: Column) -> Any:
        if column.name.endswith("_cla_id"):
            return self.choose.choice([*(f"X{number}" for number in range(6)), None])
        if column.type is ColumnType.FLAG:
            return self.choose.choice(["Y", "Y", "N", None])
        if column.type is ColumnType.FLAGS:
            chosen = sorted(code for code in column.codes if self.choose.random() < 0.3)
            return self.choose.choice([None, "".join(f"|{code}" for code in chosen) + "|" if chosen else ""])
        if column.name.endswith("participation"):
            return self.choose.choice(PARTICIPATION)
        if column.type in (ColumnType.INTEGER, ColumnType.DECIMAL):
            return self.choose.choice([0, 1, 2, None])
        return None

    def _born(self) -> dt.date | None:
        if self.choose.random() < 0.4:
            return self.choose.choice(BORN)
        # Birthdays fall on the days that everything gathers around.
        day = months_on(self.choose.choice(DAYS), -12 * self.choose.randint(0, 26))
        return day + dt.timedelta(days=self.choose.choice([-1, 0, 1]))


def random_records(seed: int, *, children: int = 6, most: int = 14) -> Records:
    """The same records for the same seed: every table has a few rows about a handful of children."""
    return _Maker(seed, children, most).everything()
