"""Tells people about allocations and requests: a sentence, a day and a link, never a case."""

from datetime import date
from typing import Any

from plumbline.audits.models import Audit
from plumbline.people.models import GrantState, Person, RoleGrant
from plumbline.people.scope import holding_on, keeping, permission_table
from plumbline.shared import dates
from plumbline.work.actions import queue_message


def tell_auditor(auditor: Person, audit: Audit | None, number: int, due_on: date) -> None:
    """Tells an auditor what was given to them: one message, however many audits."""
    if audit is None:
        queue_message(person=auditor, kind="audits-given", number=number, due_on=due_on, needs="work.view")
        return
    path = f"/audits/{audit.public_id}"
    queue_message(
        person=auditor,
        kind="audits-given",
        path=path,
        number=number,
        due_on=due_on,
        needs="audit.view",
        about=audit,
    )


def tell_worker(audit: Audit) -> None:
    """Tells the worker that their case was chosen, with a link to the page that says why and what happens next."""
    if audit.worker is None:
        return
    path = f"/audits/{audit.public_id}/notice"
    queue_message(person=audit.worker, kind="case-chosen", path=path, needs="audit_notice.view", about=audit)


def tell_person(person: Person, kind: str, path: str, *, needs: str, about: Any = None) -> None:
    """Tells one person."""
    queue_message(person=person, kind=kind, path=path, needs=needs, about=about)


def tell_deciders(action: str, kind: str, path: str, about: Any, *, besides: Person) -> None:
    """Tells everybody who may do the action, except the one who asked."""
    roles = [
        role for row in permission_table().of(action) for role, relations in row.cells.items() if relations
    ]
    today = dates.today()
    grants = RoleGrant.objects.as_system("allocation").filter(
        keeping(action), holding_on(today), state=GrantState.AGREED, role__in=roles
    )
    people = Person.objects.as_system("allocation").filter(pk__in=grants.values("person_id"), left_on=None)
    view = f"{action.split('.')[0]}.view"
    for person in people.exclude(pk=besides.pk).order_by("pk"):
        queue_message(person=person, kind=kind, path=path, needs=view, about=about)
