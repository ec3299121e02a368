"""Who audits in the demo council's year, and all that making its rounds needs."""

from dataclasses import dataclass, field

from plumbline.audits.models import ToolVersion
from plumbline.audits.rules.audit_kinds import AuditKind
from plumbline.demo.audits.filling import Filler
from plumbline.demo.people import Fernshire
from plumbline.framework.models import Criterion
from plumbline.people.models import Person
from plumbline.people.rules.roles import Role


@dataclass
class Year:
    """What is needed to make the rounds."""

    fernshire: Fernshire
    filler: Filler
    tools: dict[str, ToolVersion]
    criteria: dict[str, Criterion]
    auditors: list[Person]
    load: dict[int, int] = field(default_factory=dict)

    def service_of(self, person: Person) -> str:
        """The key of the service a manager works in, by the unit they head."""
        for key, head in self.fernshire.heads.items():
            if head.pk == person.pk:
                return SERVICE.get(key, key)
        return ""

    def auditor_for(self, unit: str, kind: str) -> Person:
        """Who audits work of the unit in a round of the kind: of those who may, the one with the fewest audits."""
        if kind == AuditKind.MANAGERS:
            return self.fernshire.heads[unit]
        others = [one for one in self.auditors if self.service_of(one) != SERVICE.get(unit, unit)]
        if kind == AuditKind.PEER:
            teams = {one.pk for key, one in self.fernshire.heads.items() if key in SERVICE}
            others = [one for one in others if one.pk in teams]
        if kind == AuditKind.MULTI_AGENCY:
            others.append(self.fernshire.by_role[Role.PARTNER_AUDITOR])
        chosen = min(others, key=lambda one: (self.load.get(one.pk, 0), one.pk))
        self.load[chosen.pk] = self.load.get(chosen.pk, 0) + 1
        return chosen


SERVICE: dict[str, str] = {}
