"""Visits and observations: audits of a worker, a team or a home, without a case and apart in every figure."""

from typing import Any

import pytest

from plumbline.audits.actions.allocating import NotAllocated
from plumbline.audits.actions.reports import NotPublishable, put_forward
from plumbline.audits.actions.sharing import share_audit
from plumbline.audits.actions.visits import plan_visit
from plumbline.audits.kinds import KINDS
from plumbline.audits.models import Audit, AuditStep, Round
from plumbline.audits.presenters.report_blocks import texts_of
from plumbline.audits.presenters.report_document import report_document
from plumbline.audits.queries.report_figures import figures_of
from plumbline.audits.queries.reports import content_of
from plumbline.audits.queries.so_far import so_far
from plumbline.audits.rules.submission import Place, missing
from plumbline.people.models import Person
from plumbline.people.rules.roles import Role
from plumbline.shared import dates
from tests.factories.audits import answer, complete, make_audit, make_round, make_tool
from tests.factories.cast import Cast, grant_role
from tests.factories.reports import make_report, make_reported_round
from tests.integration.conftest import SignedIn

pytestmark = pytest.mark.django_db
TODAY = dates.today()


def visits(subject: str = "worker", state: str = "planned", **more: Any) -> Round:
    """A round of visits with a small tool for the subject."""
    tool = make_tool(key=f"visit-{subject}", title=f"Look at a {subject}", subject=subject, **more)
    return make_round(with_draw=False, kind="visits", state=state, title=f"Visits {subject}", tool=tool)


def visit(cast: Cast, of: Round | None = None, state: str = "allocated", **more: Any) -> Audit:
    """A visit to Sam by Ben, or as given, brought to the state."""
    values: dict[str, Any] = {"unit": cast.units["north"], "worker": cast.sam, "auditor": cast.ben} | more
    made = plan_visit(by=cast.qa_officer, round=of or visits(), due_on=TODAY, **values)
    if state != "allocated":
        complete(made)
        at = {f"{name}_at": f"{TODAY}T09:00Z" for name in ("submitted", "shared")}
        by = {"submitted_by": made.auditor, "shared_by": cast.qa_officer}
        kept = {key: value for key, value in (at | by).items() if state != "submitted" or "submitted" in key}
        Audit.objects.as_system("demo").filter(pk=made.pk).update(state=state, **kept)
        AuditStep.objects.create(audit=made, state=state, by=made.auditor)
    return Audit.objects.as_system("demo").select_related("round", "tool", "auditor").get(pk=made.pk)


def why_not(cast: Cast, of: Round, auditor: Person, **about: Any) -> Any:
    with pytest.raises(NotAllocated) as refused:
        visit(cast, of, auditor=auditor, **about)
    return refused.value.refusals or refused.value.against


def test_the_quality_team_plans_a_visit_on_a_page_and_whoever_makes_it_finds_it_in_their_work(
    cast: Cast,
) -> None:
    of, due = (
        visits("team"),
        {"due_on_day": TODAY.day, "due_on_month": TODAY.month, "due_on_year": TODAY.year},
    )
    page = SignedIn(cast.qa_officer).get(f"/rounds/{of.public_id}").content.decode()
    assert f'href="/rounds/{of.public_id}/visits/plan"' in page
    given = {"about": cast.units["south"].public_id, "auditor": cast.director.public_id, **due}
    for _ in range(2):
        SignedIn(cast.qa_officer).post(f"/rounds/{of.public_id}/visits/plan", given | {"key": "once"})
    made = Audit.objects.as_system("demo").get(round=of)
    assert (made.unit, made.worker, made.is_visit) == (cast.units["south"], None, True)
    assert Round.objects.as_system("demo").get(pk=of.pk).state == "allocated"
    mine = SignedIn(cast.director).get("/").content.decode()
    assert f"Start Look at a team {made.reference}" in mine
    task_list = SignedIn(cast.director).get(f"/audits/{made.public_id}").content.decode()
    assert "Talk with the team and its manager" in task_list
    assert "Cover sheet" not in task_list
    assert "Views of the child" not in task_list


def test_a_visit_about_a_worker_tells_the_worker_why(cast: Cast) -> None:
    made = visit(cast)
    page = SignedIn(cast.sam).get(f"/audits/{made.public_id}/notice").content.decode()
    assert "A visit to your work is planned" in page
    assert "It was not drawn" in page


def test_managers_may_observe_their_own_workers_but_nobody_themselves_and_independent_visits_are_independent(
    cast: Cast,
) -> None:
    of = visits()
    assert visit(cast, of).manager == cast.ben
    assert why_not(cast, of, cast.ben, worker=cast.ben) == ("own_case",)
    strict = visits("establishment", independent=True)
    home: dict[str, Any] = {"unit": cast.units["home"], "worker": None}
    grant_role(cast.rhys, Role.AUDITOR, None)
    assert "own_team" in why_not(cast, strict, cast.rhys, **home)
    assert visit(cast, strict, auditor=cast.reviewing_officer, **home).manager == cast.rhys
    assert why_not(cast, make_round(state="planned", with_draw=False), cast.amira) == "stage"


def test_a_visit_asks_for_a_talk_and_only_for_the_voices_that_its_tool_hears(cast: Cast) -> None:
    of_nobody, of_child = visit(cast), visit(cast, visits("team", hears=["child"]), worker=None)
    for made, voices in ((of_nobody, 0), (of_child, 1)):
        complete(made)
        places = [one.place for one in missing(so_far(made))]
        assert places == [Place.DISCUSSION] + [Place.VOICES] * voices


def test_a_visit_is_shared_without_a_second_rating_and_read_by_whom_it_is_about(cast: Cast) -> None:
    made = visit(cast, state="submitted")
    share_audit(by=cast.qa_officer, audit=made)
    for person, status in ((cast.sam, 200), (cast.ben, 200), (cast.cath, 404)):
        for address in (f"/audits/{made.public_id}", f"/audits/{made.public_id}/shared"):
            assert SignedIn(person).get(address).status_code == status
    page = SignedIn(cast.qa_lead).get(f"/audits/{made.public_id}/shared").content.decode()
    assert "Ask for a second rating" not in page
    assert "Look at a worker" in SignedIn(cast.sam).get(f"/audits/{made.public_id}").content.decode()


def test_a_report_of_visits_tells_them_alone_and_has_nothing_to_share(cast: Cast) -> None:
    of = visits(state="planned")
    for _ in range(3):
        visit(cast, of, state="shared")
    Round.objects.as_system("demo").filter(pk=of.pk).update(state="analysis")
    figures = figures_of(Round.objects.as_system("demo").select_related("tool").get(pk=of.pk))
    assert figures["groups"]["visit"]["counted"] == 3
    assert figures["groups"]["random"]["counted"] == 0
    assert figures["completeness"]["routes"] == {"visit": {"wanted": 3, "counted": 3}}
    of = Round.objects.as_system("demo").get(pk=of.pk)
    report = make_report(cast, of)
    with pytest.raises(NotPublishable, match="A report of visits stays inside"):
        put_forward(by=cast.qa_officer, report=report)
    put_forward(by=cast.qa_officer, report=report, with_shareable=False)
    text = " ".join(texts_of(report_document(content_of(report)).blocks))
    assert "Who is visited is not left to chance" in text
    assert "do not ask for the views of children" in text
    assert "The case list holds" not in text
    assert "There is no case list" not in text


def test_no_figure_of_case_audits_counts_a_visit(cast: Cast) -> None:
    earlier = dates.first_of_month(TODAY, -2)
    of = visits(state="planned")
    visit(cast, of, state="shared")
    Round.objects.as_system("demo").filter(pk=of.pk).update(
        state="completed", first_month=earlier, last_month=earlier
    )
    cases = make_reported_round(cast)
    figures = figures_of(cases)
    assert figures["last_time"] is None
    assert [one["title"] for one in figures["programme"]] == [cases.title]
    page = SignedIn(cast.qa_lead).get(f"/programme?year={TODAY.year}").content.decode()
    assert "1 round covers 1 of 12 months." in page


def test_a_round_of_visits_is_planned_without_what_belongs_to_cases(cast: Cast) -> None:
    cases, team = make_tool(), make_tool(key="visit-team", title="Look at a team", subject="team")
    of = make_round(with_draw=False, kind="visits", state="proposed", tool=None)
    page = SignedIn(cast.qa_officer).get(f"/rounds/{of.public_id}/plan").content.decode()
    assert team.public_id in page
    assert cases.public_id not in page
    assert "Cases to draw" not in page
    of = make_round(with_draw=False, kind="themed", state="proposed", tool=None)
    page = SignedIn(cast.qa_officer).get(f"/rounds/{of.public_id}/plan").content.decode()
    assert cases.public_id in page
    assert team.public_id not in page


def test_a_visit_goes_when_its_time_is_over_like_any_audit(cast: Cast) -> None:
    made, beside = visit(cast, state="closed"), make_audit(cast, state="closed")
    answer(made, "heard")
    (kind,) = [one for one in KINDS if one.key == "audit"]
    assert kind.remove is not None
    assert kind.remove(Audit.objects.as_system("demo").filter(pk=made.pk)) == 1
    assert Audit.objects.as_system("demo").filter(pk=beside.pk).exists()
