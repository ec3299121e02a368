"""The eleven lists of Ofsted's Annex A workbook: their columns under short names, and the headings met for each.

Source: Ofsted, inspecting local authority children's services, annex A, as used from 2018 to 2024.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Forms = Mapping[str, tuple[str, ...]]

_CHILD: Forms = {
    "child": ("Child Unique ID", "Child ID", "Unique ID", "Child's unique ID", "Child Unique Identifier"),
    "sex": ("Gender", "Sex"),
    "ethnicity": ("Ethnicity", "Ethnic origin"),
    "dob": ("Date of Birth", "DOB", "Date of birth or expected date of birth"),
    "age": ("Age", "Age of Child (Years)", "Age in years"),
}
_DISABLED: Forms = {"disability": ("Does the Child have a Disability", "Disability", "Disabled?")}
_ALLOCATED: Forms = {
    "team": ("Allocated Team", "Team"),
    "worker": ("Allocated Worker", "Allocated Social Worker", "Worker"),
}


@dataclass(frozen=True)
class AnnexList:
    """One list: its number, title and columns with their headings; `needed` are those it means nothing without."""

    number: int
    title: str
    forms: Forms
    needed: tuple[str, ...]


LISTS = (
    AnnexList(
        1,
        "Contacts",
        {
            **_CHILD,
            "contact_date": ("Date of Contact", "Contact date"),
            "source": ("Contact Source", "Source of contact"),
        },
        ("child", "contact_date"),
    ),
    AnnexList(
        2,
        "Early help",
        {
            **_CHILD,
            "start": ("Assessment start date", "Early help assessment start date"),
            "end": (
                "Assessment completion date",
                "Assessment authorised date",
                "Early help assessment completion date",
            ),
            "organisation": ("Organisation completing assessment",),
        },
        ("child", "start", "organisation"),
    ),
    AnnexList(
        3,
        "Referrals",
        {
            **_CHILD,
            "referral_date": ("Date of Referral", "Referral date"),
            "source": ("Referral Source", "Source of referral"),
            "nfa": ("Referral NFA?", "Referral with No Further Action", "NFA?"),
            "earlier": ("Number of Referrals in Last 12 Months",),
            **_ALLOCATED,
        },
        ("child", "referral_date"),
    ),
    AnnexList(
        4,
        "Assessments",
        {
            **_CHILD,
            **_DISABLED,
            "start": ("Continuous Assessment Start Date", "Assessment start date"),
            "seen": ("Child Seen During Continuous Assessment", "Child seen?"),
            "end": ("Continuous Assessment Date of Authorisation", "Date of authorisation"),
            "needs_support": ("Was the child assessed as requiring LA children's social care support?",),
            **_ALLOCATED,
        },
        ("child", "start", "seen"),
    ),
    AnnexList(
        5,
        "Section 47 enquiries and conferences",
        {
            **_CHILD,
            **_DISABLED,
            "start": (
                "Strategy discussion initiating Section 47 Enquiry Start Date",
                "Section 47 Enquiry Start Date",
                "Date of strategy discussion initiating Section 47 enquiry",
            ),
            "not_needed": ("Was an Initial Child Protection Conference deemed unnecessary?",),
            "conference": ("Date of Initial Child Protection Conference",),
            "plan_made": ("Did the Initial Child Protection Conference Result in a Child Protection Plan",),
            "enquiries": ("Number of Section 47 Enquiries in the last 12 months",),
            "conferences": ("Number of ICPCs in the last 12 months",),
            **_ALLOCATED,
        },
        ("child", "start"),
    ),
    AnnexList(
        6,
        "Children in need",
        {
            **_CHILD,
            **_DISABLED,
            "start": ("CIN Start Date", "Children in need start date"),
            "need": ("Primary Need Code", "Primary need"),
            "seen_on": ("Date Child Was Last Seen", "Date last seen"),
            "closed": ("CIN Closure Date", "Closure date"),
            "reason": ("Reason for Closure",),
            "status": ("Case Status",),
            **_ALLOCATED,
        },
        ("child", "start", "status"),
    ),
    AnnexList(
        7,
        "Child protection plans",
        {
            **_CHILD,
            **_DISABLED,
            "start": ("Child Protection Plan Start Date", "CP plan start date"),
            "first_category": ("Initial Category of Abuse",),
            "last_category": ("Latest Category of Abuse",),
            "visited": ("Date of the Last Statutory Visit", "Date of last statutory visit"),
            "seen_alone": ("Was the Child Seen Alone?",),
            "reviewed": ("Date of latest review conference", "Date of the latest review conference"),
            "end": ("Child Protection Plan End Date", "CP plan end date"),
            "emergency": (
                "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months",
            ),
            "earlier": ("Number of Previous Child Protection Plans",),
            **_ALLOCATED,
        },
        ("child", "start", "first_category"),
    ),
    AnnexList(
        8,
        "Looked-after children",
        {
            **_CHILD,
            "uasc": ("Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months", "UASC"),
            **_DISABLED,
            "started": ("Date Started to be Looked After",),
            "need": ("Child's Category of Need", "Category of need"),
            "second": (
                "Is this a second or subsequent period of being a Looked After Child within the last 12 months",
            ),
            "legal_start": ("Start date of current legal status",),
            "legal": ("Child's Legal Status", "Legal status"),
            "reviewed": ("Date of Latest Statutory Review",),
            "visited": ("Date of Last Social Work Visit",),
            "plan": ("What is the permanence plan for this child?", "Permanence plan"),
            "iro": ("Date of Last IRO Visit / Contact to the Child",),
            "health": ("Date of Last Health Assessment",),
            "dental": ("Date of Last Dental Check",),
            "placements": ("Number of Placements in the Last 12 months",),
            "ceased": ("Date Ceased to be Looked After",),
            "reason": ("Reason Ceased to be Looked After",),
            "placed": ("Start Date of Most Recent Placement",),
            "placement": ("Placement Type",),
            "provider": ("Placement Provider",),
            "postcode": ("Placement postcode",),
            "urn": ("URN of Placement", "Placement URN"),
            "location": ("Placement Location",),
            "authority": ("LA of Placement", "Placement LA"),
            "missing": (
                "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months",
            ),
            "absent": (
                "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months",
            ),
            "offered": ("Was the child offered a Return Interview after their last missing episode",),
            "accepted": ("Did the child accept a Return Interview after their last missing episode",),
            **_ALLOCATED,
        },
        ("child", "started", "legal"),
    ),
    AnnexList(
        9,
        "Care leavers",
        {
            **_CHILD,
            "uasc": ("Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over", "UASC"),
            **_DISABLED,
            **_ALLOCATED,
            "adviser": ("Allocated Personal Advisor", "Allocated Personal Adviser"),
            "eligibility": ("Eligibility Category",),
            "reviewed": ("Latest Pathway Plan Review Date",),
            "in_touch": ("LA in Touch",),
            "contacted": ("Latest Date of Contact",),
            "accommodation": ("Type of Accommodation",),
            "suitable": ("Suitability of Accommodation",),
            "activity": ("Activity Status",),
        },
        ("child", "eligibility", "in_touch"),
    ),
    AnnexList(
        10,
        "Adoption",
        {
            **_CHILD,
            "family": ("Family identifier",),
            **_DISABLED,
            "entered": ("Date the Child Entered Care",),
            "decided": ("Date of Decision that Child Should be Placed for Adoption",),
            "order": ("Date of Placement Order",),
            "matched": ("Date of Matching Child and Prospective Adopters",),
            "placed": ("Date Placed for Adoption",),
            "adopted": ("Date of Adoption Order",),
            "reversed": ("Date of Decision that Child Should No Longer be Placed for Adoption",),
            "why_reversed": ("Reason Why Child No Longer Placed for Adoption",),
            "early": ("Date the child was placed for fostering in FFA or concurrent planning placement",),
        },
        ("child", "decided"),
    ),
    AnnexList(
        11,
        "Adopters",
        {"adopter": ("Individual adopter identifier",), "enquiry": ("Date enquiry received",)},
        ("adopter", "enquiry"),
    ),
)
