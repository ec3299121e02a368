"""A children in need census read from its XML into the tables of referrals, assessments, enquiries and plans."""

from collections.abc import Sequence

from lxml import etree

from plumbline.indicators.files.cin_stream import local_name, parts_of, read_parts, texts_of
from plumbline.indicators.files.findings import Row
from plumbline.indicators.files.people import People, day_of
from plumbline.indicators.files.pseudonyms import Ready
from plumbline.indicators.files.sources import Member, place_of
from plumbline.indicators.files.staging import Stage
from plumbline.shared.given import Scalar

# A census always holds these, so none of them there means that there was none.
_HELD = (
    "ssd_person",
    "ssd_disability",
    "ssd_cin_episodes",
    "ssd_cin_assessments",
    "ssd_assessment_factors",
    "ssd_cin_plans",
    "ssd_s47_enquiry",
    "ssd_initial_cp_conference",
    "ssd_cp_plans",
    "ssd_cp_reviews",
    "local_previous_plans",
)


def read_cin(member: Member, stage: Stage) -> None:
    """Puts all children of the census on the stage."""
    stage.supply(*_HELD)
    reading = _Reading(stage, member)
    for element in read_parts(member):
        if local_name(element) == "Header":
            reading.take_header(element)
        else:
            reading.take_child(element)
    reading.people.write()
    if reading.children == 0:
        stage.findings.problems.error(place_of(member), "The census holds no child.")


class _Reading:
    """What has to be kept between the children: who they are, and how many there were."""

    def __init__(self, stage: Stage, member: Member) -> None:
        self._stage, self._source = stage, member.name
        self.people = People(stage)
        self.children = 0

    def take_header(self, header: etree._Element) -> None:
        """Keep which authority's census it is, and of which day."""
        found = {local_name(part): part.text for part in header.iter() if part.text}
        for key, name in (("authority_code", "LEA"), ("reference_date", "ReferenceDate"), ("year", "Year")):
            if (found.get(name) or "").strip():
                self._add("local_reference", 1, lref_key=key, lref_value=found[name])

    def take_child(self, child: etree._Element) -> None:
        """Take in one child and everything that happened to it."""
        self.children += 1
        at = Row(self._source, child.sourceline or 0)
        said: dict[str, str] = {}
        for part in parts_of(child, "ChildIdentifiers"):
            said = texts_of(part)
        who = self.people.child(said.get("LAchildID"), at)
        if who is None:
            return
        for part in parts_of(child, "ChildCharacteristics"):
            said = {**texts_of(part), **said}
            self._take_disabilities(who, part, at)
        self.people.saw(
            who,
            at,
            # Named GenderCurrent until 2022-23.
            sex=said.get("Sex") or said.get("GenderCurrent"),
            ethnicity=said.get("Ethnicity"),
            dob=said.get("PersonBirthDate"),
            upn=said.get("UPN"),
            upn_unknown=said.get("UPNunknown"),
            expected_dob=said.get("ExpectedPersonBirthDate"),
            death_date=said.get("PersonDeathDate"),
        )
        for part in parts_of(child, "CINdetails"):
            self._take_episode(who, part)

    def _add(self, table: str, line: int, **values: Scalar) -> None:
        self._stage.writer(table, tuple(values), self._source).add(tuple(values.values()), line)

    def _take_disabilities(self, who: Ready, part: etree._Element, at: Row) -> None:
        for group in parts_of(part, "Disabilities"):
            for disability in parts_of(group, "Disability"):
                row_id = self.people.row_id("DIS", who, (disability.text or "").strip())
                self._add(
                    "ssd_disability",
                    at.line,
                    disa_table_id=row_id,
                    disa_person_id=who,
                    disa_disability_code=disability.text,
                )

    def _take_episode(self, who: Ready, part: etree._Element) -> None:
        said, line = texts_of(part), part.sourceline or 0
        referral = self.people.row_id("REF", who, day_of(said.get("CINreferralDate")))
        self._add(
            "ssd_cin_episodes",
            line,
            cine_referral_id=referral,
            cine_person_id=who,
            cine_referral_date=said.get("CINreferralDate"),
            cine_cin_primary_need_code=said.get("PrimaryNeedCode"),
            cine_referral_source_code=said.get("ReferralSource"),
            cine_referral_nfa=said.get("ReferralNFA"),
            cine_close_date=said.get("CINclosureDate"),
            cine_close_reason=said.get("ReasonForClosure"),
        )
        for assessment in parts_of(part, "Assessments"):
            self._take_assessment(who, referral, assessment)
        for plan in parts_of(part, "CINPlanDates"):
            dates = texts_of(plan)
            self._add(
                "ssd_cin_plans",
                plan.sourceline or 0,
                cinp_cin_plan_id=self.people.row_id("CIN", who, day_of(dates.get("CINPlanStartDate"))),
                cinp_referral_id=referral,
                cinp_person_id=who,
                cinp_cin_plan_start_date=dates.get("CINPlanStartDate"),
                cinp_cin_plan_end_date=dates.get("CINPlanEndDate"),
            )
        plans = [self._plan(who, plan) for plan in parts_of(part, "ChildProtectionPlans")]
        held: dict[str, Ready] = {}
        for enquiry in parts_of(part, "Section47"):
            self._take_enquiry(who, referral, enquiry, plans, held)
        # Outside an enquiry, the date is that of a child who moved in with a plan. Source: census guide 4.8.
        if day := day_of(said.get("DateOfInitialCPC")):
            self._take_conference(
                who, referral, None, {"DateOfInitialCPC": day}, line, plans, held, transfer="Y"
            )
        for plan_id, plan in plans:
            self._take_plan(who, referral, plan_id, plan, held)
        for steps in parts_of(part, "PreProceedingsandFGDM"):
            self._take_pre_proceedings(who, steps)

    def _take_assessment(self, who: Ready, referral: Ready, part: etree._Element) -> None:
        said, line = texts_of(part), part.sourceline or 0
        assessment = self.people.row_id("ASM", who, day_of(said.get("AssessmentActualStartDate")))
        self._add(
            "ssd_cin_assessments",
            line,
            cina_assessment_id=assessment,
            cina_person_id=who,
            cina_referral_id=referral,
            cina_assessment_start_date=said.get("AssessmentActualStartDate"),
            cina_assessment_auth_date=said.get("AssessmentAuthorisationDate"),
        )
        for group in parts_of(part, "FactorsIdentifiedAtAssessment"):
            factors = [factor.text.strip() for factor in group if factor.text and local_name(factor)]
            if factors:
                self._add(
                    "ssd_assessment_factors",
                    line,
                    cinf_table_id=Ready(f"{assessment}/F"),
                    cinf_assessment_id=assessment,
                    cinf_assessment_factors_json=",".join(factors),
                )

    def _take_enquiry(
        self,
        who: Ready,
        referral: Ready,
        part: etree._Element,
        plans: "Plans",
        held: dict[str, Ready],
    ) -> None:
        said, line = texts_of(part), part.sourceline or 0
        enquiry = self.people.row_id("S47", who, day_of(said.get("S47ActualStartDate")))
        not_needed = (said.get("ICPCnotRequired") or "").strip().casefold() in ("true", "1")
        conference = said.get("DateOfInitialCPC")
        self._add(
            "ssd_s47_enquiry",
            line,
            s47e_s47_enquiry_id=enquiry,
            s47e_referral_id=referral,
            s47e_person_id=who,
            s47e_s47_start_date=said.get("S47ActualStartDate"),
            # The census says only whether a conference followed.
            s47e_s47_outcome_json="CP_CONFERENCE_FLAG" if conference else "[]" if not_needed else None,
        )
        if conference or (said.get("InitialCPCtarget") and not not_needed):
            self._take_conference(who, referral, enquiry, said, line, plans, held, transfer="N")

    def _take_conference(
        self,
        who: Ready,
        referral: Ready,
        enquiry: Ready | None,
        said: dict[str, str],
        line: int,
        plans: "Plans",
        held: dict[str, Ready],
        *,
        transfer: str,
    ) -> None:
        day = day_of(said.get("DateOfInitialCPC"))
        if transfer == "Y" and day in held:
            # The same conference told twice, not a second one.
            return
        conference = self.people.row_id("ICPC", who, day or day_of(said.get("InitialCPCtarget")))
        made = next(
            (plan_id for plan_id, plan in plans if day and day_of(plan[1].get("CPPstartDate")) == day), None
        )
        if day:
            held.setdefault(day, conference)
        self._add(
            "ssd_initial_cp_conference",
            line,
            icpc_icpc_id=conference,
            icpc_s47_enquiry_id=enquiry,
            icpc_person_id=who,
            icpc_cp_plan_id=made,
            icpc_referral_id=referral,
            icpc_icpc_transfer_in=transfer,
            icpc_icpc_target_date=said.get("InitialCPCtarget"),
            icpc_icpc_date=said.get("DateOfInitialCPC"),
            # That no plan starts on the day does not say that none was decided on.
            icpc_icpc_outcome_cp_flag="Y" if made else None,
        )

    def _plan(
        self, who: Ready, part: etree._Element
    ) -> "tuple[Ready, tuple[etree._Element, dict[str, str]]]":
        said = texts_of(part)
        return self.people.row_id("CPP", who, day_of(said.get("CPPstartDate"))), (part, said)

    def _take_plan(
        self,
        who: Ready,
        referral: Ready,
        plan_id: Ready,
        plan: "tuple[etree._Element, dict[str, str]]",
        held: dict[str, Ready],
    ) -> None:
        part, said = plan
        line = part.sourceline or 0
        self._add(
            "ssd_cp_plans",
            line,
            cppl_cp_plan_id=plan_id,
            cppl_referral_id=referral,
            cppl_icpc_id=held.get(day_of(said.get("CPPstartDate")) or ""),
            cppl_person_id=who,
            cppl_cp_plan_start_date=said.get("CPPstartDate"),
            cppl_cp_plan_end_date=said.get("CPPendDate"),
            cppl_cp_plan_initial_category=said.get("InitialCategoryOfAbuse"),
            cppl_cp_plan_latest_category=said.get("LatestCategoryOfAbuse"),
        )
        if "NumberOfPreviousCPP" in said:
            self._add(
                "local_previous_plans",
                line,
                lprp_cp_plan_id=plan_id,
                lprp_previous_plans=said["NumberOfPreviousCPP"],
            )
        for group in parts_of(part, "Reviews"):
            for review in parts_of(group, "CPPreviewDate"):
                self._add(
                    "ssd_cp_reviews",
                    review.sourceline or 0,
                    cppr_cp_review_id=self.people.row_id("CPR", who, day_of(review.text)),
                    cppr_person_id=who,
                    cppr_cp_plan_id=plan_id,
                    cppr_cp_review_date=review.text,
                )

    def _take_pre_proceedings(self, who: Ready, part: etree._Element) -> None:
        said = texts_of(part)
        self._add(
            "ssd_pre_proceedings",
            part.sourceline or 0,
            prep_table_id=self.people.row_id("PP", who, day_of(said.get("PPStartDate"))),
            prep_person_id=who,
            prep_pre_pro_decision_date=said.get("PPStartDate"),
            prep_pre_pro_letter_date=said.get("LBPSentDate"),
            prep_initial_pre_pro_meeting_date=said.get("InitialPPMeetingDate"),
            prep_pre_pro_meetings_num=said.get("ReviewMeetingsCount"),
            prep_agree_stepdown_issue_date=said.get("StepDecisionDate"),
            prep_pre_pro_outcome=said.get("PPOutcome"),
        )


Plans = Sequence[tuple[Ready, tuple[etree._Element, dict[str, str]]]]
