"""The lists of an SSDA903 return: how each is recognised, and where its columns go when they go as they stand."""

from dataclasses import dataclass, field

from plumbline.indicators.files.headings import bare
from plumbline.indicators.files.sources import Member, first_bytes


@dataclass(frozen=True)
class ReturnList:
    """One list: its columns, those it is known by, and the table and columns that its rows go to.

    `goes_to` maps columns of the table to columns of the list. `row_id` names the key of the table and the columns
    that make one. A list without a table is read by code of its own.
    """

    name: str
    columns: tuple[str, ...]
    known_by: tuple[str, ...]
    table: str = ""
    person: str = ""
    goes_to: dict[str, str] = field(default_factory=dict)
    row_id: tuple[str, tuple[str, ...]] = ("", ())
    always: dict[str, str] = field(default_factory=dict)


def _columns(names: str) -> tuple[str, ...]:
    return ("CHILD", "DOB", *names.split())


LISTS = (
    ReturnList("header", _columns("SEX ETHNIC UPN MOTHER MC_DOB"), ("ETHNIC", "UPN")),
    ReturnList(
        "episodes",
        _columns(
            "DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST URN "
            "PL_LA PL_LOCATION PL_DISTANCE"
        ),
        ("DECOM", "RNE", "LS"),
    ),
    ReturnList("reviews", _columns("REVIEW REVIEW_CODE"), ("REVIEW", "REVIEW_CODE")),
    ReturnList(
        "uasc",
        _columns("SEX DUC"),
        ("DUC",),
        "ssd_immigration_status",
        "immi_person_id",
        {"immi_immigration_status_end_date": "DUC"},
        ("immi_immigration_status_id", ("DUC",)),
        {"immi_immigration_status": "UASC"},
    ),
    ReturnList(
        "oc2",
        _columns(
            "SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT "
            "SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED"
        ),
        ("SDQ_SCORE", "HEALTH_CHECK"),
    ),
    ReturnList("oc3", _columns("IN_TOUCH ACTIV ACCOM"), ("IN_TOUCH", "ACTIV")),
    ReturnList(
        "ad1", _columns("DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR"), ("DATE_INT",)
    ),
    ReturnList(
        "placed_for_adoption",
        _columns("DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED"),
        ("DATE_PLACED",),
    ),
    ReturnList(
        "previous_permanence",
        _columns("PREV_PERM LA_PERM DATE_PERM"),
        ("PREV_PERM",),
        "ssd_cla_previous_permanence",
        "lapp_person_id",
        {
            "lapp_previous_permanence_option": "PREV_PERM",
            "lapp_previous_permanence_la": "LA_PERM",
            "lapp_previous_permanence_order_date": "DATE_PERM",
        },
        ("lapp_table_id", ("DATE_PERM",)),
    ),
    ReturnList(
        "missing",
        _columns("MISSING MIS_START MIS_END"),
        ("MISSING", "MIS_START"),
        "ssd_missing",
        "miss_person_id",
        {
            "miss_missing_episode_type": "MISSING",
            "miss_missing_episode_start_date": "MIS_START",
            "miss_missing_episode_end_date": "MIS_END",
        },
        ("miss_table_id", ("MIS_START",)),
    ),
    ReturnList(
        "sw_episodes",
        _columns("SW_ID SW_DECOM SW_DEC SW_REASON"),
        ("SW_ID", "SW_DECOM"),
        "ssd_involvements",
        "invo_person_id",
        {
            "invo_professional_id": "SW_ID",
            "invo_involvement_start_date": "SW_DECOM",
            "invo_involvement_end_date": "SW_DEC",
            "invo_worker_change_reason": "SW_REASON",
        },
        ("invo_involvements_id", ("SW_DECOM",)),
        {"invo_professional_role_id": "SOCIAL_WORKER"},
    ),
    ReturnList("dolo", _columns("DOLO_START DOLO_END"), ("DOLO_START",)),
)


def list_of(member: Member) -> ReturnList | None:
    """The list that the file's heading belongs to; None for any other file."""
    start = first_bytes(member).replace(b"\0", b"").decode("utf-8-sig", errors="replace").splitlines()[0:1]
    found = {
        bare(heading)
        for heading in (start[0] if start else "").replace(";", ",").replace("\t", ",").split(",")
    }
    if "child" not in found:
        return None
    for known in LISTS:
        if {bare(column) for column in known.known_by} <= found:
            return known
    return None
