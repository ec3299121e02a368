"""Prepares the state folder and serves Plumbline: what `make run` does after installing."""

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("PLUMBLINE_DEMO", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plumbline.config.settings")
PORT = os.environ.setdefault("PORT", "8000")


def prepare() -> None:
    """Brings database, definitions, demo council and static files up to date; quick when they are."""
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    django.setup()
    settings.VAR.mkdir(parents=True, exist_ok=True)
    call_command("check", fail_level="ERROR", verbosity=0)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database...", flush=True)
        call_command("migrate", verbosity=0)
    # Also where somebody ran the migrations by hand: without it nobody can sign in.
    call_command("createcachetable", verbosity=0)
    if settings.DEMO:
        call_command("load_demo", if_empty=True)
    else:
        call_command("load_shipped", verbosity=0)
    collect_static_files()
    from django.db import connections

    connections.close_all()
    print(f"\nPlumbline is at http://127.0.0.1:{PORT}/  (stop it with Ctrl+C)", flush=True)
    if settings.DEMO:
        from plumbline.demo.accounts import DEMO_PASSWORD, demo_accounts

        print(f"Demo accounts, all with the password {DEMO_PASSWORD}:")
        for account in demo_accounts():
            print(f"  {account.email:<42} {account.role}")
        connections.close_all()
    sys.stdout.flush()


def collect_static_files() -> None:
    """Hashes, compresses and copies the static files when any of them is another than the last time."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = sorted(
        f"{path} {storage.size(path)} {storage.get_modified_time(path)}"
        for finder in get_finders()
        for path, storage in finder.list([])
    )
    seen, now = settings.VAR / "static.sha256", hashlib.sha256("\n".join(found).encode()).hexdigest()
    if settings.STATIC_ROOT.is_dir() and seen.is_file() and seen.read_text() == now:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    seen.write_text(now)


def stop(number: int, _frame: object) -> None:
    """Ends the service when this process is told to stop, so that nothing is left serving behind it."""
    raise SystemExit(128 + number)


def main() -> None:
    prepare()
    signal.signal(signal.SIGTERM, stop)
    worker = subprocess.Popen([sys.executable, str(ROOT / "manage.py"), "work_in_background"])
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "--config",
            str(ROOT / "plumbline" / "config" / "gunicorn.py"),
            "plumbline.config.wsgi",
        ]
    )
    try:
        server.wait()
    except KeyboardInterrupt:
        pass  # the whole group was told, so the server is already closing
    finally:
        for child in (server, worker):
            child.terminate()
        for child in (server, worker):
            child.wait()


if __name__ == "__main__":
    main()
