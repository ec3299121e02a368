"""The kinds of record about people that are kept for a time. People themselves stay: what they did names them."""

from django.db.models import F, Q
from django.db.models.functions import Coalesce, TruncDate

from plumbline.people.models import GrantState, Interest, RoleGrant
from plumbline.shared.kinds import RecordKind

KINDS = (
    RecordKind(
        key="interest",
        label="Declared interests",
        counted_from="the day it ended",
        finished=lambda: Interest.objects.as_system("retention").exclude(ends_on=None),
        ends_on=F("ends_on"),
        of_unit=("about_unit",),
        of_person=("person", "about_person"),
    ),
    RecordKind(
        key="role_grant",
        label="Roles",
        counted_from="the day it ended or was refused",
        finished=lambda: RoleGrant.objects.as_system("retention").filter(
            Q(ends_on__isnull=False) | Q(state=GrantState.REFUSED, decided_at__isnull=False)
        ),
        ends_on=Coalesce(F("ends_on"), TruncDate("decided_at")),
        of_unit=("unit",),
        of_person=("person", "proposed_by", "decided_by"),
    ),
)
