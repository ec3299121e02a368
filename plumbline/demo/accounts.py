"""The accounts of the demo council that the sign-in page lists, in demo mode only."""

from dataclasses import dataclass

from plumbline.people.models import GrantState, RoleGrant
from plumbline.people.rules.roles import Role

DEMO_PASSWORD = "plumbline-demo"  # noqa: S105  printed on the sign-in page of the demonstration
DEMO_DOMAIN = "demo.example"


@dataclass(frozen=True)
class DemoAccount:
    """One line of the list."""

    role: str
    name: str
    email: str


def demo_accounts() -> list[DemoAccount]:
    """The accounts named after a role, in the order of the roles."""
    addresses = {f"{role}@{DEMO_DOMAIN}": role for role in Role}
    grants = RoleGrant.objects.as_system("demo-accounts").filter(
        state=GrantState.AGREED, person__user__email__in=addresses, person__user__is_active=True
    )
    found = {
        grant.person.user.email: DemoAccount(
            Role(grant.role).label, grant.person.name, grant.person.user.email
        )
        for grant in grants.select_related("person__user")
        if grant.person.user and addresses[grant.person.user.email] == grant.role
    }
    return [found[email] for email in addresses if email in found]
