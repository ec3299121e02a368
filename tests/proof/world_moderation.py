"""Second ratings of the world in every state and relation, and the draw they came from."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from plumbline.audits.models import (
    Audit,
    AuditFinding,
    Moderation,
    ModerationDraw,
    Reply,
    TalkedThrough,
)
from plumbline.improvement.models import Finding
from plumbline.people.models import Person
from plumbline.people.rules.roles import Role
from plumbline.shared import dates
from tests.factories.audits import bare_audit

STAGES = ("to rate", "rated", "settled")


def add_moderation(world: Any) -> None:
    """Notes second ratings as specimens, and the audits that they hide or open."""
    rater, auditor = Person(name="Rater in the world"), Person(name="Auditor in the world")
    rater.save()
    auditor.save()
    draw = ModerationDraw(
        round=world.round, seed_value="seed", frame_digest="0" * 64, references=[], wanted=0
    )
    draw.how = world.new_token("moderation_draw", draw.public_id)
    draw.save()
    world.add("moderation_draw", "elsewhere", draw)
    for relation, unit in (("elsewhere", "fostering"), ("conflict", "west")):
        for stage in STAGES:
            audit = _audit(world, unit, auditor)
            world.add("audit", relation, audit, state=audit.state)
            _moderation(world, relation, audit, stage, rater)
    for role in Role:
        person = world.people[role]
        for stage in STAGES:
            audit = _audit(world, "fostering", auditor)
            # Until it is rated the audit is hidden from whoever is to rate it, whatever their role.
            world.add(
                "audit",
                "conflict" if stage == "to rate" else "assigned",
                audit,
                state=audit.state,
                role=role,
            )
            _moderation(world, "assigned", audit, stage, person, role)
        own = _audit(world, "fostering", person)
        world.add("audit", "assigned", own, state=own.state, role=role)
        _moderation(world, "own", own, "settled", rater, role)
    _words_of_sharing(world, rater)


def _words_of_sharing(world: Any, person: Person) -> None:
    audit = world.audits["", "elsewhere", "shared"]

    def word() -> str:
        return str(world.new_token("audit", audit.public_id))

    Reply.objects.create(
        audit=audit,
        person=person,
        text=word(),
        disagrees=True,
        answer=word(),
        answered_at=timezone.now(),
        answered_by=person,
    )
    TalkedThrough.objects.create(audit=audit, held_on=dates.today(), note=word(), confirmed_by=person)
    finding = Finding(kind="gap", state="open", raised_on=dates.today(), unit=audit.unit, raised_by=person)
    finding.text = world.new_token("finding", finding.public_id)
    finding.save()
    world.add("finding", "elsewhere", finding, state="open")
    AuditFinding.objects.create(
        finding=finding, round=audit.round, audit=audit, question="daily-life", evidence=word()
    )


def _audit(world: Any, unit: str, auditor: Person) -> Audit:
    return bare_audit(
        world.round,
        unit=world.units[unit],
        auditor=auditor,
        worker=None,
        state="in_moderation",
        due_on=dates.today(),
    )


def _moderation(
    world: Any, relation: str, audit: Audit, stage: str, moderator: Person, role: str = ""
) -> None:
    row = Moderation(audit=audit, why="random", moderator=moderator, due_on=dates.today() + timedelta(days=5))
    row.comment = world.new_token("moderation", row.public_id)
    row.about_the_audit = world.new_token("moderation", row.public_id)
    row.judgements = {"daily-life": world.new_token("moderation", row.public_id)}
    if stage != "to rate":
        row.rated_at = timezone.now()
    if stage == "settled":
        row.settled_at, row.settled_by = timezone.now(), moderator
        row.final_reason = world.new_token("moderation", row.public_id)
    row.save()
    world.add("moderation", relation, row, role=role)
