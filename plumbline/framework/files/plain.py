"""Definitions as plain mappings: the shape of our YAML files, and the digest that knows content again."""

import hashlib
import json
from dataclasses import fields
from datetime import date
from enum import StrEnum

from plumbline.framework.files.content import Content, FileKind, StandardSet
from plumbline.framework.rules.cadence import Cadence, Event, Every, Minimum, Range, Yearly, to_dict

# Cadences write themselves; all else is written field by field.
_CADENCES = (Every, Range, Minimum, Yearly, Event)


def kind_of(content: Content) -> FileKind:
    """What the content defines."""
    return FileKind.STANDARDS if isinstance(content, StandardSet) else FileKind.SCHEDULE


def as_plain(content: Content) -> dict[str, object]:
    """The content as mappings, lists, texts, numbers and dates in the order of our files, without blanks."""
    return {"kind": kind_of(content).value, **_mapping(content)}


def _mapping(value: object) -> dict[str, object]:
    written = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}  # type: ignore[arg-type]
    return {key: part for key, part in written.items() if part not in (None, "", [])}


def _plain(value: object) -> object:
    if isinstance(value, _CADENCES):
        return _cadence(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if value is None or isinstance(value, str | int | date):
        return value
    return _mapping(value)


def _cadence(cadence: Cadence) -> dict[str, object]:
    return to_dict(cadence)


def content_digest(content: Content) -> str:
    """The SHA-256 of the content, the same for the same content whatever file it came in.

    Unit: 64 hexadecimal digits.
    """
    plain = json.dumps(
        as_plain(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
    )
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()
