"""Rounds and audits of the world: audits in every state and relation, with tokens in all that somebody wrote.

Other parts build on these rows: `world.audits[role or "", relation, state]` finds one.
"""

from datetime import timedelta

from django.utils import timezone

from plumbline.audits.models import (
    AnswerDraft,
    Audit,
    AuditState,
    AuditStep,
    Concern,
    ConcernState,
    ConcernStep,
    CoverSheet,
    Discussion,
    FormDraft,
    IdentityWarning,
    PracticeAudit,
    Round,
    RoundState,
    SelfAudit,
    VoiceContact,
)
from plumbline.people.models import Person
from plumbline.people.rules.roles import Role
from plumbline.shared import dates
from tests.factories.audits import answer, bare_audit, grade, make_round
from tests.proof.world import World

UNITS = {"team": "north", "service": "south", "elsewhere": "fostering", "conflict": "west"}
# Every state is walked for an audit elsewhere and for one's own work as auditor; the other relations need fewer.
IN_EVERY_STATE = tuple(AuditState)
SOME_STATES = ("started", "submitted", "shared", "closed")
SHARED_STATES = ("started", "shared", "replied", "closed")


def add_audits(world: World) -> None:
    """Adds a round at each stage, and audits with all that belongs to them."""
    # Somebody whose name says nothing, for audits and concerns that are nobody's in particular.
    world.people["colleague"] = Person.objects.create(name="A colleague")
    main = make_round(title="Round of the world")
    world.round = main
    world.add("round", "elsewhere", main, state="auditing")
    for state in RoundState:
        if state != "auditing":
            world.add("round", "elsewhere", make_round(with_draw=False, state=state), state=state)
    for relation, unit in UNITS.items():
        states = IN_EVERY_STATE if relation == "elsewhere" else SOME_STATES
        for state in states:
            _audit(world, main, relation, unit, state)
    for role in Role:
        person = world.people[role]
        for state in IN_EVERY_STATE:
            _audit(world, main, "assigned", "fostering", state, role, auditor=person)
        for state in SHARED_STATES:
            _audit(world, main, "own", "fostering", state, role, worker=person)
    _self_audits(world)
    _practice(world)
    _concerns(world)
    world.literals |= {"section": "life", "question": "daily-life"}


def _audit(
    world: World,
    of: Round,
    relation: str,
    unit: str,
    state: str,
    role: str = "",
    *,
    auditor: Person | None = None,
    worker: Person | None = None,
) -> Audit:
    auditor = auditor or world.people["colleague"]
    # Nobody in the world is anybody's worker but where a row says so.
    made = bare_audit(
        of,
        unit=world.units[unit],
        auditor=auditor,
        worker=worker,
        state=state,
        due_on=dates.today() + timedelta(days=5),
    )

    def word() -> str:
        return world.new_token("audit", made.public_id)

    shown = word()
    world.add("audit", relation, made, state=state, token=shown, role=role)
    world.audits[role, relation, state] = made
    for person in (auditor, worker):
        if person is not None:
            world.deciders.setdefault(("audit", made.public_id), set()).add(person.name.lower())
    made.mode, made.mode_reason = "record_only", word()
    made.save(update_fields=["mode", "mode_reason"])
    AuditStep.objects.create(audit=made, state=state, reason=shown, by=auditor)
    answer(made, "daily-life", "partly_met", rationale=word(), evidence=word())
    answer(made, "what-next", "", text=word())
    grade(made, "requires_improvement", "life", reason=word())
    held = {"reason_not_held": word()} if state == "replied" else {"held_on": dates.today()}
    Discussion.objects.create(audit=made, who=word(), notes=word(), recorded_by=auditor, **held)
    contact = VoiceContact.objects.create(
        audit=made,
        of="child",
        on=dates.today(),
        method="meeting",
        outcome="given",
        consent="agreed",
        words=word(),
        reason=word(),
        recorded_by=auditor,
    )
    world.add("voice", relation, contact, state=state, role=role)
    IdentityWarning.objects.create(
        audit=made,
        place="question:daily-life:rationale",
        kind="name",
        digest="0" * 64,
        answer=word(),
        answered_at=timezone.now(),
        answered_by=auditor,
    )
    AnswerDraft.objects.create(
        audit=made,
        person=auditor,
        page="life",
        data={"daily-life": {"rationale": world.new_token("answer_draft", made.public_id)}},
    )
    FormDraft.objects.create(
        person=auditor,
        place=f"/audits/{made.public_id}/discussion",
        audit=made,
        data={"notes": [world.new_token("answer_draft", made.public_id)]},
    )
    if role and relation == "assigned":
        world.add("answer_draft", relation, made, state=state, role=role)
    sheet = CoverSheet(audit=made, updated_by=auditor)
    sheet.names, sheet.contact = (
        world.new_token("cover_sheet", sheet.public_id),
        world.new_token("cover_sheet", sheet.public_id),
    )
    sheet.save()
    world.add(
        "cover_sheet", relation if relation in ("assigned", "conflict") else "elsewhere", sheet, role=role
    )
    return made


def _self_audits(world: World) -> None:
    for relation in ("elsewhere", "conflict"):
        about = world.audits["", relation, "started"]
        world.add(
            "self_audit", relation, SelfAudit.objects.create(audit=about, person=world.people["colleague"])
        )
    for role in Role:
        about = world.audits[role, "own", "started"]
        made = SelfAudit(audit=about, person=world.people[role])
        made.judgements = {"daily-life": world.new_token("self_audit", made.public_id)}
        made.save()
        world.add("self_audit", "own", made, role=role)


def _practice(world: World) -> None:
    for role in ("", *Role):
        owner = world.people[role or "colleague"]
        made = PracticeAudit(owner=owner, tool=world.round.tool, case="kite")
        words = {name: world.new_token("practice", made.public_id) for name in ("rationale", "evidence")}
        made.work = {"answers": {"daily-life": {"judgement": "met", "text": "", **words}}}
        made.save()
        world.add("practice", "own" if role else "elsewhere", made, role=role)


def _concerns(world: World) -> None:
    elsewhere = world.people["colleague"]
    for relation in ("elsewhere", "conflict"):
        for state in ConcernState:
            about = world.audits["", relation, "started"]
            _concern(world, about, relation, state, raised_by=elsewhere, handler=elsewhere)
    for role in Role:
        person = world.people[role]
        about = world.audits["", "elsewhere", "started"]
        for state in ConcernState:
            _concern(world, about, "assigned", state, role, raised_by=elsewhere, handler=person)
            _concern(world, about, "own", state, role, raised_by=person, handler=elsewhere)


def _concern(
    world: World,
    about: Audit,
    relation: str,
    state: str,
    role: str = "",
    *,
    raised_by: Person,
    handler: Person,
) -> None:
    now = timezone.now()
    made = Concern(
        audit=about,
        question="daily-life",
        state=state,
        handler=handler,
        raised_by=raised_by,
        acknowledge_by=now + timedelta(hours=24),
        plan_by=now + timedelta(hours=48),
    )
    made.text = world.new_token("concern", made.public_id)
    made.plan = world.new_token("concern", made.public_id) if state in ("planned", "closed") else ""
    made.outcome = world.new_token("concern", made.public_id) if state == "closed" else ""
    made.save()
    step = world.new_token("concern", made.public_id)
    ConcernStep.objects.create(concern=made, state=state, text=step, by=raised_by)
    world.add("concern", relation, made, state=state, token=made.text, role=role)
    for person in (raised_by, handler):
        world.deciders.setdefault(("concern", made.public_id), set()).add(person.name.lower())
