"""Runs long work and periodic jobs until it is told to stop."""

import signal
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from plumbline.work.schedule import run_due

PAUSE_SECONDS = 15


class Command(BaseCommand):
    help = (
        "Runs queued work in a process of its own, and periodic jobs when they are due. Stop it with SIGTERM."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        worker = subprocess.Popen(
            [
                sys.executable,
                str(settings.BASE_DIR / "manage.py"),
                "db_worker",
                "--verbosity",
                "0",
                "--no-startup-delay",
            ]
        )
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            while worker.poll() is None:
                close_old_connections()
                run_due()
                time.sleep(PAUSE_SECONDS)
            sys.exit(worker.returncode)
        except KeyboardInterrupt:
            pass
        finally:
            worker.terminate()
            worker.wait()
