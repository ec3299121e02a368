"""Somebody independent of a round looks at it; their challenge is answered, and both stand on the round and in its report."""

import pytest

from plumbline.audits.actions.oversight import NotIndependent, answer_oversight, record_oversight
from plumbline.audits.models import Oversight
from plumbline.audits.queries.reports import content_of
from plumbline.people.models import Person
from plumbline.people.rules.roles import Role
from plumbline.shared import dates
from tests.factories.cast import Cast
from tests.factories.reports import make_report, make_reported_round
from tests.integration.conftest import SignedIn

pytestmark = pytest.mark.django_db
SAID = {
    "capacity": "Independent reviewing officer",
    "sample_size": 4,
    "sample": "Every third audit, beside the record.",
    "quality": "Visits are written so that a stranger could follow them.",
    "timeliness": "Two of four visits were written a week late.",
    "challenge": "Why is a late record graded good?",
}


def boxes() -> dict[str, str]:
    day = dates.today()
    return {"looked_on_day": str(day.day), "looked_on_month": str(day.month), "looked_on_year": str(day.year)}


def outsider(cast: Cast) -> Person:
    return cast.by_role[Role.REVIEWING_OFFICER]


def test_a_look_from_outside_and_what_was_changed_stand_on_the_round_and_in_its_report(cast: Cast) -> None:
    of = make_reported_round(cast, counted=12)
    report = make_report(cast, of)
    page, looking = f"/rounds/{of.public_id}", SignedIn(outsider(cast))
    officer = SignedIn(cast.qa_officer)
    assert "Nobody independent of the round has looked at it yet." in officer.get(page).content.decode()
    looking.post(f"{page}/oversight", SAID | boxes())
    look = Oversight.objects.as_system("recording").get()
    address = f"/oversight/{look.public_id}/answer"
    assert address in officer.get("/").content.decode()
    officer.post(address, {"answer": "Grading now looks at when a record was written."})
    for shown in (page, f"/reports/{report.public_id}"):
        said = officer.get(shown).content.decode()
        for words in (*(str(one) for one in SAID.values()), "Grading now looks at when"):
            assert words in said, (shown, words)
    # The report says as what somebody looked, never who.
    assert look.by.name not in str(content_of(report).figures)


@pytest.mark.parametrize("part", ["auditor", "worker", "manager", "wrote", "proposed"])
def test_nobody_with_a_part_in_the_round_can_oversee_it(cast: Cast, part: str) -> None:
    of, somebody = make_reported_round(cast, counted=1), outsider(cast)
    if part == "wrote":
        make_report(cast, of)
        somebody = cast.qa_officer
    elif part == "proposed":
        of.proposed_by = somebody
        of.save()
    else:
        of.audits._every_row().update(**{part: somebody})
    with pytest.raises(NotIndependent):
        record_oversight(by=somebody, round=of, looked_on=dates.today(), **SAID)  # type: ignore[arg-type]
    assert not Oversight.objects.as_system("recording").exists()


def test_a_challenge_is_answered_once_and_never_by_whoever_made_it(cast: Cast) -> None:
    of = make_reported_round(cast, counted=1)
    look = record_oversight(by=cast.qa_lead, round=of, looked_on=dates.today(), **SAID)  # type: ignore[arg-type]
    with pytest.raises(NotIndependent):
        answer_oversight(by=cast.qa_lead, oversight=look, answer="Nothing")
    officer, address = SignedIn(cast.qa_officer), f"/oversight/{look.public_id}/answer"
    officer.post(address, {"answer": "The first answer"})
    assert "already" in officer.post(address, {"answer": "Another"}, follow=True).content.decode()
    assert Oversight.objects.as_system("recording").get().answer == "The first answer"


def test_a_social_worker_reads_no_oversight_and_an_auditor_records_none(cast: Cast) -> None:
    of = make_reported_round(cast, counted=1)
    assert (
        "Independent oversight"
        not in SignedIn(cast.people["sam"]).get(f"/rounds/{of.public_id}").content.decode()
    )
    assert SignedIn(cast.amira).get(f"/rounds/{of.public_id}/oversight").status_code == 403
