"""What binds a report to its words and figures: one digest over all of them."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def digest_of_report(parts: Mapping[str, Any]) -> str:
    """The SHA-256 of the words and figures, whatever the order of keys, as 64 hex digits."""
    written = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
