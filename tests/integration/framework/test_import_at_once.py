"""Two processes press the same button at the same moment: one import comes of it."""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from plumbline.event_log.models import Event
from plumbline.framework.actions.uploads import keep_upload
from plumbline.framework.models import StandardSet
from plumbline.framework.queries.uploads import plan_of
from tests.factories.cast import make_cast
from tests.integration.framework.definition_files import standards_file

PRESS = """
import sys, time
from pathlib import Path
import django
django.setup()
from plumbline.event_log.models import Event
from plumbline.framework.actions.import_framework import import_framework
from plumbline.framework.actions.uploads import import_upload
from plumbline.framework.models import FrameworkUpload, StandardSet
from plumbline.framework.queries.uploads import plan_of
folder, me, what = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
upload = FrameworkUpload.objects.select_related("owner").get()
seen, data = plan_of(upload).fingerprint, bytes(upload.data)
(folder / f"ready-{me}").touch()
while not (folder / "go").exists():
    time.sleep(0.001)
if what == "confirm":
    import_upload(by=upload.owner, upload=upload, seen=seen)
else:
    import_framework(by=None, data=data, publish=True)
sets = StandardSet._base_manager.values_list("version", "state")
events = Event._base_manager.filter(kind="action", action="framework.import").count()
print(list(sets), events)
"""


def database_for_processes(folder: Path) -> str:
    """The address of the test's database for other processes; SQLite's stands in memory and is copied out."""
    known = connection.settings_dict
    if connection.vendor == "postgresql":
        user = f"{quote(known['USER'])}@" if known["USER"] else ""
        return f"postgresql://{user}/{known['NAME']}?host={quote(known['HOST'], safe='')}"
    path = folder / "copy.sqlite3"
    # A backup would wait for the test's own transaction to end.
    path.write_bytes(connection.connection.serialize())
    return f"sqlite:///{path}"


# SQLite's rows are copied out, so they need no commit, nor an event log that can be emptied afterwards.
IS_COPIED = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


@pytest.mark.django_db(transaction=not IS_COPIED)
@pytest.mark.parametrize(("what", "state"), [("confirm", "draft"), ("import", "published")])
def test_two_at_the_same_moment_make_one_version_and_one_event(what: str, state: str, tmp_path: Path) -> None:
    upload = keep_upload(by=make_cast().qa_lead, name="standards.yaml", data=standards_file())
    assert plan_of(upload).would_change
    environment = os.environ | {
        "DATABASE_URL": database_for_processes(tmp_path),
        "DJANGO_SETTINGS_MODULE": "plumbline.config.settings",
    }
    both = [
        subprocess.Popen(
            [sys.executable, "-c", PRESS, str(tmp_path), str(me), what],
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for me in range(2)
    ]
    while len(list(tmp_path.glob("ready-*"))) < 2 and all(one.poll() is None for one in both):
        time.sleep(0.01)
    (tmp_path / "go").touch()
    said = [one.communicate(timeout=120) for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert said[0][0] == said[1][0] == f"[('1', '{state}')] 1\n"
    if connection.vendor == "postgresql":
        assert StandardSet._base_manager.count() == 1
        assert Event._base_manager.filter(kind="action", action="framework.import").count() == 1
