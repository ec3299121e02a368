"""What every test run shares: settings before Django starts, no network, and the named cast."""

import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

STATE = Path(tempfile.gettempdir()) / f"plumbline-tests-{os.getuid()}"
os.environ.setdefault("PLUMBLINE_VAR", str(STATE))
os.environ["PLUMBLINE_DEMO"] = "1"
os.environ["PLUMBLINE_SECRET_KEY"] = "only-for-tests-" + "0123456789abcdefghijklmnopqrstuvwxyz"
os.environ.setdefault("PLUMBLINE_COUNCIL", "Fernshire Council")


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Any connection that leaves this machine fails."""
    real = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and str(address[0]) not in ("127.0.0.1", "::1", "localhost"):
            raise RuntimeError(f"A test tried to reach {address[0]}.")
        real(self, address)  # type: ignore[arg-type]

    socket.socket.connect = guarded  # type: ignore[assignment, method-assign]
    yield
    socket.socket.connect = real  # type: ignore[method-assign]
