"""What came of the demo's audits: second ratings, findings, actions, concerns."""

from datetime import date, datetime, timedelta

from plumbline.audits.models import (
    Audit,
    AuditAction,
    AuditFinding,
    Concern,
    ConcernStep,
    Grade,
    GradeStage,
    Moderation,
    ModerationDraw,
    ModerationReason,
    Round,
)
from plumbline.audits.rules.tool import Tool
from plumbline.demo.audits.filling import Filler
from plumbline.demo.audits.judging import Graded, Written
from plumbline.framework.models import Criterion
from plumbline.framework.rules.months import add_months
from plumbline.improvement.models import Action, ActionStep, Finding, ImpactCheck
from plumbline.improvement.rules.states import IMPACT_AFTER_MONTHS
from plumbline.people.models import Person

KIND_BY_JUDGEMENT = {"met": "strength", "partly_met": "gap", "not_met": "gap"}


def moderate(
    filler: Filler,
    audit: Audit,
    tool: Tool,
    graded: list[Graded],
    moderator: Person,
    why: str,
    draw: ModerationDraw | None,
    *,
    rated: bool,
) -> None:
    """A second rating of the audit; a rated one is settled too, mostly at the first grade and else at a lower one."""
    first = next((one.grade for one in graded if one.section == ""), "")
    keys = [one.key for one in tool.grades]
    submitted = audit.submitted_at
    assert submitted is not None
    at: datetime | None = filler.at((submitted + timedelta(days=3)).date()) if rated else None
    luck = filler.chance.random()
    move = 0 if luck < 0.68 else 1 if luck < 0.92 else -1
    second = keys[max(0, min(len(keys) - 1, keys.index(first) + move))] if first else ""
    heading = "same" if second == first else "lower" if keys.index(second) > keys.index(first) else "higher"
    moderation = Moderation(
        audit=audit,
        draw=draw,
        why=why,
        moderator=moderator,
        due_on=(submitted + timedelta(days=7)).date(),
        comment=filler.pen.pick("moderation", heading) if rated else "",
        about_the_audit=filler.pen.pick("moderation", "audit") if rated else "",
        rated_at=at,
        final_reason=filler.pen.pick("moderation", heading) if rated else "",
        settled_at=at,
        settled_by=filler.officer if rated else None,
    )
    filler.rows[Moderation].append(moderation)
    if rated and first:
        for stage in (GradeStage.SECOND, GradeStage.FINAL):
            filler.rows[Grade].append(
                Grade(
                    audit=audit,
                    section="",
                    stage=stage,
                    grade=second,
                    reason="" if second == first else moderation.final_reason,
                    given_by=moderator,
                    given_at=at or submitted,
                )
            )


def reason_to_moderate(tool: Tool, graded: list[Graded], drawn: bool) -> str:
    """Why an audit is moderated; nothing when it is not."""
    overall = next((one.grade for one in graded if one.section == ""), "")
    if overall == tool.lowest_grade:
        return ModerationReason.LOWEST
    return ModerationReason.RANDOM if drawn else ""


def learn(
    filler: Filler,
    audit: Audit,
    tool: Tool,
    written: list[Written],
    criteria: dict[str, Criterion],
    *,
    is_shared: bool,
) -> None:
    """Two or three findings of an audit, strengths as often as gaps, and what is to be done for the child."""
    day = audit.submitted_at.date() if audit.submitted_at else filler.today
    strengths = [one for one in written if one.judgement == "met"]
    gaps = [one for one in written if one.judgement in ("partly_met", "not_met")]
    chosen = filler.chance.sample(strengths, min(1, len(strengths))) + filler.chance.sample(
        gaps, min(1, len(gaps))
    )
    for one in chosen:
        kind = KIND_BY_JUDGEMENT[one.judgement]
        if kind == "gap" and filler.chance.random() < 0.08:
            kind = "barrier"
        finding = _finding(
            filler, audit, kind, criteria.get(tool.questions[one.question].criterion), day, is_shared
        )
        filler.rows[AuditFinding].append(
            AuditFinding(
                finding=finding, round=audit.round, audit=audit, question=one.question, evidence=one.evidence
            )
        )
        if kind == "gap" and audit.worker and filler.chance.random() < 0.88:
            _child_action(filler, audit, finding, day, is_shared)


def _finding(
    filler: Filler, audit: Audit, kind: str, criterion: Criterion | None, day: date, is_shared: bool
) -> Finding:
    finding = Finding(
        kind=kind,
        state="open" if is_shared else "draft",
        text=filler.pen.pick("findings", kind),
        criterion=criterion,
        unit=audit.unit,
        worker=audit.worker,
        needs_analysis=kind == "gap" and filler.chance.random() < 0.1,
        raised_on=day,
        raised_by=audit.auditor,
        raised_at=filler.at(day),
    )
    filler.rows[Finding].append(finding)
    return finding


def _child_action(filler: Filler, audit: Audit, finding: Finding, day: date, is_shared: bool) -> None:
    owner = audit.worker
    assert owner is not None
    due_on = day + timedelta(days=filler.chance.randrange(14, 45))
    action = Action(
        level="child",
        text=filler.pen.pick("actions", "child"),
        owner=owner,
        unit=audit.unit,
        case_reference=audit.reference,
        due_on=due_on,
        raised_by=audit.auditor,
        raised_at=filler.at(day),
    )
    _bring_on(filler, action, is_shared, audit.manager or filler.officer)
    filler.rows[Action].append(action)
    filler.rows[AuditAction].append(AuditAction(action=action, round=audit.round, audit=audit))
    filler.rows[Action.findings.through].append(Action.findings.through(action=action, finding=finding))


def service_action(
    filler: Filler, round_row: Round, owner: Person, findings: list[Finding], day: date
) -> None:
    """An action for the service out of a round's report."""
    action = Action(
        level="service",
        text=filler.pen.pick("actions", "service"),
        owner=owner,
        due_on=day + timedelta(days=filler.chance.randrange(40, 110)),
        raised_by=filler.officer,
        raised_at=filler.at(day),
    )
    _bring_on(filler, action, True, filler.officer)
    filler.rows[Action].append(action)
    filler.rows[AuditAction].append(AuditAction(action=action, round=round_row))
    for finding in findings:
        filler.rows[Action.findings.through].append(Action.findings.through(action=action, finding=finding))


def _bring_on(filler: Filler, action: Action, is_put: bool, checker: Person) -> None:
    """How far an action came: the older, the further; one in eight is late."""
    if not is_put:
        action.state = "draft"
        return
    way = ["proposed", "agreed", "in_progress", "done", "closed"]
    luck = filler.chance.random()
    days_past = (filler.today - action.due_on).days
    if days_past > 75:
        luck += 0.22  # what is long past is nearly always closed
    reached = (2 if luck < 0.13 else 3 if luck < 0.25 else 4) if days_past > 0 else (0 if luck < 0.3 else 2)
    if action.owner_id == checker.pk:
        reached = min(reached, 3)
    day = action.raised_at.date()
    for state in way[: reached + 1]:
        by = checker if state in ("proposed", "closed") else action.owner
        text = filler.pen.pick("actions", "progress") if state == "in_progress" else ""
        at = filler.at(min(day, filler.today))
        filler.rows[ActionStep].append(ActionStep(action=action, state=state, text=text, at=at, by=by))
        day += timedelta(days=filler.chance.randrange(4, 12))
        if state == "closed":
            action.closed_at, action.closed_by = at, checker
            _look_again(filler, action, checker)
    action.state = way[reached]
    if reached >= 3:
        action.evidence = filler.pen.pick("actions", "evidence")
        action.impact = filler.pen.pick("actions", "impact")


def _look_again(filler: Filler, action: Action, checker: Person) -> None:
    """What was seen of a closed action three and six months on; a few of the looks are still to come."""
    assert action.closed_at is not None
    for months in IMPACT_AFTER_MONTHS:
        due_on = add_months(action.closed_at.date(), months)
        check = ImpactCheck(action=action, months=months, due_on=due_on)
        if due_on < filler.today - timedelta(days=7):
            check.result = filler.chance.choice(["evidenced", "evidenced", "not_yet", "no_impact"])
            check.evidence = filler.pen.pick("actions", f"impact_{check.result}")
            check.recorded_at, check.by = filler.at(due_on), checker
        filler.rows[ImpactCheck].append(check)


def raise_concern(filler: Filler, audit: Audit, which: int, handler: Person, day: date) -> None:
    """One immediate concern; one without an outcome is still open."""
    words = filler.pen.words["concerns"][which]
    at = filler.at(day)
    state = "closed" if words["outcome"] else "planned"
    concern = Concern(
        audit=audit,
        state=state,
        text=words["text"],
        handler=handler,
        raised_by=audit.auditor,
        raised_at=at,
        acknowledge_by=at + timedelta(hours=24),
        plan_by=at + timedelta(hours=48),
        plan=words["plan"],
        outcome=words["outcome"],
    )
    filler.rows[Concern].append(concern)
    for number, step in enumerate(("raised", "acknowledged", "planned", "closed")):
        if step == "closed" and state != "closed":
            break
        by = audit.auditor if step == "raised" else handler
        filler.rows[ConcernStep].append(
            ConcernStep(concern=concern, state=step, at=at + timedelta(hours=5 * number), by=by)
        )
