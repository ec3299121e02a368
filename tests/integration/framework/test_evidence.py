"""The page of a standard shows what is known of each criterion and what is being done, within the viewer's scope."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plumbline.audits.actions.visits import plan_visit
from plumbline.audits.models import Audit
from plumbline.audits.queries.attainment import attained
from plumbline.framework.actions.import_framework import import_framework
from plumbline.framework.models import Criterion
from plumbline.people.scope import viewer_for
from plumbline.shared import dates
from plumbline.shared.area import evidence_on
from tests.factories.audits import answer, make_round, make_tool
from tests.factories.cast import Cast
from tests.factories.improvement import make_action, make_finding
from tests.factories.reports import make_reported_round, reported_audit
from tests.integration.framework.definition_files import criterion, standards_file

NO_NUMBERS = "No figure is tied to this criterion yet."


@pytest.fixture
def heard(cast: Cast) -> Criterion:
    """Criterion 1.1, which the small tool asks for under "daily-life", in force with 1.2, asked for under voice."""
    data = standards_file(criterion("1.1"), criterion("1.2"))
    import_framework(by=None, data=data, publish=True)
    return Criterion.objects.get(key="1.1")


def sentences(cast: Cast, person: Any, row: Criterion) -> list[str]:
    return [one.sentence for one in evidence_on(viewer_for(person, dates.today()), [row])[row.pk]]


def text(client: Any, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_a_criterion_shows_how_often_it_was_met_with_the_range_of_chance(
    cast: Cast, client_of: Any, heard: Criterion
) -> None:
    make_reported_round(cast, counted=12)
    page = text(client_of(cast.qa_lead), f"/standards/criteria/{heard.public_id}")
    assert "Met in 8 of 12 (39% to 86%) answers of shared audits in the last 12 months." in page
    assert "Newest from today." in page


def test_answers_about_voice_stand_with_voice(cast: Cast, heard: Criterion) -> None:
    make_reported_round(cast, counted=12)
    other = Criterion.objects.get(key="1.2")
    columns = [one.column for one in evidence_on(viewer_for(cast.qa_lead, dates.today()), [other])[other.pk]]
    assert columns == ["voice"]


def test_picked_audits_and_those_not_shared_or_long_past_do_not_count(cast: Cast, heard: Criterion) -> None:
    of = make_reported_round(cast, counted=3)
    for number, change in enumerate(("picked", "unshared", "old")):
        audit = reported_audit(cast, of, number)
        if change == "picked":
            audit.slot.route = "inspector"
            audit.slot.save()
        elif change == "unshared":
            audit.state, audit.shared_at, audit.shared_by = "moderated", None, None
            audit.save()
        else:
            audit.shared_at -= timedelta(days=400)
            audit.save()
    found = attained(viewer_for(cast.qa_lead, dates.today()), [heard])
    assert [(one.met, one.applicable) for one in found.values()] == [(3, 3)]


def test_managers_own_audits_are_counted_apart_from_independent_ones(cast: Cast, heard: Criterion) -> None:
    make_reported_round(cast, counted=9)
    make_reported_round(cast, counted=3, audit_kind="managers")
    own, independent = sorted(sentences(cast, cast.qa_lead, heard))
    assert own.startswith("Met in 3 of 3 answers of managers’ own audits")
    assert independent.startswith("Met in 8 of 9")


def test_visits_are_counted_apart_and_say_nothing_of_others(cast: Cast, heard: Criterion) -> None:
    tool = make_tool(key="visit-worker", subject="worker")
    of = make_round(with_draw=False, kind="visits", state="planned", tool=tool)
    about = {"unit": cast.units["north"], "worker": cast.sam, "auditor": cast.ben}
    for _ in range(10):
        visit = plan_visit(by=cast.qa_officer, round=of, due_on=dates.today(), **about)
        answer(visit, "daily-life")
    Audit.objects.as_system("demo").filter(round=of).update(
        state="shared", shared_at=timezone.now(), shared_by=cast.qa_officer
    )
    assert sentences(cast, cast.qa_lead, heard) == [
        "Met in 10 of 10 answers of visits and observations in the last 12 months."
    ]


def test_nobody_counts_audits_findings_or_actions_that_they_may_not_see(
    cast: Cast, client_of: Any, heard: Criterion
) -> None:
    make_reported_round(cast, counted=12)
    finding = make_finding(cast, criterion=heard)
    make_action(cast, findings=[finding])
    assert len(sentences(cast, cast.qa_lead, heard)) == 3
    assert sentences(cast, cast.cath, heard) == []
    page = text(client_of(cast.cath), f"/standards/criteria/{heard.public_id}")
    assert "No audit or finding that you may see bears on this yet." in page
    assert "No action that you may see answers a finding on this." in page


def test_findings_and_actions_are_counted_by_kind_and_by_how_far_they_are(
    cast: Cast, client_of: Any, heard: Criterion
) -> None:
    gaps = [make_finding(cast, criterion=heard) for _ in range(2)]
    make_finding(cast, criterion=heard, kind="strength", text="Children are asked")
    make_finding(cast, criterion=heard, is_open=False, text="Still a draft")
    make_action(cast, findings=gaps)
    make_action(cast, state="agreed", findings=gaps, due_on=dates.today() - timedelta(days=1))
    make_action(cast, state="closed", findings=gaps)
    make_action(cast, state="withdrawn", findings=gaps)
    assert sentences(cast, cast.qa_lead, heard) == [
        "Found: 1 strength and 2 areas for development.",
        "2 actions under way, 1 of them overdue. 1 closed with what it changed.",
    ]
    client = client_of(cast.qa_lead)
    page = text(client, f"/standards/criteria/{heard.public_id}")
    assert f"/findings?criterion={heard.public_id}" in page
    assert NO_NUMBERS in page
    assert "asked for the voice of a child or family" in page
    assert "2 areas for development" in text(client, f"/standards/sets/{heard.set.public_id}/1")


def test_a_draft_of_the_standards_shows_its_words_only(cast: Cast, client_of: Any, heard: Criterion) -> None:
    newer = standards_file(criterion("1.1", text="Other words.")).replace(b'version: "1"', b'version: "2"')
    import_framework(by=None, data=newer, publish=False)
    draft = Criterion.objects.filter(set__state="draft").get(key="1.1")
    assert "What we know" not in text(client_of(cast.qa_lead), f"/standards/criteria/{draft.public_id}")


def test_what_is_known_takes_as_many_queries_for_many_criteria_and_audits_as_for_few(
    cast: Cast, heard: Criterion
) -> None:
    def queries() -> int:
        viewer = viewer_for(cast.qa_lead, dates.today())
        with CaptureQueriesContext(connection) as seen:
            evidence_on(viewer, list(Criterion.objects.all()))
        return len(seen)

    make_reported_round(cast, counted=1)
    make_action(cast, findings=[make_finding(cast, criterion=heard)])
    few = queries()
    make_reported_round(cast, counted=9)
    for row in Criterion.objects.all():
        make_action(cast, findings=[make_finding(cast, criterion=row)])
    assert queries() == few
    assert few <= 8
