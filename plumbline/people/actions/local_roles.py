"""Makes a role of the council's own, and stops it being offered. It gives nobody a right: that still takes two people."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import LocalRole, Person
from plumbline.people.rules.narrowing import against_narrowing, with_what_follows
from plumbline.people.rules.refusals import Reason, Refused
from plumbline.people.rules.roles import Role
from plumbline.people.scope import permission_table
from plumbline.shared.plain_text import clean_line


def make_local_role(
    *, by: Person, name: str, base: Role, left_out: Collection[str], reason: str
) -> LocalRole:
    """The role made: the base without the actions, and without all that is done to records it then cannot see.

    Raises: Refused for a name in use, nothing left out, or something that is not the base's or is always kept.
    """
    with transaction.atomic():
        against = against_narrowing(base, left_out, permission_table())
        if against is not None:
            raise Refused(against)
        called = clean_line(name)
        in_use = LocalRole.objects.filter(name__iexact=called, retired_at=None).exists()
        if in_use or called.casefold() in {role.label.casefold() for role in Role}:
            raise Refused(Reason.ROLE_NAME_TAKEN)
        without = with_what_follows(left_out, permission_table())
        made = LocalRole.objects.create(
            name=called, base=base, left_out=LocalRole.as_kept(without), reason=clean_line(reason), made_by=by
        )
        detail = {"base": str(base), "left_out": sorted(without)}
        record(by=by, kind=Kind.ACTION, action="local_role.make", obj=made, detail=detail)
    return made


def retire_local_role(*, by: Person, local_role: LocalRole) -> LocalRole:
    """The role, no longer offered. Those who hold it keep it until their right ends.

    Raises: Refused when it was retired before.
    """
    with transaction.atomic():
        row = LocalRole.objects.select_for_update(of=("self",)).get(pk=local_role.pk)
        if row.retired_at is not None:
            raise Refused(Reason.NOTHING_CHANGES)
        row.retired_at, row.retired_by = timezone.now(), by
        row.save(update_fields=["retired_at", "retired_by"])
        record(by=by, kind=Kind.ACTION, action="local_role.retire", obj=row)
    return row
