"""The demo's briefings: written and sent out by the product's own steps, then dated back and read by some."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from plumbline.audits.actions.briefings import begin_briefing, issue_briefing, write_briefing
from plumbline.audits.models import Briefing, BriefingRead, Report, Round
from plumbline.audits.presenters.briefings import LONGEST_QUOTATION, proposed
from plumbline.audits.queries.briefings import quotable
from plumbline.demo.audits.filling import Filler
from plumbline.people.models import GrantState, Person, RoleGrant
from plumbline.people.rules.roles import Role

FOR = (Role.SOCIAL_WORKER, Role.TEAM_MANAGER)
QUOTED = 2
# So many in ten have read it; the people of the sign-in page have one left to read.
READERS_IN_TEN = 6


def brief(
    filler: Filler, row: Round, lead: Person, said: Mapping[str, str], day: date, besides: Collection[int]
) -> None:
    """The briefing out of the round's issued report, for workers and their managers; some of them have read it."""
    officer = filler.officer
    report = Report.objects.as_system("demo").get(round=row)
    begun = begin_briefing(by=officer, report=report, **proposed(report))
    quoted = [one for one in quotable(report) if len(one.text) <= LONGEST_QUOTATION][:QUOTED]
    words: dict[str, Any] = dict(said) | {"looked_at": begun.looked_at, "roles": [role.value for role in FOR]}
    sent = issue_briefing(
        by=lead, briefing=write_briefing(by=officer, briefing=begun, quotations=quoted, **words)
    )
    Briefing.objects.as_system("demo").filter(pk=sent.pk).update(
        made_at=filler.at(day - timedelta(days=3)), issued_at=filler.at(day)
    )
    grants = RoleGrant.objects.as_system("demo").filter(role__in=FOR, state=GrantState.AGREED)
    people = sorted(set(grants.values_list("person", flat=True)) - set(besides))
    readers = filler.chance.sample(people, len(people) * READERS_IN_TEN // 10)
    BriefingRead.objects.bulk_create(
        BriefingRead(briefing=sent, person_id=one, at=filler.at(day + timedelta(days=2))) for one in readers
    )
