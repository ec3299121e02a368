"""What stands for a child or a worker in an extract: their own number, or a keyed hash of it."""

import hashlib
import hmac

from indicator_engine.tables import Column, RecordTable

_PERSON = ("ssd_person", "pers_person_id")
# Numbers that name a child in other systems. They are hashed apart from the person's own number.
_OTHER_NUMBERS = {"pers_upn", "pers_single_unique_id", "pers_legacy_id", "send_upn"}
_LENGTH = 20
SHORTEST_KEY = 16


class Ready(str):
    """An identifier that a reader has cleaned and hashed already."""

    __slots__ = ()


class Pseudonyms:
    """Stands a keyed hash (HMAC-SHA256) in for each identifier; without a key every identifier stays as it is."""

    def __init__(self, key: bytes | None) -> None:
        if key is not None and len(key) < SHORTEST_KEY:
            raise ValueError(f"The key must have at least {SHORTEST_KEY} bytes.")
        self._key = key
        self._known: dict[tuple[str, str], str] = {}

    @property
    def are_used(self) -> bool:
        """Whether there is a key."""
        return self._key is not None

    def hashes(self, table: RecordTable, column: Column) -> bool:
        """Whether the column names a person and so is hashed when there is a key."""
        names_person = (table.name, column.name) == _PERSON or column.refers_to == _PERSON
        return self.are_used and (names_person or column.name in _OTHER_NUMBERS)

    def of(self, identifier: str, kind: str = "person") -> str:
        """What stands for the identifier: the same for the same key and kind, in every file and year."""
        if self._key is None:
            return identifier
        known = self._known.get((kind, identifier))
        if known is None:
            known = hmac.new(self._key, f"{kind}:{identifier}".encode(), hashlib.sha256).hexdigest()[:_LENGTH]
            self._known[kind, identifier] = known
        return known

    def of_name(self, name: str) -> str:
        """What stands for a worker's name, which is never stored: a hash, keyed where there is a key."""
        digest = (
            hmac.new(self._key, b"name:" + name.casefold().encode(), hashlib.sha256)
            if self._key
            else hashlib.sha256(b"name:" + name.casefold().encode())
        )
        return f"W-{digest.hexdigest()[:12]}"
