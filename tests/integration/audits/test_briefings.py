"""A briefing out of a report reaches those it is for, names nobody, and counts who has read it by team only."""

import html
from collections.abc import Callable
from typing import Any

import pytest

from plumbline.audits.actions import briefings as actions
from plumbline.audits.actions import report_words as words
from plumbline.audits.actions.reports import Leaking
from plumbline.audits.models import Audit, Briefing, BriefingRead, Quotation, Report, VoiceContact
from plumbline.audits.presenters.briefings import briefing_document
from plumbline.audits.presenters.report_blocks import texts_of
from plumbline.people.rules.roles import Role
from tests.factories.cast import Cast
from tests.factories.reports import make_report, make_reported_round
from tests.integration.audits.test_report_files import flat, pdf_text, word_text
from tests.integration.conftest import SignedIn

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "Living with neglect: what we learned",
    "looked_at": "Twelve audits of work with children living with neglect.",
    "good": "Workers know what a day is like for the child.",
    "must_change": "Plans do not say what will be different.",
    "do_now": "Write one sentence in each plan: what will be different for the child?",
}


def make_issued_report(cast: Cast) -> Report:
    """An issued report with a quotation that may be shared."""
    from plumbline.audits.actions import reports

    draft = make_report(cast, make_reported_round(cast))
    theme = words.add_theme(by=cast.qa_officer, report=draft, title="Days", text="")
    words.add_quotations(by=cast.qa_officer, theme=theme, voices=[VoiceContact.objects.first()])
    quoted = Quotation.objects.get()
    words.change_quotation(by=cast.qa_officer, quotation=quoted, text=quoted.text, is_shareable=True)
    reports.put_forward(by=cast.qa_officer, report=draft, with_shareable=False)
    return reports.issue(by=cast.qa_lead, report=draft)


def made(cast: Cast, **more: Any) -> Briefing:
    """A draft with its words, for everybody unless said otherwise."""
    report = make_issued_report(cast)
    begun = actions.begin_briefing(by=cast.qa_officer, report=report, title="Draft", looked_at="")
    return actions.write_briefing(by=cast.qa_officer, briefing=begun, **WORDS | more)


def test_a_briefing_is_written_out_of_a_report_and_waits_until_those_it_is_for_have_read_it(
    cast: Cast,
) -> None:
    report, officer = make_issued_report(cast), SignedIn(cast.qa_officer)
    assert (
        f"/briefings/begin?report={report.public_id}"
        in officer.get(f"/reports/{report.public_id}").content.decode()
    )
    officer.post("/briefings/begin", {"report": report.public_id})
    row = Briefing.objects.as_system("recording").get()
    assert row.looked_at.startswith("12 audits, ")
    # Whoever may read none is not among those it can be for.
    offered = officer.get(f"/briefings/{row.public_id}/write").content.decode()
    assert f'value="{Role.SOCIAL_WORKER.value}"' in offered
    assert f'value="{Role.SYSTEM_ADMINISTRATOR.value}"' not in offered
    page = f"/briefings/{row.public_id}"
    given = WORDS | {
        "quotations": [Quotation.objects.get().public_id],
        "roles": [Role.SOCIAL_WORKER.value],
        "units": [cast.units["safeguarding"].public_id],
    }
    officer.post(f"{page}/write", given)
    sam = SignedIn(cast.people["sam"])
    assert sam.get(page).status_code == 404
    officer.post(f"{page}/issue")
    # A service stands for its teams; an auditor is not asked, and may read it all the same.
    assert page in sam.get("/").content.decode()
    amira = SignedIn(cast.amira)
    assert page not in amira.get("/").content.decode()
    said = amira.get(page).content.decode()
    assert "I have read it" not in said
    for text in WORDS.values():
        assert text in said
    sam.post(f"{page}/read")
    sam.post(f"{page}/read")
    assert page not in sam.get("/").content.decode()
    assert BriefingRead.objects.count() == 1


def test_page_word_and_pdf_of_a_briefing_say_the_same(cast: Cast) -> None:
    row = made(cast)
    quoted = [Quotation.objects.get()]
    row = actions.write_briefing(by=cast.qa_officer, briefing=row, quotations=quoted, **WORDS)
    row = actions.issue_briefing(by=cast.qa_lead, briefing=row)
    client, page = SignedIn(cast.people["sam"]).confirmed(), f"/briefings/{row.public_id}"
    document = briefing_document(row)
    texts = [document.title, document.subtitle, *texts_of(document.blocks)]
    assert quoted[0].text in texts
    shown = html.unescape(client.get(page).content.decode())
    word = word_text(client.get(f"{page}/file/docx").content)
    pdf = pdf_text(client.get(f"{page}/file/pdf").content)
    for text in (flat(shown), flat(word), flat(pdf)):
        assert [one for one in texts if flat(one) not in text] == []


@pytest.mark.parametrize(
    ("words_of", "said"),
    [
        (lambda audit: f"As {audit.worker.name} does.", "the name of a worker"),
        (lambda audit: f"See {audit.reference}.", "a case reference"),
        (lambda audit: "Three children were not seen alone.", "a count of five or fewer"),
    ],
    ids=["a name", "a reference", "a small count"],
)
def test_nothing_goes_out_that_points_to_a_child_a_family_or_a_colleague(
    cast: Cast, words_of: Callable[[Audit], str], said: str
) -> None:
    row = made(cast)
    pointing = words_of(row.report.round.audits._every_row().first())
    row = actions.write_briefing(by=cast.qa_officer, briefing=row, **WORDS | {"good": pointing})
    with pytest.raises(Leaking):
        actions.issue_briefing(by=cast.qa_lead, briefing=row)
    page = SignedIn(cast.qa_officer).get(f"/briefings/{row.public_id}").content.decode()
    assert "Send it out" not in page
    assert f"“What is good” holds {said}" in page


def test_a_briefing_with_a_part_unwritten_does_not_go_out(cast: Cast) -> None:
    row = made(cast, good=" ")
    with pytest.raises(actions.Unfinished):
        actions.issue_briefing(by=cast.qa_lead, briefing=row)


def test_how_many_have_read_it_is_told_to_those_with_the_right_and_never_who(cast: Cast) -> None:
    row = made(cast)
    actions.issue_briefing(by=cast.qa_lead, briefing=row)
    actions.note_read(by=cast.people["sam"], briefing=row)
    page = f"/briefings/{row.public_id}"
    for person, sees in ((cast.qa_lead, True), (cast.by_role[Role.DIRECTOR], True), (cast.ben, False)):
        said = SignedIn(person).get(page).content.decode()
        assert ("people it is for have read it." in said) is sees
        assert cast.people["sam"].name not in said.split("<main", 1)[1]


def test_a_briefing_taken_back_is_asked_of_nobody_and_read_by_writers_only(cast: Cast) -> None:
    row = made(cast)
    actions.issue_briefing(by=cast.qa_lead, briefing=row)
    sam, page = SignedIn(cast.people["sam"]), f"/briefings/{row.public_id}"
    assert page in sam.get("/").content.decode()
    assert sam.post(f"{page}/withdraw").status_code == 403
    SignedIn(cast.qa_officer).post(f"{page}/withdraw")
    assert page not in sam.get("/").content.decode()
    assert sam.get(page).status_code == 404
    with pytest.raises(actions.BriefingNotInState):
        actions.issue_briefing(by=cast.qa_lead, briefing=row)
