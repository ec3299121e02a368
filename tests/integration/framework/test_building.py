"""The next version of the standards, built on the pages: begin a draft, add and remove criteria, put it in force."""

from datetime import date
from typing import Any

import pytest

from plumbline.framework.actions import building
from plumbline.framework.actions.import_framework import import_framework
from plumbline.framework.actions.standards import add_note
from plumbline.framework.models import Criterion, SetState, StandardSet
from tests.factories.cast import Cast
from tests.integration.conftest import SignedIn
from tests.integration.framework.definition_files import criterion, standards_file

NEW = {
    "number": "1.1",
    "text": "We tell the child what we decided and why.",
    "kind": "voice",
    "applies_to": ["all"],
    "good": "The child says it back in their own words.",
    "evidence": "Letters\nDirect work",
}


def sets() -> Any:
    return StandardSet.objects.as_system("framework-publish")


@pytest.fixture
def in_force(cast: Cast) -> StandardSet:
    content = standards_file(criterion("1.1"), criterion("1.2"))
    import_framework(by=None, data=content, publish=True)
    row: StandardSet = sets().get(state=SetState.PUBLISHED)
    return row


def begin(cast: Cast, row: StandardSet) -> StandardSet:
    answer = SignedIn(cast.qa_officer).post(f"/standards/sets/{row.public_id}/begin")
    draft: StandardSet = sets().get(state=SetState.DRAFT)
    assert answer["Location"] == f"/standards/sets/{draft.public_id}"
    return draft


def test_a_new_version_begins_as_a_copy_with_its_notes_and_who_added_them(
    cast: Cast, in_force: StandardSet
) -> None:
    first = in_force.criteria.get(key="1.1")
    note = add_note(by=cast.qa_lead, criterion=first, on=date(2026, 5, 1), text="Carers count too.")
    draft = begin(cast, in_force)
    assert draft.version != in_force.version
    wordings = [list(one.criteria.values_list("key", "text", "good")) for one in (draft, in_force)]
    assert wordings[0] == wordings[1]
    copied = draft.criteria.get(key="1.1").notes.get()
    assert (copied.text, copied.by, copied.added_at) == (note.text, cast.qa_lead, note.added_at)


def test_a_second_draft_is_not_begun_beside_the_first(cast: Cast, in_force: StandardSet) -> None:
    begin(cast, in_force)
    page = SignedIn(cast.qa_lead).post(f"/standards/sets/{in_force.public_id}/begin", follow=True)
    assert "There is a draft already" in page.content.decode()
    assert sets().filter(state=SetState.DRAFT).count() == 1


def test_a_criterion_added_stands_last_in_its_standard_and_a_number_used_twice_gets_a_key_of_its_own(
    cast: Cast, in_force: StandardSet
) -> None:
    draft = begin(cast, in_force)
    client = SignedIn(cast.qa_officer)
    answer = client.post(f"/standards/sets/{draft.public_id}/1/add", NEW)
    made = Criterion.objects.get(set=draft, text=NEW["text"])
    assert answer["Location"] == f"/standards/criteria/{made.public_id}"
    assert (made.number, made.key, made.evidence) == ("1.1", "1.1b", ["Letters", "Direct work"])
    listed = list(Criterion.objects.filter(set=draft, standard=made.standard).order_by("position"))
    assert listed[-1] == made
    positions = list(Criterion.objects.filter(set=draft).values_list("position", flat=True))
    assert len(set(positions)) == len(positions)
    draft.refresh_from_db(from_queryset=StandardSet._base_manager.all())
    assert draft.digest != in_force.digest


def test_a_criterion_without_words_is_not_added_and_the_page_says_why(
    cast: Cast, in_force: StandardSet
) -> None:
    draft = begin(cast, in_force)
    before = draft.criteria.count()
    page = SignedIn(cast.qa_officer).post(
        f"/standards/sets/{draft.public_id}/1/add", NEW | {"text": "", "number": "1 1"}
    )
    assert "Number must be letters and digits" in page.content.decode()
    assert draft.criteria.count() == before


def test_a_criterion_removed_from_the_draft_stays_in_the_version_in_force(
    cast: Cast, in_force: StandardSet
) -> None:
    draft = begin(cast, in_force)
    gone = draft.criteria.get(key="1.2")
    assert SignedIn(cast.qa_officer).post(f"/standards/criteria/{gone.public_id}/remove").status_code == 302
    assert not draft.criteria.filter(key="1.2").exists()
    assert in_force.criteria.filter(key="1.2").exists()


def test_nothing_is_added_to_or_removed_from_a_version_in_force(cast: Cast, in_force: StandardSet) -> None:
    client, kept = SignedIn(cast.qa_officer), in_force.criteria.get(key="1.2")
    assert client.post(f"/standards/sets/{in_force.public_id}/1/add", NEW).status_code == 403
    assert client.post(f"/standards/criteria/{kept.public_id}/remove").status_code == 403
    with pytest.raises(building.NotADraft):
        building.remove_criterion(by=cast.qa_officer, criterion=kept)
    assert in_force.criteria.filter(key="1.2").exists()


def test_what_was_built_is_put_in_force_and_the_version_before_is_kept(
    cast: Cast, in_force: StandardSet
) -> None:
    draft = begin(cast, in_force)
    SignedIn(cast.qa_officer).post(f"/standards/sets/{draft.public_id}/1/add", NEW)
    SignedIn(cast.qa_lead).post(f"/standards/sets/{draft.public_id}/publish", {"sure": "on"})
    states = dict(sets().values_list("public_id", "state"))
    assert states == {draft.public_id: SetState.PUBLISHED, in_force.public_id: SetState.RETIRED}
    assert (
        "We tell the child" in SignedIn(cast.sam).get(f"/standards/sets/{draft.public_id}/1").content.decode()
    )
