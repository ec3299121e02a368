"""An SSDA903 return read from its CSV files into the tables of looked-after children and care leavers."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from plumbline.indicators.files.findings import Row
from plumbline.indicators.files.headings import Headings
from plumbline.indicators.files.people import People, day_of
from plumbline.indicators.files.pseudonyms import Ready
from plumbline.indicators.files.sources import Member, place_of
from plumbline.indicators.files.ssda903_episodes import Care
from plumbline.indicators.files.ssda903_lists import ReturnList, list_of
from plumbline.indicators.files.staging import Stage
from plumbline.indicators.files.text_rows import cells_differ, read_rows
from plumbline.indicators.files.values import Remark, tidy
from plumbline.shared.given import Scalar

__all__ = ["list_of", "read_903"]

# Since 2016 the accommodation of a care leaver and whether it is suitable stand in one code: B1, Z2.
_WITH_SUITABILITY = re.compile(r"([A-Z])([12])")
_HEALTH = {"HEALTH_ASSESSMENT": "HEALTH_REVIEW", "TEETH_CHECK": "DENTAL", "HEALTH_CHECK": "DEVELOPMENT"}
_FIRST = {"header": 0, "episodes": 1, "reviews": 2}
_YES = ("1", "y", "yes", "true")
# What each list tells of, so that none of it there means that there was none.
_HELD = {
    "header": ("ssd_person",),
    "episodes": ("ssd_cla_episodes", "ssd_cla_placement", "ssd_legal_status"),
    "reviews": ("ssd_cla_reviews",),
    "oc2": (
        "ssd_sdq_scores",
        "ssd_cla_health",
        "ssd_cla_immunisations",
        "ssd_cla_convictions",
        "ssd_cla_substance_misuse",
    ),
    "oc3": ("ssd_care_leavers",),
    "ad1": ("ssd_permanence",),
    "placed_for_adoption": ("ssd_permanence",),
}
Values = Mapping[str, str]


def read_903(files: Iterable[Member], stage: Stage, as_at: date) -> None:
    """Puts the rows of all the lists on the stage. `as_at` is the day the return speaks of, or was loaded."""
    reading = _Reading(stage, as_at)
    seen: dict[str, str] = {}
    # The header says most about a child, and reviews belong to periods of care that the episodes make.
    known = sorted(
        ((list_of(member), member) for member in files),
        key=lambda pair: (_FIRST.get(pair[0].name if pair[0] else "", len(_FIRST)), pair[1].name),
    )
    for found, member in known:
        if found is None:
            stage.findings.problems.note(
                place_of(member), "No list has this heading, so the file was not read."
            )
        elif found.name in seen:
            stage.findings.problems.error(
                place_of(member), f"{seen[found.name]} holds the list {found.name} too. Keep one."
            )
        else:
            seen[found.name] = member.name
            reading.read(found, member)
    reading.finish()


class _Reading:
    """What has to be kept between the lists: the children, their care and their adoption."""

    def __init__(self, stage: Stage, as_at: date) -> None:
        self._stage, self._as_at = stage, as_at
        self._people = People(stage)
        self._care = Care(stage, self._people)
        self._adoption: dict[Ready, tuple[dict[str, str], Row]] = {}

    def read(self, known: ReturnList, member: Member) -> None:
        """Take in one list."""
        if known.table:
            self._read_plainly(known, member)
        elif known.name == "dolo":
            self._stage.findings.problems.note(
                place_of(member),
                "Deprivations of liberty have no table in the dataset, so the file was not read.",
            )
        else:
            self._stage.supply(*_HELD[known.name])
            take = getattr(self, f"_take_{known.name}")
            for child, values, at in self._rows(known, member):
                take(child, values, at)

    def finish(self) -> None:
        """Put on the stage what was kept."""
        self._care.write()
        for child, (values, at) in self._adoption.items():
            columns = ("perm_table_id", "perm_person_id", *values)
            writer = self._stage.writer("ssd_permanence", columns, at.source)
            writer.add([self._people.row_id("AD", child), child, *values.values()], at.line)
        self._people.write()

    def _rows(self, known: ReturnList, member: Member) -> Iterator[tuple[Ready, Values, Row]]:
        with read_rows(member) as text:
            headings = Headings(
                f"ssda903_{known.name}", dict.fromkeys(known.columns, ()), self._stage.choices
            )
            columns = headings.columns_of(text.heading, self._stage.findings, member.name)
            if missing := [name for name in ("CHILD", *known.known_by) if name not in columns]:
                self._stage.findings.problems.error(
                    place_of(member, 1),
                    f"The column {missing[0]} is missing, without which the list means nothing.",
                )
                return
            for line, row in text.rows:
                if len(row) != len(columns):
                    self._stage.findings.problems.error(
                        place_of(member, line), cells_differ(len(row), len(columns))
                    )
                    continue
                at = Row(member.name, line)
                values = {column: cell for column, cell in zip(columns, row, strict=True) if column}
                child = self._people.child(values.get("CHILD"), at)
                if child is not None:
                    self._people.saw(child, at, sex=values.get("SEX"), dob=values.get("DOB"))
                    yield child, values, at

    def _read_plainly(self, known: ReturnList, member: Member) -> None:
        key, parts = known.row_id
        columns = (key, known.person, *known.goes_to, *known.always)
        writer = self._stage.writer(known.table, columns, member.name)
        for child, values, at in self._rows(known, member):
            row_id = self._people.row_id(known.name, child, *(day_of(values.get(part)) for part in parts))
            given = [values.get(column) for column in known.goes_to.values()]
            writer.add([row_id, child, *given, *known.always.values()], at.line)

    def _take_header(self, child: Ready, values: Values, at: Row) -> None:
        upn = tidy(values.get("UPN"))
        is_reason = upn.upper().startswith("UN")
        self._people.saw(
            child,
            at,
            ethnicity=values.get("ETHNIC"),
            upn="" if is_reason else upn,
            upn_unknown=upn if is_reason else "",
            is_mother=values.get("MOTHER"),
        )
        if day_of(values.get("MC_DOB")):
            writer = self._stage.writer(
                "ssd_mother", ("moth_table_id", "moth_person_id", "moth_childs_dob"), at.source
            )
            writer.add([self._people.row_id("MC", child), child, values["MC_DOB"]], at.line)

    def _take_episodes(self, child: Ready, values: Values, at: Row) -> None:
        self._care.take_episode(child, values, at)

    def _take_reviews(self, child: Ready, values: Values, at: Row) -> None:
        self._care.take_review(child, values, at)

    def _put(self, table: str, at: Row, **values: Scalar) -> None:
        self._stage.writer(table, tuple(values), at.source).add(tuple(values.values()), at.line)

    def _take_oc2(self, child: Ready, values: Values, at: Row) -> None:
        # The return says what was done in the year, not on which day, and figures on it are of the year's last day.
        day = self._care.last_day(self._as_at)
        self._stage.findings.remark("ssd_cla_health", "clah_health_check_date", Remark.IN_THE_YEAR, at)
        row_id = self._people.row_id
        score, reason = values.get("SDQ_SCORE"), values.get("SDQ_REASON")
        if tidy(score) or tidy(reason):
            self._put(
                "ssd_sdq_scores",
                at,
                csdq_table_id=row_id("SDQ", child),
                csdq_person_id=child,
                csdq_sdq_completed_date=day,
                csdq_sdq_score=score,
                csdq_sdq_reason=reason,
            )
        for column, kind in _HEALTH.items():
            # It does not say why one was not done.
            if _is_yes(values.get(column)):
                self._put(
                    "ssd_cla_health",
                    at,
                    clah_health_check_id=row_id(kind, child),
                    clah_person_id=child,
                    clah_health_check_type=kind,
                    clah_health_check_date=day,
                    clah_health_check_status="DONE",
                )
        if tidy(values.get("IMMUNISATIONS")):
            self._put(
                "ssd_cla_immunisations",
                at,
                clai_person_id=child,
                clai_immunisations_status=values["IMMUNISATIONS"],
                clai_immunisations_status_date=day,
            )
        if _is_yes(values.get("CONVICTED")):
            self._put(
                "ssd_cla_convictions",
                at,
                clac_cla_conviction_id=row_id("CON", child),
                clac_person_id=child,
                clac_cla_conviction_date=day,
            )
        if _is_yes(values.get("SUBSTANCE_MISUSE")):
            self._put(
                "ssd_cla_substance_misuse",
                at,
                clas_substance_misuse_id=row_id("SUB", child),
                clas_person_id=child,
                clas_substance_misuse_date=day,
                clas_intervention_received=values.get("INTERVENTION_RECEIVED"),
            )

    def _take_oc3(self, child: Ready, values: Values, at: Row) -> None:
        accommodation = tidy(values.get("ACCOM")).upper()
        match = _WITH_SUITABILITY.fullmatch(accommodation)
        self._put(
            "ssd_care_leavers",
            at,
            clea_table_id=self._people.row_id("CL", child),
            clea_person_id=child,
            clea_care_leaver_in_touch=values.get("IN_TOUCH"),
            clea_care_leaver_activity=values.get("ACTIV"),
            clea_care_leaver_accommodation=match[1] if match else accommodation,
            clea_care_leaver_accom_suitable=match[2] if match else None,
        )

    def _take_ad1(self, child: Ready, values: Values, at: Row) -> None:
        self._adopt(
            child,
            at,
            perm_adm_decision_date=values.get("DATE_INT"),
            perm_matched_date=values.get("DATE_MATCH"),
            perm_adopted_by_carer_flag=values.get("FOSTER_CARE"),
            perm_number_of_adopters=values.get("NB_ADOPTR"),
            perm_adopter_sex=values.get("SEX_ADOPTR"),
            perm_adopter_legal_status=values.get("LS_ADOPTR"),
        )

    def _take_placed_for_adoption(self, child: Ready, values: Values, at: Row) -> None:
        self._adopt(
            child,
            at,
            perm_placed_for_adoption_date=values.get("DATE_PLACED"),
            perm_decision_reversed_date=values.get("DATE_PLACED_CEASED"),
            perm_decision_reversed_reason=values.get("REASON_PLACED_CEASED"),
        )

    def _adopt(self, child: Ready, at: Row, **values: str | None) -> None:
        kept = self._adoption.setdefault(child, ({}, at))[0]
        kept.update({column: value for column, value in values.items() if value})


def _is_yes(raw: Scalar) -> bool:
    return tidy(raw).casefold() in _YES
