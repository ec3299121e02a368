"""The demo council's year of audits is true to the product's own rules: it was drawn, judged and moderated by them."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from plumbline.audits.management.commands.verify_draw import verdict_on
from plumbline.audits.models import (
    Answer,
    Audit,
    Discussion,
    Draw,
    FrameCase,
    Grade,
    Moderation,
    PracticeAudit,
    Report,
    Round,
    SelfAudit,
    Slot,
    VoiceContact,
)
from plumbline.audits.queries.draws import certificate_of
from plumbline.audits.queries.moderation import movement
from plumbline.audits.queries.report_figures import figures_of
from plumbline.audits.rules.states import COUNTED, SHARED
from plumbline.audits.rules.tool_data import tool_in_case
from plumbline.demo.audits.drawing import case_list_file
from plumbline.demo.audits.making import LEFT_OUT
from plumbline.improvement.models import Action, Finding
from plumbline.people.models import Person, PostHolding
from plumbline.people.scope import viewer_for
from plumbline.shared import dates
from tests.integration.conftest import SignedIn

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo council, made once for the module and rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


def rows(model: Any) -> Any:
    """Every row of a scoped model."""
    return model.objects.as_system("demo")


def of_cases() -> Any:
    """The rounds that look at cases."""
    return rows(Round).exclude(kind="visits")


def test_eleven_rounds_cover_twelve_months_and_the_last_three_are_unfinished(year: None) -> None:
    rounds = list(of_cases().order_by("first_month"))
    months = {
        (one.first_month.year, month)
        for one in rounds
        for month in range(one.first_month.month, one.first_month.month + _months(one))
    }
    assert len(rounds) == 11
    assert len(months) == 12
    assert [one.state for one in rounds] == ["completed"] * 8 + ["analysis", "cases_audited", "auditing"]


def _months(one: Round) -> int:
    return (
        (one.last_month.year - one.first_month.year) * 12 + one.last_month.month - one.first_month.month + 1
    )


def test_each_round_has_its_target_of_audits_and_each_is_in_a_state_that_fits_its_stage(year: None) -> None:
    for one in rows(Round):
        states = Counter(rows(Audit).filter(round=one).values_list("state", flat=True))
        assert one.target_min <= states.total() <= one.target_max
        if one.state in ("completed", "analysis"):
            assert set(states) - {"exempted"} <= SHARED
            assert states["exempted"] == (one.key == LEFT_OUT)
        if one.state == "cases_audited":
            assert set(states) <= COUNTED
            assert not set(states) <= SHARED
        if one.state == "auditing":
            assert set(states) - COUNTED


def test_about_eleven_hundred_cases_are_open_and_their_references_are_no_names(year: None) -> None:
    first = rows(Round).get(key="R01")
    frame = rows(FrameCase).filter(case_list__round=first)
    assert frame.count() == 1_100
    assert all(
        one.startswith("FC-") and one[3:].isdigit() for one in frame.values_list("reference", flat=True)
    )


def test_nobody_but_in_managers_own_audits_audits_the_work_of_their_own_team(year: None) -> None:
    own = [
        audit.reference
        for audit in rows(Audit).exclude(case=None).exclude(round__audit_kind="managers")
        if PostHolding.objects.filter(person=audit.auditor_id, post__unit=audit.unit_id).exists()
    ]
    assert own == []


def test_the_year_holds_every_kind_of_audit_and_a_partner_audits_where_agencies_audit_together(
    year: None,
) -> None:
    kinds = Counter(of_cases().values_list("audit_kind", flat=True))
    assert kinds == {"case_file": 8, "peer": 1, "multi_agency": 1, "managers": 1}
    partner = rows(Audit).filter(auditor__user__email="partner-auditor@demo.example")
    assert set(partner.values_list("round__audit_kind", flat=True)) == {"multi_agency"}


def test_workers_teams_and_a_home_were_visited_without_a_case(year: None) -> None:
    visits = rows(Audit).filter(case=None)
    assert set(visits.values_list("tool__content__subject", flat=True)) == {"worker", "team", "establishment"}
    assert not visits.exclude(round__kind="visits").exists()
    assert Action.objects.as_system("demo").filter(from_audit__audit__in=visits).count() == 2


def test_no_case_is_drawn_twice_within_a_year(year: None) -> None:
    drawn = Counter(
        rows(Slot).filter(state="selected", route="random").values_list("case__reference", flat=True)
    )
    assert max(drawn.values()) == 1


def test_every_submitted_audit_has_what_submission_asks_for(year: None) -> None:
    for audit in rows(Audit).filter(state__in=COUNTED).select_related("tool"):
        tool = tool_in_case(audit.tool.content, audit.not_asked)
        answers = {one.question: one for one in Answer.objects.filter(audit=audit, is_current=True)}
        given = {key: one.judgement or one.text for key, one in answers.items()}
        missing = [
            one.key
            for one in tool.questions.values()
            if tool.is_required(one, given) and one.key not in given
        ]
        assert missing == []
        assert all(one.rationale for one in answers.values() if one.judgement in ("partly_met", "not_met"))
        assert Discussion.objects.filter(audit=audit).exists()
        heard = {"child": "child", "family": "parent"}
        logged = set(VoiceContact.objects.filter(audit=audit).values_list("of", flat=True))
        assert logged == {heard[one] for one in tool.hears}
        grades = Grade.objects.filter(audit=audit, section="", stage="first")
        assert grades.count() == int(tool.has_overall)


def test_every_lowest_grade_that_was_shared_was_moderated(year: None) -> None:
    lowest = rows(Audit).filter(
        state__in=SHARED, grades__section="", grades__stage="first", grades__grade="inadequate"
    )
    moderated = set(rows(Moderation).values_list("audit_id", flat=True))
    assert lowest.count() > 0
    assert set(lowest.values_list("pk", flat=True)) <= moderated


def test_the_words_are_varied(year: None) -> None:
    said = Counter(Answer.objects.exclude(rationale="").values_list("rationale", flat=True))
    assert len(said) > 70
    assert max(said.values()) < said.total() / 20


def test_findings_of_audits_not_yet_shared_are_drafts(year: None) -> None:
    for state, shared in (("draft", False), ("open", True)):
        found = rows(Finding).filter(state=state, from_audit__audit__isnull=False)
        assert found.count() > 0
        assert not found.filter(from_audit__audit__shared_at__isnull=shared).exists()


def test_closed_actions_were_closed_by_somebody_else_with_evidence_and_impact(year: None) -> None:
    closed = rows(Action).filter(state="closed")
    assert closed.count() > 50
    assert not any(one.closed_by_id == one.owner_id or not one.impact for one in closed)


def test_the_draw_of_every_round_can_be_repeated_and_a_changed_one_is_found_out(year: None) -> None:
    director = Person.objects.as_system("demo").get(user__email="director@demo.example")
    viewer = viewer_for(director, dates.today())
    for made in rows(Draw).select_related("round", "case_list"):
        told = certificate_of(viewer, made)
        case_list = case_list_file(made.round)
        assert verdict_on(json.dumps(told).encode(), case_list).is_match, made.round.key
        shorter = b"\n".join(case_list.splitlines()[:-1])
        changed = verdict_on(json.dumps(told).encode(), shorter)
        assert not changed.is_match
        other_seed = told | {"seed": told["seed"] | {"value": "1 2 3"}}
        assert not verdict_on(json.dumps(other_seed).encode(), case_list).is_match
        order = told["strata"][0]["order"]
        order[0], order[1] = order[1], order[0]
        assert not verdict_on(json.dumps(told).encode(), case_list).is_match


def test_finished_rounds_have_an_issued_report_and_the_newest_finished_one_a_draft(year: None) -> None:
    assert rows(Report).filter(state="issued", round__state="completed").count() == 8
    assert rows(Report).filter(state="draft", round__state="analysis").count() == 1


def test_the_report_and_the_page_of_moderation_count_the_same_movement(year: None) -> None:
    for one in rows(Round):
        moved = movement(one)
        groups = [group["moderation"] for group in figures_of(one)["groups"].values() if group]
        for way in ("up", "down", "same"):
            assert sum(group["moves"][way] for group in groups) == getattr(moved, way), one.key
        assert sum(group["settled"] for group in groups) == moved.settled
    assert any(movement(one).down for one in rows(Round))


def test_an_audit_says_in_words_which_plan_and_age_the_child_has(year: None) -> None:
    lead = Person.objects.as_system("demo").get(user__email="qa-lead@demo.example")
    client = SignedIn(lead)
    for state in ("started", "closed"):
        audit = rows(Audit).filter(state=state, case__plan_type="child-in-need").first()
        page = client.get(f"/audits/{audit.public_id}").content.decode()
        assert "Child in need, aged" in page
        assert "child-in-need" not in page


def test_self_audits_a_rounds_own_questions_and_practice_can_be_tried(year: None) -> None:
    own = rows(SelfAudit)
    assert {one.audit.round.self_audit for one in own.select_related("audit__round")} == {"worker", "manager"}
    # Some wait for somebody: asked for, not given, and the audit is not shared yet.
    assert own.filter(given_at=None, audit__shared_at=None).exists()
    local = rows(Round).exclude(local_questions=[]).get()
    figures = figures_of(local)["groups"]["random"]
    assert [one["answered"] == one["asked"] for one in figures["local"]] == [True, True]
    assert {one.finished_at is None for one in rows(PracticeAudit)} == {True, False}
