"""How an event is turned into the bytes that are hashed, and what the first link is."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64
CHAINED = (
    "at",
    "actor",
    "kind",
    "action",
    "object_type",
    "object_id",
    "relation",
    "route",
    "request_id",
    "rows",
    "detail",
)


def link(previous_hash: str, values: dict[str, Any]) -> str:
    """The SHA-256 of the previous link and the event's values, as 64 hex digits."""
    plain = {name: values[name] for name in CHAINED}
    at: datetime = plain["at"]
    plain["at"] = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous_hash}\n{text}".encode()).hexdigest()


@dataclass(frozen=True)
class Head:
    """How far the chain had come at a moment. Written down elsewhere, it shows a log that was made anew as a whole."""

    count: int
    hash: str

    def __str__(self) -> str:
        return f"{self.count}:{self.hash}"


def head_from(text: str) -> Head:
    """The head written as COUNT:HASH.

    Raises: ValueError for anything else.
    """
    found = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", text.strip())
    if found is None:
        raise ValueError("A head is a number of events, a colon and 64 hex digits.")
    return Head(int(found[1]), found[2])
