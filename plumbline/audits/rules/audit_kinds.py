"""What kind of audits a round holds: who audits whose work, and which kinds may be set beside each other."""

from enum import StrEnum

from plumbline.people.rules.roles import Role


class AuditKind(StrEnum):
    """Who audits whose work. The first is what a round is unless somebody says otherwise."""

    CASE_FILE = "case_file"
    PEER = "peer"
    MULTI_AGENCY = "multi_agency"
    MANAGERS = "managers"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def is_independent(self) -> bool:
        """Whether the auditor does not answer for the work."""
        return self is not AuditKind.MANAGERS


LABELS: dict[AuditKind, str] = {
    AuditKind.CASE_FILE: "Case file audits",
    AuditKind.PEER: "Peer audits",
    AuditKind.MULTI_AGENCY: "Multi-agency audits",
    AuditKind.MANAGERS: "Managers’ own audits",
}
WHO_AUDITS: dict[AuditKind, str] = {
    AuditKind.CASE_FILE: "Auditors from outside the line of the worker.",
    AuditKind.PEER: "Team managers audit the work of each other’s teams.",
    AuditKind.MULTI_AGENCY: "Also auditors from partner agencies, who see only the audits given to them.",
    AuditKind.MANAGERS: "Managers audit the work they answer for. Kept apart from independent audits in every figure.",
}
_OURS = frozenset({Role.AUDITOR, Role.TEAM_MANAGER, Role.MODERATOR, Role.REVIEWING_OFFICER})
# Who may be given audits of each kind.
ROLES: dict[AuditKind, frozenset[Role]] = {
    AuditKind.CASE_FILE: _OURS,
    AuditKind.PEER: frozenset({Role.TEAM_MANAGER}),
    AuditKind.MULTI_AGENCY: _OURS | {Role.PARTNER_AUDITOR},
    AuditKind.MANAGERS: frozenset({Role.AUDITOR, Role.TEAM_MANAGER}),
}
# Who may be given a visit: directors visit teams and homes too.
VISITING = _OURS | {Role.DIRECTOR}
AUDITING = frozenset.union(*ROLES.values())


def beside(kind: str) -> list[AuditKind]:
    """The kinds whose figures may be set beside those of the kind.

    Managers see their own work more kindly than others do, or more harshly, so a difference between their audits
    and independent ones would say nothing of practice.
    """
    return [one for one in AuditKind if one.is_independent == AuditKind(kind).is_independent]
