"""What must not stand in a shareable report: names, references and small teams of its round, for the check alone."""

from collections import Counter

from plumbline.audits.models import Audit, CoverSheet, FrameCase, Round
from plumbline.audits.rules.report_leaks import Secrets
from plumbline.audits.rules.states import COUNTED
from plumbline.people.models import Person, UnitName
from stats.disclosure import Rule


def secrets_of(round: Round) -> Secrets:
    """The names and references of the round, in six queries. Nothing of it is shown to anybody."""
    audits = Audit.objects.as_system("report-leak-check").filter(round=round)
    sheets = CoverSheet.objects.as_system("report-leak-check").filter(audit__round=round)
    frame = FrameCase.objects.as_system("report-leak-check").filter(case_list__round=round)
    people = {one for row in audits.values_list("worker", "manager", "auditor") for one in row if one}
    people |= set(frame.exclude(worker=None).values_list("worker", flat=True).distinct())
    staff = Person.objects.as_system("report-leak-check").filter(pk__in=people).values_list("name", flat=True)
    names = [line.strip() for text in sheets.values_list("names", flat=True) for line in text.splitlines()]
    references = {*audits.values_list("reference", flat=True), *frame.values_list("reference", flat=True)}
    teams = Counter(audits.filter(state__in=COUNTED).values_list("unit", flat=True))
    rule = Rule()
    small = [unit for unit, count in teams.items() if rule.hides(count)]
    called = UnitName.objects.filter(unit__in=small).values_list("name", flat=True)
    return Secrets(
        family=frozenset(name for name in names if name),
        staff=frozenset(staff),
        references=frozenset(references),
        teams=frozenset(called),
    )
