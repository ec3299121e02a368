"""Practice on an invented case: a whole audit on the same pages, that nothing else in the product ever meets."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plumbline.audits.actions.practice import begin_practice, remove_old_practice, save_practice
from plumbline.audits.files.practice_cases import practice_cases
from plumbline.audits.models import PracticeAudit
from plumbline.keeping.exporting import export_everything
from plumbline.shared import dates
from tests.factories.audits import TOOL, make_tool
from tests.factories.cast import Cast
from tests.integration.conftest import SignedIn

TABLE = PracticeAudit._meta.db_table
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
# What practice may write to: its own table, who did what, and the session that carries what is said to its owner.
ITS_OWN = {TABLE, "event_log_event", "event_log_chainhead", "django_session"}
# The only modules that may know of practice.
KNOW_OF_IT = {
    "actions/practice.py",
    "models/__init__.py",
    "models/practice.py",
    "presenters/practice.py",
    "queries/practice.py",
    "views/practice.py",
}
JUDGED = [
    (section["key"], one["key"], one.get("answer", "judgement"))
    for section in TOOL["sections"]
    for one in section["questions"]
]


def practices() -> Any:
    return PracticeAudit.objects.as_system("practice")


def do_all_of_it(client: SignedIn) -> str:
    """Begins and finishes a practice audit as its owner does, page by page; its address."""
    begun = client.post("/practice", {"case": "kite", "tool": make_tool().public_id})
    here = str(begun["Location"])
    for section in ("life", "change", "facts"):
        typed = {}
        for key, kind in [(key, kind) for of, key, kind in JUDGED if of == section]:
            typed[f"{key}-version"] = "0"
            if kind == "judgement":
                typed |= {f"{key}-judgement": "met", f"{key}-evidence": "The drawing"}
            else:
                typed[f"{key}-text"] = "cp" if kind == "choice" else "Ask Kite"
        client.post(f"{here}/sections/{section}/draft", typed)
        client.post(f"{here}/sections/{section}", typed)
    today = dates.today()
    day = {"held_on_day": today.day, "held_on_month": today.month, "held_on_year": today.year}
    client.post(f"{here}/discussion", {"held": "yes", "who": "Worker", "mode": "together", **day})
    on = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    for of in ("child", "parent"):
        said = {"of": of, "method": "meeting", "outcome": "given", "words": "Wednesdays", "consent": "agreed"}
        client.post(f"{here}/voices/add", said | on)
    client.post(f"{here}/grades", {"grade-life": "good", "grade-change": "good"})
    client.post(f"{here}/grades/overall", {"grade-overall": "good"})
    client.post(f"{here}/check")
    return here


def test_a_new_auditor_does_a_whole_audit_marked_as_practice_on_every_page(
    cast: Cast, client_of: type[SignedIn]
) -> None:
    client = client_of(cast.amira)
    begun = str(client.post("/practice", {"case": "kite", "tool": make_tool().public_id})["Location"])
    for page in (
        "",
        "/record",
        "/sections/life",
        "/discussion",
        "/voices",
        "/voices/add",
        "/grades",
        "/check",
    ):
        shown = client.get(f"{begun}{page}").content.decode()
        assert "<strong>Practice.</strong>" in shown, page
        assert "/audits/" not in shown, page
        assert "Raise an immediate concern" not in shown, page
    here = do_all_of_it(client)
    page = client.get(here).content.decode()
    for said in ("<strong>Practice.</strong>", "What there was to notice", "Wednesdays", "The drawing"):
        assert said in page
    assert practices().filter(finished_at__isnull=False).count() == 1
    # Once it is finished it is read, not written.
    assert client.get(f"{here}/sections/life").status_code == 302


def test_nobody_but_its_owner_reaches_it_and_its_owner_deletes_it(
    cast: Cast, client_of: type[SignedIn]
) -> None:
    made = begin_practice(by=cast.amira, tool=make_tool(), case="kite")
    for other in (cast.qa_lead, cast.ben):
        assert client_of(other).get(f"/practice/{made.public_id}").status_code == 404
        assert client_of(other).post(f"/practice/{made.public_id}/delete").status_code == 404
        assert made.public_id not in client_of(other).get("/practice").content.decode()
    client_of(cast.amira).post(f"/practice/{made.public_id}/delete")
    assert not practices().exists()


def test_practice_writes_to_no_table_but_its_own(cast: Cast, client_of: type[SignedIn]) -> None:
    make_tool()
    client = client_of(cast.amira)
    with CaptureQueriesContext(connection) as queries:
        here = do_all_of_it(client)
        client.post(f"{here}/delete")
    written = {found[1] for one in queries if (found := WRITES.match(one["sql"]))}
    assert TABLE in written
    assert written <= ITS_OWN


def test_nothing_else_in_the_product_reads_practice(cast: Cast) -> None:
    # No figure, list, report or search can count what no other module names and no other table leads to.
    code = Path(settings.BASE_DIR) / "plumbline"
    named = {
        str(path.relative_to(code / "audits"))
        for path in code.rglob("*.py")
        if "migrations" not in path.parts
        and re.search(rf"PracticeAudit\b|{TABLE}\b", path.read_text(encoding="utf-8"))
        and path != code / "keeping" / "exporting.py"
    }
    assert named <= KNOW_OF_IT
    ways = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields(include_hidden=False)
        if field.is_relation and field.related_model is PracticeAudit
    ]
    assert ways == []


def test_no_page_of_anybody_asks_for_practice_and_no_export_holds_it(
    cast: Cast, client_of: type[SignedIn], tmp_path: Path
) -> None:
    begin_practice(by=cast.amira, tool=make_tool(), case="kite")
    pages = (
        "/",
        "/this-month",
        "/rounds",
        "/programme",
        "/moderation",
        "/reports",
        "/search?q=PRACTICE",
        "/standards",
    )
    for person in (cast.amira, cast.qa_lead):
        client = client_of(person)
        with CaptureQueriesContext(connection) as queries:
            for page in pages:
                assert client.get(page).status_code in (200, 404), page
        assert not [one for one in queries if TABLE in one["sql"]]
    assert TABLE not in export_everything(tmp_path / "export")


def test_practice_goes_a_month_after_it_was_last_written_in(cast: Cast) -> None:
    old, new = (begin_practice(by=cast.amira, tool=make_tool(), case="tern") for _ in range(2))
    practices().filter(pk=old.pk).update(changed_at=timezone.now() - timedelta(days=31))
    assert remove_old_practice() == 1
    assert remove_old_practice() == 0
    save_practice(by=cast.amira, practice=new, answers={"heard": {"judgement": "met"}})
    assert practices().get().work == {"answers": {"heard": {"judgement": "met"}}}


@pytest.mark.parametrize("key", list(practice_cases()))
def test_each_invented_case_has_what_an_audit_asks_about(key: str) -> None:
    one = practice_cases()[key]
    assert len(one.record) >= 6
    assert all(row.keys() == {"when", "text"} for row in one.record)
    assert len(one.heard) >= 2
    assert one.talk
    assert len(one.look_for) >= 4
