"""The roles a person can be granted, with the words shown for them."""

from enum import StrEnum


class Role(StrEnum):
    """A post's set of rights; the value is the key in definitions/permissions.csv and in demo addresses."""

    SOCIAL_WORKER = "social-worker"
    TEAM_MANAGER = "team-manager"
    AUDITOR = "auditor"
    PARTNER_AUDITOR = "partner-auditor"
    MODERATOR = "moderator"
    QA_OFFICER = "qa-officer"
    QA_LEAD = "qa-lead"
    DIRECTOR = "director"
    REGISTERED_MANAGER = "registered-manager"
    REVIEWING_OFFICER = "reviewing-officer"
    COMPLAINTS_OFFICER = "complaints-officer"
    CONCERN_HANDLER = "concern-handler"
    ANALYST = "analyst"
    BUSINESS_SUPPORT = "business-support"
    LEAD_MEMBER = "lead-member"
    SCRUTINY_MEMBER = "scrutiny-member"
    DEMOCRATIC_SERVICES = "democratic-services"
    BOARD_MEMBER = "board-member"
    INSPECTOR = "inspector"
    INFORMATION_GOVERNANCE = "information-governance"
    SYSTEM_ADMINISTRATOR = "system-administrator"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def is_external(self) -> bool:
        """Whether the role is for people outside the council, whose access must have an end date."""
        return self in EXTERNAL


LABELS: dict[Role, str] = {
    Role.SOCIAL_WORKER: "Social worker",
    Role.TEAM_MANAGER: "Team manager",
    Role.AUDITOR: "Auditor (service manager or head of service)",
    Role.PARTNER_AUDITOR: "Partner agency auditor",
    Role.MODERATOR: "Moderator",
    Role.QA_OFFICER: "Quality assurance officer",
    Role.QA_LEAD: "Head of safeguarding and quality assurance",
    Role.DIRECTOR: "Director",
    Role.REGISTERED_MANAGER: "Registered manager of a children's home",
    Role.REVIEWING_OFFICER: "Independent reviewing officer or conference chair",
    Role.COMPLAINTS_OFFICER: "Complaints officer",
    Role.CONCERN_HANDLER: "Concern handler",
    Role.ANALYST: "Performance analyst",
    Role.BUSINESS_SUPPORT: "Business support officer",
    Role.LEAD_MEMBER: "Lead or support member",
    Role.SCRUTINY_MEMBER: "Scrutiny member or co-optee",
    Role.DEMOCRATIC_SERVICES: "Democratic services officer",
    Role.BOARD_MEMBER: "Improvement board member or observer",
    Role.INSPECTOR: "Inspector or peer reviewer",
    Role.INFORMATION_GOVERNANCE: "Information governance officer",
    Role.SYSTEM_ADMINISTRATOR: "System administrator",
}
EXTERNAL = frozenset({Role.PARTNER_AUDITOR, Role.BOARD_MEMBER, Role.INSPECTOR})
