"""Loading on the page: files checked first, spellings explained once, all of it loaded once or nothing."""

import os
import stat
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from plumbline.event_log.models import Event
from plumbline.indicators.actions import upload_work, uploads
from plumbline.indicators.models import Extract, ExtractUpload, SpellingChoice
from plumbline.indicators.queries.places import files_of
from plumbline.indicators.queries.uploads import DEAD_AFTER
from plumbline.people.rules.roles import Role
from plumbline.work import tasks
from plumbline.work.models import Job, JobState
from tests.factories.cast import Cast
from tests.factories.extracts import write_ssd

AT = {"as_at_day": "31", "as_at_month": "3", "as_at_year": "2026", "child_population": "10000"}


@pytest.fixture
def client(cast: Cast, var: Path, client_of: Any) -> Any:
    """The analyst's."""
    return client_of(cast.analyst)


def give(client: Any, tmp_path: Path, *, key: str = "k1", source: str = "") -> str:
    """Gives the files, and the address they are then found at; `source` is written as each referral's source."""
    folder = write_ssd(tmp_path / "given")
    if source:
        file = folder / "ssd_cin_episodes.csv"
        head, *rows = file.read_text(encoding="utf-8").splitlines()
        lines = [f"{head},cine_referral_source_code", *(f"{row},{source}" for row in rows)]
        file.write_text("\n".join(lines), encoding="utf-8")
    files = [SimpleUploadedFile(one.name, one.read_bytes()) for one in sorted(folder.iterdir())]
    answer = client.post("/extracts/load", {"chosen": files, "key": key, **AT})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def work() -> Job:
    """Runs the work that was asked for last."""
    job: Any = Job.objects.as_system("background-work").order_by("-pk")
    tasks.run_job.func(job[0].public_id)
    return job.all()[0]  # type: ignore[no-any-return]


def text(page: Any) -> str:
    return " ".join(page.content.decode().split())


def loaded() -> Any:
    return Extract.objects.as_system("extract")


def test_files_are_checked_then_loaded_once_and_deleted(client: Any, tmp_path: Path) -> None:
    address = give(client, tmp_path)
    assert "The files are being checked" in text(client.get(address))
    assert work().state == JobState.DONE
    upload = ExtractUpload.objects.get()
    for path in (files_of(upload.public_id), *files_of(upload.public_id).iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    page = text(client.get(address))
    assert "Standard Safeguarding Dataset" in page
    assert "R-orphan" in page
    assert "indicators rest on this table." in page
    assert 'value="ssd-2026-03"' in page
    assert loaded().count() == 0
    press = {"do": "load", "name": "march-2026", "seen": upload.report["digest"]}
    for _ in range(2):
        client.post(address, press)
    assert Job.objects.as_system("background-work").filter(kind=uploads.LOAD).count() == 1
    assert work().result.startswith("march-2026 is loaded")
    row = loaded().get()
    assert (row.loaded_by_id, row.child_population, row.as_at.isoformat()) == (
        upload.owner_id,
        10_000,
        "2026-03-31",
    )
    assert not files_of(upload.public_id).exists()
    assert "march-2026 and its quality" in text(client.get(address))
    assert Event._base_manager.filter(action="extract.load", kind="action").count() == 1


def test_the_same_form_sent_twice_keeps_the_files_once_and_the_same_records_load_once(
    client: Any, tmp_path: Path
) -> None:
    assert give(client, tmp_path) == give(client, tmp_path)
    work()
    upload = ExtractUpload.objects.get()
    uploads.start_load(by=upload.owner, upload=upload, name="one", seen=upload.report["digest"])
    work()
    again = give(client, tmp_path, key="k2")
    work()
    assert "These records are loaded already, as" in text(client.get(again))
    second = ExtractUpload.objects.order_by("-pk")[0]
    with pytest.raises(uploads.NotReady):
        uploads.start_load(by=second.owner, upload=second, name="two", seen=second.report["digest"])


def test_nothing_is_loaded_until_each_unknown_spelling_is_explained_once_or_left_out(
    client: Any, tmp_path: Path
) -> None:
    address = give(client, tmp_path, source="By pigeon")
    work()
    page = text(client.get(address))
    assert "“by pigeon” as" in page
    assert "Met 97 times" in page
    assert "Name of the extract" not in page
    upload = ExtractUpload.objects.get()
    with pytest.raises(uploads.NotReady):
        uploads.start_load(by=upload.owner, upload=upload, name="one", seen=upload.report["digest"])
    client.post(address, {"do": "spellings", "spelling_0": ""})
    assert SpellingChoice.objects.count() == 0
    client.post(address, {"do": "spellings", "spelling_0": "left-out"})
    work()
    page = text(client.get(address))
    assert "met 97 times" in page
    assert "Name of the extract" in page
    assert "Left empty" in text(client.get("/extracts/spellings"))
    # Remembered: the next load does not ask, until somebody takes it back.
    assert upload_work.spelling_choices() == {("referral_source", "by pigeon"): ""}
    client.post("/extracts/spellings", {"choice": SpellingChoice.objects.get().pk})
    client.post(address, {"do": "check"})
    work()
    assert "What do these mean?" in text(client.get(address))


def test_a_load_that_is_cancelled_leaves_nothing_and_can_be_started_again(
    client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = give(client, tmp_path)
    work()
    upload = ExtractUpload.objects.get()
    uploads.start_load(by=upload.owner, upload=upload, name="one", seen=upload.report["digest"])
    Job.objects.as_system("background-work").filter(kind=uploads.LOAD).update(cancel_asked_at=timezone.now())
    assert work().state == JobState.CANCELLED
    assert loaded().count() == 0
    assert list((files_of("").parent / "extracts").iterdir()) == []
    page = text(client.get(address))
    assert "Stopped after" in page
    assert "Name of the extract" in page


def test_work_that_died_with_its_process_can_be_started_again(client: Any, tmp_path: Path) -> None:
    address = give(client, tmp_path)
    jobs: Any = Job.objects.as_system("background-work")
    jobs.update(state=JobState.RUNNING, cancel_asked_at=timezone.now())
    client.post(address, {"do": "check"})
    assert jobs.count() == 1
    jobs.update(cancel_asked_at=timezone.now() - DEAD_AFTER)
    assert "Check again" in text(client.get(address))
    client.post(address, {"do": "check"})
    assert work().state == JobState.DONE
    assert "Name of the extract" in text(client.get(address))


def test_nobody_else_reaches_the_files_and_they_go_after_a_day(
    client: Any, cast: Cast, client_of: Any, tmp_path: Path
) -> None:
    address = give(client, tmp_path)
    other = cast.add("other_analyst", "qa", Role.ANALYST, whole_council=True)
    assert client_of(other).get(address).status_code == 404
    assert client_of(cast.qa_lead).get(address).status_code == 403
    upload = ExtractUpload.objects.get()
    assert uploads.remove_old_uploads() == 0
    ExtractUpload.objects.update(made_at=timezone.now() - uploads.KEPT_FOR * 2)
    os.utime(files_of(upload.public_id), (0, 0))
    uploads.remove_old_uploads()
    assert not files_of(upload.public_id).exists()
    assert client.get(address).status_code == 404


def test_files_that_are_no_return_say_what_to_do(client: Any, var: Path) -> None:
    answer = client.post("/extracts/load", {"key": "k"})
    assert "Select the files of one return" in text(answer)
    file = SimpleUploadedFile("notes.csv", b"a,b\n1,2\n")
    address = client.post("/extracts/load", {"chosen": [file], "key": "k"})["Location"]
    work()
    page = text(client.get(address))
    assert "None of the files is one that can be read." in page
    assert "Name of the extract" not in page
    client.post(address, {"do": "discard"})
    assert ExtractUpload.objects.count() == 0
