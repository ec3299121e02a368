"""Moderation: drawn so that anybody can repeat it, given out independently, rated blind, settled by two."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plumbline.audits.actions import moderating, rating
from plumbline.audits.actions.moving import NotInState
from plumbline.audits.models import Audit, AuditFinding, Grade, Moderation, ModerationDraw, Round
from plumbline.audits.presenters.moderation_waiting import moderation_work
from plumbline.audits.queries.moderation import movement
from plumbline.audits.queries.raters import independent_raters
from plumbline.audits.queries.report_figures import figures_of
from plumbline.event_log.actions import record
from plumbline.event_log.models import Event, Kind
from plumbline.people.models import LineManagement
from plumbline.shared import dates
from plumbline.work.models import Message
from plumbline.work.sending import email_for
from stats.sampling import draw_order, frame_digest
from tests.factories.audits import complete, grade, make_audit, make_round, make_tool
from tests.factories.cast import SINCE, Cast
from tests.factories.improvement import make_finding
from tests.factories.reports import make_report

SECRET = "The plan names no change, which nobody may read yet"


def second_ratings() -> Any:
    return Moderation.objects.as_system("moderation-draw")


def submitted(cast: Cast, of: Round, given: str = "good", **more: Any) -> Audit:
    return complete(make_audit(cast, of=of, state="submitted", **more), "partly_met", given)


def drawn_one(cast: Cast, given: str = "inadequate") -> Moderation:
    """An audit with the lowest grade, drawn and given to the moderator."""
    submitted(cast, make_round(cast), given)
    moderating.draw_share(by=cast.qa_officer, round=Audit.objects.as_system("recording").get().round)
    return second_ratings().get()


JUDGEMENTS = {"daily-life": "met", "heard": "met", "progress": "partly_met", "supervision": "met"}
GRADES = {"life": "good", "change": "requires_improvement", "": "requires_improvement"}


def rated(cast: Cast, row: Moderation, **grades: str) -> Moderation:
    by = row.moderator
    rating.save_judgements(by=by, moderation=row, judgements=JUDGEMENTS)
    return rating.give_second_rating(
        by=by,
        moderation=row,
        grades=GRADES | grades,
        reason="I weigh it so" if grades else "",
        comment="Warm work",
        about_the_audit="Evidence is thin",
    )


def test_every_lowest_grade_and_the_share_of_the_others_are_drawn(cast: Cast) -> None:
    of = make_round(cast, moderation_percent=20)
    lowest = {submitted(cast, of, "inadequate").reference for _ in range(2)}
    others = {submitted(cast, of).reference for _ in range(6)}
    done = moderating.draw_share(by=cast.qa_officer, round=of)
    assert done.draw is not None
    assert set(done.draw.references) == others
    assert done.draw.wanted == 2
    taken = {row.audit.reference: row.why for row in second_ratings().select_related("audit")}
    assert taken == dict.fromkeys(lowest, "lowest") | dict.fromkeys(done.draw.references[:2], "random")
    states = dict(Audit.objects.as_system("recording").values_list("reference", "state"))
    assert {one for one, state in states.items() if state == "in_moderation"} == set(taken)


def test_anybody_can_repeat_the_draw_from_what_is_recorded(cast: Cast) -> None:
    of = make_round(cast)
    for _ in range(7):
        submitted(cast, of)
    moderating.draw_share(by=cast.qa_officer, round=of)
    draw = ModerationDraw.objects.get()
    assert list(draw_order(sorted(draw.references), draw.seed_value)) == draw.references
    assert frame_digest(draw.references) == draw.frame_digest


def test_drawing_again_takes_only_what_was_submitted_since(cast: Cast) -> None:
    of = make_round(cast, moderation_percent=50)
    for _ in range(4):
        submitted(cast, of)
    moderating.draw_share(by=cast.qa_officer, round=of)
    again = moderating.draw_share(by=cast.qa_officer, round=of)
    assert (again.draw, again.moderations) == (None, [])
    later = submitted(cast, of)
    third = moderating.draw_share(by=cast.qa_officer, round=of)
    assert third.draw is not None
    assert third.draw.references == [later.reference]


def test_nobody_rates_who_audited_manages_belongs_to_the_team_or_has_read_it(cast: Cast) -> None:
    of = make_round(cast)
    audit = submitted(cast, of)
    LineManagement.objects.create(person=cast.ben, manager=cast.cath, starts_on=SINCE)
    record(by=cast.qa_officer, kind=Kind.READ, action="audit.view", obj=audit)
    free = independent_raters(audit)
    assert cast.moderator in free
    assert cast.qa_lead in free
    for person in (cast.amira, cast.ben, cast.cath, cast.sam, cast.qa_officer):
        assert person not in free


def test_reading_a_finding_from_an_audit_counts_as_reading_the_audit(cast: Cast) -> None:
    audit = submitted(cast, make_round(cast))
    finding = make_finding(cast, is_open=False)
    AuditFinding.objects.create(finding=finding, round=audit.round, audit=audit)
    assert cast.moderator in independent_raters(audit)
    record(by=cast.moderator, kind=Kind.READ, action="finding.view", obj=finding)
    assert cast.moderator not in independent_raters(audit)


def test_somebody_not_independent_cannot_be_named_by_hand(cast: Cast, client_of: Any) -> None:
    row = drawn_one(cast)
    with pytest.raises(moderating.NobodyIndependent):
        moderating.give_to_another(by=cast.qa_lead, moderation=row, moderator=cast.ben)
    page = client_of(cast.qa_lead).post(
        f"/moderation/{row.public_id}/assign", {"moderator": cast.ben.public_id}
    )
    assert "select from the list" in page.content.decode()
    assert second_ratings().filter(is_cancelled=False).get().moderator == cast.moderator


def test_a_second_rating_given_to_another_leaves_one_open_rating(cast: Cast) -> None:
    row = drawn_one(cast)
    made = moderating.give_to_another(by=cast.qa_officer, moderation=row, moderator=cast.qa_lead)
    assert second_ratings().filter(is_cancelled=False).get() == made
    assert made.why == row.why


def test_where_nobody_is_independent_the_audit_waits_and_is_listed(cast: Cast, client_of: Any) -> None:
    of = make_round(cast)
    audit = submitted(cast, of, "inadequate")
    for person in cast.people.values():
        record(by=person, kind=Kind.READ, action="audit.view", obj=audit)
    done = moderating.draw_share(by=cast.qa_officer, round=of)
    assert [one.pk for one in done.left] == [audit.pk]
    submitted(cast, of)
    moderating.draw_share(by=cast.qa_officer, round=of)
    page = client_of(cast.qa_lead).get(f"/moderation/rounds/{of.public_id}").content.decode()
    assert "Nobody independent was found" in page
    assert audit.reference in page


def blind_pages(row: Moderation) -> list[str]:
    audit = row.audit
    return [
        f"/moderation/{row.public_id}",
        f"/moderation/{row.public_id}/judge",
        "/moderation",
        f"/audits/{audit.public_id}",
        "/findings",
        "/actions",
        "/search?q=nobody+may+read",
        f"/search?q={audit.reference}",
        f"/rounds/{audit.round.public_id}",
        "/rounds",
        "/this-month",
        "/",
    ]


@pytest.mark.parametrize("who", ["moderator", "qa_lead"])
def test_no_page_tells_the_second_rater_of_the_first_rating_whatever_their_rank(
    cast: Cast, client_of: Any, who: str
) -> None:
    of = make_round(cast)
    audit = submitted(cast, of, "inadequate")
    audit.answers.update(rationale=SECRET)
    finding = make_finding(cast, is_open=False, text=SECRET)
    AuditFinding.objects.create(finding=finding, round=of, audit=audit)
    moderating.draw_share(by=cast.qa_officer, round=of)
    row = second_ratings().get()
    person = getattr(cast, who)
    if row.moderator != person:
        row = moderating.give_to_another(by=cast.qa_officer, moderation=row, moderator=person)
    client = client_of(person)
    pages = {address: client.get(address).content.decode() for address in blind_pages(row)}
    assert "Visit of 3 May." in pages[f"/moderation/{row.public_id}/judge"]
    for address, page in pages.items():
        assert SECRET not in page, address
        assert "lowest grade" not in page, address
    for address in (f"/moderation/{row.public_id}", f"/moderation/{row.public_id}/judge"):
        assert "Inadequate" not in pages[address]
    assert client.get(f"/findings/{finding.public_id}").status_code == 404
    assert client.get(f"/audits/{audit.public_id}").status_code == 404
    assert not Audit.objects.visible_to(cast.viewer(person), "audit.view").exists()


def test_the_blind_page_asks_what_the_first_rating_had_no_need_to_ask(cast: Cast, client_of: Any) -> None:
    row = drawn_one(cast)
    row.audit.answers.filter(question="seen-alone").update(evidence="Told only where views were not sought")
    page = client_of(cast.moderator).get(f"/moderation/{row.public_id}/judge").content.decode()
    assert "Told only where views were not sought" not in page
    assert "What good looks like: A stranger reading it could describe an ordinary day." in page
    assert "Was the child seen without their carers?" in page
    assert "checked" not in page


def test_others_see_no_comparison_before_the_second_rating(cast: Cast, client_of: Any) -> None:
    row = drawn_one(cast)
    page = client_of(cast.qa_officer).get(f"/moderation/{row.public_id}").content.decode()
    assert "given blind" in page
    assert "The plan says so in plain words." not in page


def test_judgements_are_kept_for_later_and_then_asked_for(cast: Cast, client_of: Any) -> None:
    row = drawn_one(cast)
    client = client_of(cast.moderator)
    address = f"/moderation/{row.public_id}/judge"
    client.post(address, {"daily-life": "met", "later": "1"})
    assert second_ratings().get().judgements == {"daily-life": "met"}
    page = client.post(address, {"daily-life": "met"}).content.decode()
    assert "Select a judgement, or “Not assessed” if you cannot tell" in page
    assert client.post(address, JUDGEMENTS)["Location"] == f"/moderation/{row.public_id}/rate"


def test_first_second_and_final_grade_are_all_kept_and_shown_with_the_reason(
    cast: Cast, client_of: Any
) -> None:
    row = drawn_one(cast)
    moderator = client_of(cast.moderator)
    moderator.post(f"/moderation/{row.public_id}/judge", JUDGEMENTS)
    form = {
        "grade-life": "good",
        "grade-change": "requires_improvement",
        "overall": "requires_improvement",
        "comment": "Warm work with the child",
        "about_the_audit": "The evidence is thin",
    }
    assert moderator.post(f"/moderation/{row.public_id}/rate", form).status_code == 302
    page = moderator.get(f"/moderation/{row.public_id}").content.decode()
    assert "Differs" in page
    assert "Both answered 4 of the questions; 3 differ." in page
    final = {
        "grade-life": "good",
        "grade-change": "requires_improvement",
        "overall": "requires_improvement",
        "reason": "The plan was seen together",
    }
    assert client_of(cast.qa_lead).post(f"/moderation/{row.public_id}/settle", final).status_code == 302
    kept = {one.stage: one.grade for one in Grade.objects.filter(section="", is_current=True)}
    assert kept == {"first": "inadequate", "second": "requires_improvement", "final": "requires_improvement"}
    audit = Audit.objects.as_system("recording").get()
    assert audit.state == "moderated"
    page = client_of(cast.amira).get(f"/moderation/{row.public_id}").content.decode()
    assert "The plan was seen together" in page
    assert "The evidence is thin" in page
    assert client_of(cast.sam).get(f"/moderation/{row.public_id}").status_code == 404


def test_a_grade_that_differs_from_the_one_proposed_needs_a_reason(cast: Cast, client_of: Any) -> None:
    row = drawn_one(cast)
    rating.save_judgements(by=cast.moderator, moderation=row, judgements=JUDGEMENTS)
    form = {
        "grade-life": "outstanding",
        "grade-change": "requires_improvement",
        "overall": "requires_improvement",
        "comment": "Warm",
        "about_the_audit": "Thin",
    }
    page = client_of(cast.moderator).post(f"/moderation/{row.public_id}/rate", form).content.decode()
    assert "Enter why a grade differs from the one proposed" in page
    assert second_ratings().get().rated_at is None


def test_only_the_person_it_was_given_to_rates_and_only_once(cast: Cast) -> None:
    row = drawn_one(cast)
    with pytest.raises(rating.NotTheirs):
        rating.save_judgements(by=cast.qa_lead, moderation=row, judgements=JUDGEMENTS)
    rated(cast, row)
    with pytest.raises(NotInState):
        rating.save_judgements(by=cast.moderator, moderation=row, judgements={})


def test_an_auditor_does_not_settle_the_grade_of_their_own_audit(cast: Cast, client_of: Any) -> None:
    of = make_round(cast)
    submitted(cast, of, "inadequate", auditor=cast.qa_lead)
    moderating.draw_share(by=cast.qa_officer, round=of)
    row = rated(cast, second_ratings().get())
    with pytest.raises(rating.NotTheirs):
        rating.settle(by=cast.qa_lead, moderation=row, grades=GRADES, reason="Mine")
    page = client_of(cast.qa_lead).get(f"/moderation/{row.public_id}/settle", follow=True)
    assert "somebody else settles the final grade" in page.content.decode()


def test_a_final_grade_without_a_reason_is_refused(cast: Cast) -> None:
    row = rated(cast, drawn_one(cast))
    with pytest.raises(rating.Incomplete):
        rating.settle(by=cast.qa_lead, moderation=row, grades=GRADES, reason="  ")
    assert not Grade.objects.filter(stage="final").exists()


def test_movement_counts_up_down_and_same_and_gives_percentages_from_ten_pairs(cast: Cast) -> None:
    of = make_round(cast, moderation_percent=100)
    first = ["inadequate", "requires_improvement", "good"] * 3
    for given in first:
        submitted(cast, of, given)
    moderating.draw_share(by=cast.qa_officer, round=of)
    for row in second_ratings().filter(is_cancelled=False):
        done = rated(cast, row)
        rating.settle(by=cast.qa_lead, moderation=done, grades=GRADES, reason="Seen together")
    moved = movement(of)
    assert (moved.settled, moved.up, moved.down, moved.same) == (9, 3, 3, 3)
    assert moved.by_reason == {"lowest": 3, "random": 6}
    assert moved.exact is not None
    assert moved.near is not None
    assert (moved.exact.agreeing, moved.exact.share, moved.near.agreeing) == (3, None, 9)
    submitted(cast, of, "requires_improvement")
    moderating.draw_share(by=cast.qa_officer, round=of)
    rated(cast, second_ratings().get(rated_at=None))
    moved = movement(of)
    assert moved.exact is not None
    assert (moved.exact.agreeing, moved.exact.share) == (4, 0.4)


def test_without_an_overall_grade_page_and_report_count_the_sections_that_moved(
    cast: Cast, client_of: Any
) -> None:
    tool = make_tool(key="no-overall", overall=False)
    of = make_round(cast, moderation_percent=100, tool=tool)
    for _ in range(3):
        submitted(cast, of)
    moderating.draw_share(by=cast.qa_officer, round=of)
    grades = {"life": "good", "change": "requires_improvement"}
    for row in second_ratings().filter(is_cancelled=False):
        rating.save_judgements(by=row.moderator, moderation=row, judgements=JUDGEMENTS)
        done = rating.give_second_rating(
            by=row.moderator, moderation=row, grades=grades, reason="", comment="", about_the_audit=""
        )
        rating.settle(by=cast.qa_lead, moderation=done, grades=grades, reason="Seen together")
    page = client_of(cast.qa_lead).get(f"/moderation/rounds/{of.public_id}").content.decode()
    assert "Of 6 section grades in 3 settled audits, 0 moved up, 3 moved down and 3 stayed." in page
    assert "“What changed”: 0 up, 3 down, 0 stayed." in page
    assert "Of 6 grades given twice, 3 are the same and 6 at most one apart." in page
    report = make_report(cast, of)
    page = client_of(cast.qa_officer).get(f"/reports/{report.public_id}").content.decode()
    assert "Section grades of the 3 settled audits after the second rating" in page
    found = figures_of(of)["groups"]["random"]["moderation"]
    assert found["moves"] == {"up": 0, "down": 3, "same": 3}
    assert {one["title"]: one["moves"]["down"] for one in found["sections"]} == {
        "The child’s daily life": 0,
        "What changed": 3,
    }


def test_a_rating_that_was_taken_back_is_no_pair_of_the_report(cast: Cast) -> None:
    row = rated(cast, drawn_one(cast))
    assert figures_of(row.audit.round)["groups"]["random"]["moderation"]["pairs"] == 1
    second_ratings().update(is_cancelled=True)
    assert figures_of(row.audit.round)["groups"]["random"]["moderation"]["pairs"] == 0


def test_messages_and_events_of_moderation_hold_no_detail(cast: Cast) -> None:
    row = drawn_one(cast)
    rated(cast, row)
    rating.settle(by=cast.qa_lead, moderation=row, grades=GRADES, reason=SECRET)
    sent = Message.objects.as_system("background-work").filter(kind__startswith="moderation")
    assert {(one.person, one.kind) for one in sent} == {
        (cast.moderator, "moderation-asked"),
        (cast.amira, "moderation-settled"),
    }
    for one in sent:
        written = f"{email_for(one).subject} {email_for(one).body}"
        assert row.audit.reference not in written
        assert "nadequate" not in written
    events = str(list(Event.objects.as_system("verify-event-log").values("action", "detail")))
    assert SECRET not in events
    assert "inadequate" not in events
    assert "lowest" not in events


def test_work_names_what_is_to_be_rated_and_counts_what_is_to_be_settled(cast: Cast) -> None:
    row = drawn_one(cast)
    today = dates.today()
    own = list(moderation_work(cast.viewer(cast.moderator), today))
    assert [(one.sentence, one.due_on) for one in own] == [
        (f"Give a second rating of {row.audit.reference}", row.due_on)
    ]
    assert list(moderation_work(cast.viewer(cast.qa_lead), today)) == []
    rated(cast, row)
    lines = [one.sentence for one in moderation_work(cast.viewer(cast.qa_lead), today)]
    assert lines == ["1 audit waits for the final grade."]


def test_cath_and_the_worker_see_no_second_rating(cast: Cast, client_of: Any) -> None:
    row = rated(cast, drawn_one(cast))
    for person in (cast.sam, cast.ben, cast.cath):
        assert client_of(person).get(f"/moderation/{row.public_id}").status_code == 404


def test_the_draws_stay_hidden_from_whoever_has_still_to_rate_in_the_round(
    cast: Cast, client_of: Any
) -> None:
    of = make_round(cast)
    submitted(cast, of, "inadequate")
    submitted(cast, of)
    moderating.draw_share(by=cast.qa_officer, round=of)
    row = second_ratings().filter(why="lowest").get()
    moderating.give_to_another(by=cast.qa_officer, moderation=row, moderator=cast.qa_lead)
    address = f"/moderation/rounds/{of.public_id}"
    seed = ModerationDraw.objects.get().seed_value
    assert seed not in client_of(cast.qa_lead).get(address).content.decode()
    assert seed in client_of(cast.qa_officer).get(address).content.decode()


@pytest.mark.parametrize("more", [1, 10])
def test_the_list_asks_the_same_number_of_questions_whatever_its_length(
    cast: Cast, client_of: Any, more: int
) -> None:
    of = make_round(cast)
    for _ in range(more):
        audit = make_audit(cast, of=of, state="in_moderation")
        Moderation.objects.create(audit=audit, why="random", moderator=cast.moderator, due_on=dates.today())
        grade(audit)
    client = client_of(cast.qa_officer)
    client.get("/moderation")
    with CaptureQueriesContext(connection) as asked:
        client.get("/moderation")
    assert len(asked) == LIST_QUERIES


LIST_QUERIES = 14
