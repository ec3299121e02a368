"""The shape of Fernshire: its services, teams and homes, how many work where, and what has changed since it began."""

from dataclasses import dataclass
from datetime import date

from plumbline.people.models import UnitKind
from plumbline.people.rules.roles import Role

BEGAN = date(2022, 4, 1)


@dataclass(frozen=True)
class DemoUnit:
    """A unit of the demo council: its key, name, kind, parent, and how many practitioners it has."""

    key: str
    name: str
    kind: UnitKind
    parent: str
    practitioners: int = 0
    post: str = "Social worker"
    opened: date = BEGAN
    closed: date | None = None


UNITS = (
    DemoUnit("fernshire", "Fernshire Children’s Services", UnitKind.COUNCIL, ""),
    DemoUnit("help-and-assessment", "Help and Assessment", UnitKind.SERVICE, "fernshire"),
    DemoUnit("safeguarding", "Safeguarding and Family Support", UnitKind.SERVICE, "fernshire"),
    DemoUnit("children-in-care", "Children in Care and Care Leavers", UnitKind.SERVICE, "fernshire"),
    DemoUnit("quality", "Safeguarding and Quality Assurance", UnitKind.SERVICE, "fernshire"),
    DemoUnit("front-door", "Front Door", UnitKind.TEAM, "help-and-assessment", 7),
    DemoUnit("assessment-east", "Assessment East", UnitKind.TEAM, "help-and-assessment", 7),
    DemoUnit("assessment-west", "Assessment West", UnitKind.TEAM, "help-and-assessment", 7),
    DemoUnit("safeguarding-north", "Safeguarding North", UnitKind.TEAM, "safeguarding", 7),
    DemoUnit("safeguarding-south", "Safeguarding South", UnitKind.TEAM, "safeguarding", 7),
    DemoUnit("disabled-children", "Disabled Children", UnitKind.TEAM, "safeguarding", 5),
    DemoUnit("adolescents", "Adolescents", UnitKind.TEAM, "safeguarding", 5),
    DemoUnit("children-in-care-one", "Children in Care One", UnitKind.TEAM, "children-in-care", 6),
    DemoUnit("children-in-care-two", "Children in Care Two", UnitKind.TEAM, "children-in-care", 6),
    DemoUnit("care-leavers", "Care Leavers", UnitKind.TEAM, "children-in-care", 6, "Personal adviser"),
    DemoUnit("fostering", "Fostering", UnitKind.TEAM, "children-in-care", 6, "Supervising social worker"),
    DemoUnit("adoption", "Adoption", UnitKind.TEAM, "children-in-care", 4),
    DemoUnit("larch-house", "Larch House", UnitKind.HOME, "children-in-care", 4, "Residential worker"),
    DemoUnit(
        "reviewing-officers",
        "Reviewing Officers and Conference Chairs",
        UnitKind.TEAM,
        "quality",
        5,
        "Independent reviewing officer",
    ),
    DemoUnit(
        "quality-assurance", "Quality Assurance", UnitKind.TEAM, "quality", 3, "Quality assurance officer"
    ),
    # Two teams that became Safeguarding North, so that the history of a merge can be seen.
    DemoUnit(
        "safeguarding-market",
        "Safeguarding Market Town",
        UnitKind.TEAM,
        "safeguarding",
        0,
        closed=date(2025, 4, 1),
    ),
    DemoUnit(
        "safeguarding-moor",
        "Safeguarding Moorside",
        UnitKind.TEAM,
        "safeguarding",
        0,
        closed=date(2025, 4, 1),
    ),
)
MERGED_INTO = {"safeguarding-market": "safeguarding-north", "safeguarding-moor": "safeguarding-north"}
OPENED_LATER = {"safeguarding-north": date(2025, 4, 1)}
# key: (earlier name, the day it changed)
RENAMED = {
    "adolescents": ("Edge of Care", date(2024, 9, 1)),
    "front-door": ("Referral and Advice", date(2023, 10, 1)),
    "care-leavers": ("Leaving Care", date(2025, 1, 1)),
}
# key: (earlier parent, the day it moved)
MOVED = {"disabled-children": ("children-in-care", date(2024, 4, 1))}

# The person whose address is the role's key: the unit of their post, the unit their right covers, their post.
ROLE_POSTS: dict[Role, tuple[str, str, str]] = {
    Role.SOCIAL_WORKER: ("safeguarding-north", "safeguarding-north", "Social worker"),
    Role.TEAM_MANAGER: ("safeguarding-north", "safeguarding-north", "Team manager"),
    Role.AUDITOR: ("safeguarding", "safeguarding", "Head of service"),
    Role.PARTNER_AUDITOR: ("fernshire", "", "Safeguarding lead, Fernshire Health Trust"),
    Role.MODERATOR: ("quality", "", "Service manager for improvement"),
    Role.QA_OFFICER: ("quality-assurance", "", "Quality assurance officer"),
    Role.QA_LEAD: ("quality", "", "Head of safeguarding and quality assurance"),
    Role.DIRECTOR: ("fernshire", "", "Director of children’s services"),
    Role.REGISTERED_MANAGER: ("larch-house", "larch-house", "Registered manager"),
    Role.REVIEWING_OFFICER: ("reviewing-officers", "reviewing-officers", "Independent reviewing officer"),
    Role.COMPLAINTS_OFFICER: ("quality", "", "Children’s complaints manager"),
    Role.CONCERN_HANDLER: ("quality", "", "Designated officer"),
    Role.ANALYST: ("quality-assurance", "", "Performance analyst"),
    Role.BUSINESS_SUPPORT: ("quality-assurance", "", "Business support officer"),
    Role.LEAD_MEMBER: ("fernshire", "", "Lead member for children"),
    Role.SCRUTINY_MEMBER: ("fernshire", "", "Chair of children’s scrutiny"),
    Role.DEMOCRATIC_SERVICES: ("fernshire", "", "Democratic services officer"),
    Role.BOARD_MEMBER: ("fernshire", "", "Independent chair of the improvement board"),
    Role.INSPECTOR: ("fernshire", "", "Peer reviewer, Estuary Council"),
    Role.INFORMATION_GOVERNANCE: ("fernshire", "", "Information governance officer"),
    Role.SYSTEM_ADMINISTRATOR: ("fernshire", "", "System administrator"),
}
