"""What is typed into a form about an audit or a report stays until it is saved or discarded, for its writer alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from plumbline.audits.models import Discussion, FormDraft, Moderation, ReportText
from plumbline.people.models import Person
from tests.factories.audits import complete, make_audit
from tests.factories.cast import Cast
from tests.factories.reports import make_report, make_reported_round

WORDS = "He waits at the window <every> Friday."
SHOWN = "He waits at the window &lt;every&gt; Friday."


def talk(cast: Cast) -> tuple[Person, str, str]:
    return cast.amira, f"/audits/{make_audit(cast).public_id}/discussion", "notes"


def voice(cast: Cast) -> tuple[Person, str, str]:
    return cast.amira, f"/audits/{make_audit(cast).public_id}/voices/add", "words"


def grade_reason(cast: Cast) -> tuple[Person, str, str]:
    return cast.amira, f"/audits/{complete(make_audit(cast)).public_id}/grades", "grade-life-reason"


def concern(cast: Cast) -> tuple[Person, str, str]:
    return cast.amira, f"/audits/{make_audit(cast).public_id}/concern?question=heard", "text"


def reply(cast: Cast) -> tuple[Person, str, str]:
    return cast.ben, f"/audits/{make_audit(cast, state='shared').public_id}/reply", "text"


def analysis(cast: Cast) -> tuple[Person, str, str]:
    report = make_report(cast, make_reported_round(cast))
    return cast.qa_officer, f"/reports/{report.public_id}/write/grades", "text"


PLACES = (talk, voice, grade_reason, concern, reply, analysis)


def keep(client: Client, address: str, **typed: str) -> Any:
    return client.post(f"{address}{'&' if '?' in address else '?'}draft=keep", typed)


@pytest.mark.parametrize("place", PLACES, ids=lambda one: one.__name__)
def test_what_was_typed_into_a_form_is_there_when_it_is_opened_again(
    cast: Cast, client_of: Any, place: Callable[[Cast], tuple[Person, str, str]]
) -> None:
    writer, address, box = place(cast)
    client = client_of(writer)
    assert SHOWN not in client.get(address).content.decode()
    kept = keep(client, address, **{box: WORDS})
    assert kept.status_code == 202
    assert kept.json()["saved"]
    # Signed out and in again, at another machine.
    page = client_of(writer).get(address).content.decode()
    assert SHOWN in page
    assert "It is not saved yet" in page


@pytest.mark.parametrize("place", PLACES, ids=lambda one: one.__name__)
def test_what_was_typed_can_be_discarded(
    cast: Cast, client_of: Any, place: Callable[[Cast], tuple[Person, str, str]]
) -> None:
    writer, address, box = place(cast)
    client = client_of(writer)
    keep(client, address, **{box: WORDS})
    answered = client.post(f"{address}{'&' if '?' in address else '?'}draft=discard")
    assert answered["Location"] == address
    assert not FormDraft.objects.exists()
    page = client.get(address).content.decode()
    assert SHOWN not in page
    assert "It is not saved yet" not in page


def test_a_draft_changes_nothing_in_the_record(cast: Cast, client_of: Any) -> None:
    writer, address, _ = talk(cast)
    keep(client_of(writer), address, held="yes", who="Worker", notes=WORDS)
    assert not Discussion.objects.exists()


def test_saving_the_form_ends_its_draft(cast: Cast, client_of: Any) -> None:
    writer, address, _ = talk(cast)
    client = client_of(writer)
    typed = {"held": "no", "reason_not_held": WORDS, "mode": "together"}
    keep(client, address, **typed)
    client.post(address, typed)
    assert Discussion.objects.get().reason_not_held == WORDS
    assert not FormDraft.objects.exists()


def test_a_form_sent_back_with_an_error_keeps_its_draft(cast: Cast, client_of: Any) -> None:
    writer, address, _ = talk(cast)
    client = client_of(writer)
    keep(client, address, held="no", notes=WORDS)
    assert "Enter why there was no talk" in client.post(address, {"held": "no"}).content.decode()
    assert FormDraft.objects.count() == 1


def test_only_who_typed_it_sees_it(cast: Cast, client_of: Any) -> None:
    writer, address, box = talk(cast)
    keep(client_of(writer), address, **{box: WORDS})
    page = client_of(cast.qa_lead).get(address)
    assert page.status_code == 200
    assert SHOWN not in page.content.decode()


def test_who_may_not_write_there_keeps_no_draft_there(cast: Cast, client_of: Any) -> None:
    _, address, box = talk(cast)
    assert keep(client_of(cast.cath), address, **{box: WORDS}).status_code == 404
    assert keep(client_of(cast.ben), address, **{box: WORDS}).status_code in (403, 404)
    assert keep(Client(), address, **{box: WORDS}).status_code == 403
    assert not FormDraft.objects.exists()


def test_a_day_half_typed_is_kept_as_it_stands(cast: Cast, client_of: Any) -> None:
    writer, address, _ = talk(cast)
    client = client_of(writer)
    keep(client, address, held="yes", held_on_day="31", held_on_month="", held_on_year="")
    page = client.get(address).content.decode()
    assert 'value="31"' in page


def test_a_part_of_a_report_written_on_an_earlier_version_still_meets_the_other_text(
    cast: Cast, client_of: Any
) -> None:
    writer, address, _ = analysis(cast)
    client = client_of(writer)
    keep(client, address, text=WORDS, version="0")
    client_of(cast.qa_lead).post(address, {"text": "Hers.", "version": "0"})
    page = client.get(address).content.decode()
    assert SHOWN in page
    assert 'name="version" value="0"' in page
    assert (
        "saved this part while you were writing"
        in client.post(address, {"text": WORDS, "version": "0"}).content.decode()
    )
    assert ReportText.objects.get(part="grades").text == "Hers."


def test_a_second_rating_is_kept_and_stays_blind(cast: Cast, client_of: Any) -> None:
    audit = complete(make_audit(cast, state="in_moderation"))
    row = Moderation.objects.create(audit=audit, why="lowest", moderator=cast.moderator, due_on=audit.due_on)
    address, client = f"/moderation/{row.public_id}/judge", client_of(cast.moderator)
    keep(client, address, heard="not_met")
    assert "It is not saved yet" in client.get(address).content.decode()
    row.refresh_from_db()
    assert row.judgements == {}


def test_a_draft_goes_with_the_audit_it_is_about(cast: Cast, client_of: Any) -> None:
    writer, address, box = talk(cast)
    keep(client_of(writer), address, **{box: WORDS})
    FormDraft.objects.get().audit.delete()  # type: ignore[union-attr]
    assert not FormDraft.objects.exists()


def test_the_page_left_open_over_a_new_sign_in_gets_its_new_token(cast: Cast, client_of: Any) -> None:
    writer, address, _ = talk(cast)
    assert client_of(writer).get(f"{address}?draft=keep").json()["token"]


def test_names_on_the_cover_sheet_are_kept_nowhere_else(cast: Cast, client_of: Any) -> None:
    audit = make_audit(cast)
    client = client_of(cast.amira)
    begun = client.post(f"/audits/{audit.public_id}/cover/begin")["Location"]
    assert "data-draft" not in client.get(begun).content.decode()
