"""Rows of the Annex A lists on care, leaving care and adoption as rows of the dataset."""

from plumbline.indicators.files.annex_a_rows import Rows, Values
from plumbline.indicators.files.findings import Row
from plumbline.indicators.files.people import day_of
from plumbline.indicators.files.pseudonyms import Ready


def take_care(rows: Rows, child: Ready, values: Values, at: Row) -> None:
    """Puts a looked-after child's latest episode on the stage with placement, legal status and checks."""
    period = rows.row_id("CARE", child, day_of(values.get("started")))
    placement = rows.row_id("PLACE", child, day_of(values.get("placed")))
    legal = rows.row_id("LEGAL", child, day_of(values.get("legal_start")))
    days = [values.get(name) for name in ("started", "legal_start", "placed")]
    # The list tells the latest episode only: it began with the latest of these.
    start = max((day for day in days if day_of(day)), key=lambda day: day_of(day) or "", default=None)
    rows.add(
        "ssd_cla_episodes",
        at,
        clae_cla_episode_id=rows.row_id("EP", child, day_of(start)),
        clae_person_id=child,
        clae_cla_episode_start_date=start,
        clae_cla_primary_need_code=values.get("need"),
        clae_cla_episode_ceased_date=values.get("ceased"),
        clae_cla_episode_ceased_reason=values.get("reason"),
        clae_cla_id=period,
        clae_cla_placement_id=placement,
        clae_entered_care_date=values.get("started"),
        clae_cla_last_iro_contact_date=values.get("iro"),
    )
    rows.add(
        "ssd_cla_placement",
        at,
        clap_cla_placement_id=placement,
        clap_person_id=child,
        clap_cla_id=period,
        clap_cla_placement_start_date=values.get("placed"),
        clap_cla_placement_end_date=values.get("ceased"),
        clap_cla_placement_type=values.get("placement"),
        clap_cla_placement_provider=values.get("provider"),
        clap_cla_placement_postcode=values.get("postcode"),
        clap_cla_placement_urn=values.get("urn"),
    )
    rows.add(
        "ssd_legal_status",
        at,
        lega_legal_status_id=legal,
        lega_person_id=child,
        lega_legal_status=values.get("legal"),
        lega_legal_status_start_date=values.get("legal_start"),
        lega_legal_status_end_date=values.get("ceased"),
    )
    _take_checks(rows, child, values, at, period)
    if rows.yes(values.get("uasc"), at) == "Y":
        rows.sought_asylum(child, at)
    rows.involve(child, values, at)


def _take_checks(rows: Rows, child: Ready, values: Values, at: Row, period: Ready) -> None:
    if reviewed := day_of(values.get("reviewed")):
        rows.add(
            "ssd_cla_reviews",
            at,
            clar_cla_review_id=rows.row_id("RV", child, reviewed),
            clar_cla_person_id=child,
            clar_cla_id=period,
            clar_cla_review_date=values.get("reviewed"),
        )
    if visited := day_of(values.get("visited")):
        rows.add(
            "ssd_cla_visits",
            at,
            clav_cla_visit_id=rows.row_id("CLAV", child, visited),
            clav_person_id=child,
            clav_cla_id=period,
            clav_cla_visit_date=values.get("visited"),
        )
    for column, kind in (("health", "HEALTH_REVIEW"), ("dental", "DENTAL")):
        if checked := day_of(values.get(column)):
            rows.add(
                "ssd_cla_health",
                at,
                clah_health_check_id=rows.row_id(kind, child, checked),
                clah_person_id=child,
                clah_health_check_type=kind,
                clah_health_check_date=values.get(column),
                clah_health_check_status="DONE",
            )


def take_care_leaver(rows: Rows, child: Ready, values: Values, at: Row) -> None:
    """Puts a care leaver on the stage."""
    rows.add(
        "ssd_care_leavers",
        at,
        clea_table_id=rows.row_id("CL", child),
        clea_person_id=child,
        clea_care_leaver_eligibility=values.get("eligibility"),
        clea_care_leaver_in_touch=values.get("in_touch"),
        clea_care_leaver_latest_contact=values.get("contacted"),
        clea_care_leaver_accommodation=values.get("accommodation"),
        clea_care_leaver_accom_suitable=values.get("suitable"),
        clea_care_leaver_activity=values.get("activity"),
        clea_pathway_plan_review_date=values.get("reviewed"),
        clea_care_leaver_personal_advisor=rows.worker(values, "adviser"),
        clea_care_leaver_allocated_team=rows.team(values, at),
        clea_care_leaver_worker_id=rows.worker(values),
    )
    if rows.yes(values.get("uasc"), at) == "Y":
        rows.sought_asylum(child, at)


def take_adoption(rows: Rows, child: Ready, values: Values, at: Row) -> None:
    """Puts an adoption, planned or done, on the stage."""
    rows.add(
        "ssd_permanence",
        at,
        perm_table_id=rows.row_id("AD", child),
        perm_person_id=child,
        perm_adm_decision_date=values.get("decided"),
        perm_placement_order_date=values.get("order"),
        perm_matched_date=values.get("matched"),
        perm_placed_for_adoption_date=values.get("placed"),
        perm_permanence_order_date=values.get("adopted"),
        perm_decision_reversed_date=values.get("reversed"),
        perm_decision_reversed_reason=values.get("why_reversed"),
        perm_placed_ffa_cp_date=values.get("early"),
    )
