"""How roles of the council's own are shown: what each was made from, and what it leaves out."""

from collections.abc import Iterable, Sequence

from plumbline.people.forms.fields import Pick
from plumbline.people.models import LocalRole
from plumbline.people.rules.narrowing import rights_to_leave_out
from plumbline.people.rules.permissions import PermissionTable
from plumbline.people.rules.roles import Role


def right_words(action: str) -> tuple[str, str]:
    """The record and what is done to it: "Case list", "import"."""
    record, _, done = action.partition(".")
    return record.replace("_", " ").capitalize(), done.replace("_", " ")


def right_choices(role: Role, table: PermissionTable) -> list[tuple[str, str]]:
    """What a narrower role may leave out, each with the note of the table."""
    return [
        (action, f"{': '.join(right_words(action))}. {table.of(action)[0].note}")
        for action in rights_to_leave_out(role, table)
    ]


def local_role_picks(local_roles: Sequence[LocalRole]) -> list[Pick]:
    """The roles for a list to select from, each with what it was made from."""
    return [Pick(one.public_id, f"{one.name} ({made_from(one)})", one) for one in local_roles]


def made_from(local_role: LocalRole) -> str:
    """What the role is a narrower one of: "from Moderator"."""
    return f"from {Role(local_role.base).label}"


def left_out_words(actions: Iterable[str]) -> str:
    """What is left out as a sentence: "Case list: import, view. Draw: view"."""
    by_record: dict[str, list[str]] = {}
    for action in sorted(actions):
        record, done = right_words(action)
        by_record.setdefault(record, []).append(done)
    return ". ".join(f"{record}: {', '.join(done)}" for record, done in by_record.items())


def local_role_rows(local_role: LocalRole | None) -> list[tuple[str, str]]:
    """What whoever decides on it must know: the role it was made from and what it leaves out."""
    if local_role is None:
        return []
    return [
        ("Made from", Role(local_role.base).label),
        ("Leaves out", left_out_words(local_role.actions_left_out)),
    ]
