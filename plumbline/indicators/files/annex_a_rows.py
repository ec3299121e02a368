"""What the Annex A lists share: referrals, teams and disabilities that several tell. Names of workers are only hashed."""

from collections.abc import Mapping

from plumbline.indicators.files.findings import Row
from plumbline.indicators.files.people import People, day_of
from plumbline.indicators.files.pseudonyms import Ready
from plumbline.indicators.files.staging import Stage
from plumbline.indicators.files.values import tidy
from plumbline.shared.given import Scalar

Values = Mapping[str, Scalar]

# The cell of a column that the sheet does not have. It reads as empty, and is not passed on as given.
ABSENT = Ready("")

# The tables of each list, supplied even when the list is empty.
_TABLES: dict[int, tuple[str, ...]] = {
    1: ("ssd_contacts",),
    2: ("ssd_early_help_episodes",),
    3: ("ssd_cin_episodes",),
    4: ("ssd_cin_assessments",),
    5: ("ssd_s47_enquiry", "ssd_initial_cp_conference"),
    6: ("ssd_cin_episodes",),
    7: ("ssd_cp_plans", "local_previous_plans"),
    8: ("ssd_cla_episodes", "ssd_cla_placement", "ssd_legal_status"),
    9: ("ssd_care_leavers",),
    10: ("ssd_permanence",),
}


class Rows:
    """Turns rows of lists into rows of tables. A referral told in two lists becomes one row."""

    def __init__(self, stage: Stage, people: People) -> None:
        self._stage, self._people = stage, people
        self._referrals: dict[tuple[Ready, str | None], tuple[dict[str, Scalar], Row]] = {}
        self._teams: dict[str, Row] = {}
        self._disabled: dict[Ready, tuple[str, Row]] = {}
        self._asylum: dict[Ready, Row] = {}

    def supply(self, number: int) -> None:
        """Note that the list was there, even if it has no row."""
        self._stage.supply("ssd_person", *_TABLES[number])

    def row_id(self, kind: str, *parts: str | None) -> Ready:
        """An identifier for a row that has none."""
        return self._people.row_id(kind, *parts)

    def sought_asylum(self, child: Ready, at: Row) -> None:
        """Keep that the child came unaccompanied and sought asylum."""
        self._asylum.setdefault(child, at)

    def finish(self) -> None:
        """Put on the stage what more than one list tells."""
        for (child, day), (said, at) in self._referrals.items():
            row_id = self._people.row_id("REF", child, day)
            self.add("ssd_cin_episodes", at, cine_referral_id=row_id, cine_person_id=child, **said)
        for team, at in self._teams.items():
            self.add("ssd_department", at, dept_team_id=Ready(team), dept_team_name=team)
        for child, (code, at) in self._disabled.items():
            row_id = self._people.row_id("DIS", child)
            self.add(
                "ssd_disability", at, disa_table_id=row_id, disa_person_id=child, disa_disability_code=code
            )
        for child, at in self._asylum.items():
            row_id = self._people.row_id("UASC", child)
            self.add(
                "ssd_immigration_status",
                at,
                immi_immigration_status_id=row_id,
                immi_person_id=child,
                immi_immigration_status="UASC",
            )

    def add(self, table: str, at: Row, **values: Scalar) -> None:
        """Put a row of these values on the stage."""
        given = {column: value for column, value in values.items() if value is not ABSENT}
        self._stage.writer(table, tuple(given), at.source).add(tuple(given.values()), at.line)

    def yes(self, raw: Scalar, at: Row) -> str | None:
        """The answer as Y or N; None for none, and told where it is not known."""
        return self._stage.code("yes_no", raw, at)[0]

    def team(self, values: Values, at: Row) -> Ready | None:
        """What stands for the team, which is kept in the list of teams."""
        team = tidy(values.get("team"))
        if team:
            self._teams.setdefault(team, at)
        return Ready(team) if team else None

    def worker(self, values: Values, column: str = "worker") -> Ready | None:
        """What stands for the worker: a number of the case system, or a hash of the name."""
        worker = tidy(values.get(column))
        # A number of the case system may stay. Anything else is taken for a name.
        is_number = any(mark.isdigit() for mark in worker) and " " not in worker
        return (
            (Ready(worker) if is_number else Ready(self._stage.pseudonyms.of_name(worker)))
            if worker
            else None
        )

    def take_disability(self, child: Ready, values: Values, at: Row) -> None:
        """Keep whether the child is disabled."""
        # Ofsted's list knows a third answer, not known, which is no disability recorded either way.
        answer = tidy(values.get("disability")).casefold()
        if not answer or "not known" in answer or "unknown" in answer:
            return
        answered = self.yes(values.get("disability"), at)
        if answered == "Y" or (answered == "N" and child not in self._disabled):
            self._disabled[child] = ("ANY" if answered == "Y" else "NONE", at)

    def refer(self, child: Ready, day: Scalar, at: Row, **said: Scalar) -> None:
        """Keep what is said about the referral of that day; the first list to say a thing stands."""
        key = (child, day_of(day))
        known = self._referrals.setdefault(key, ({"cine_referral_date": day}, at))[0]
        for column, value in said.items():
            if value is not ABSENT and known.get(column) in (None, ""):
                known[column] = value

    def involve(self, child: Ready, values: Values, at: Row) -> None:
        """Put the allocated worker of the child on the stage."""
        team, worker = self.team(values, at), self.worker(values)
        if worker is None:
            return
        self.add(
            "ssd_involvements",
            at,
            invo_involvements_id=self._people.row_id("INV", child, worker),
            invo_professional_id=worker,
            invo_professional_role_id="SOCIAL_WORKER",
            invo_professional_team=team,
            invo_person_id=child,
        )
