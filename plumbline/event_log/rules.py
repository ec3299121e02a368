"""How an event is turned into the bytes that are hashed, and what the first link is."""

import hashlib
import json
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
