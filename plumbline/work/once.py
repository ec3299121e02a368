"""Takes a form in once: a second press or a retry with the same key and the same words does nothing twice."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from plumbline.people.models import Person
from plumbline.work.forms import KeyedForm
from plumbline.work.models import UsedKey


def is_first_time(key: str, content: Mapping[str, object] | None = None) -> bool:
    """Whether the form's key, with this content, is new; it counts as used from now on, in the caller's transaction.

    The content belongs to the key, so that somebody who goes back and writes more is not taken for a retry.
    """
    return not key or _used(key, content)[1]


def once(by: Person, form: KeyedForm, act: Callable[[dict[str, Any]], object]) -> str:
    """The public id of what was made of the words of a valid form, now or when it arrived first; empty if it has none.

    Whatever `act` raises leaves the key unused.
    """
    key, words = str(form.cleaned_data["key"]), form.words_given()
    with transaction.atomic():
        if not key:
            return _id_of(act(words))
        # Keys are made by the page, so a key says nothing of who sent it.
        used, is_new = _used(f"{by.public_id} {key}", words)
        if is_new:
            used.made = _id_of(act(words))
            used.save(update_fields=["made"])
    return used.made


def _id_of(made: object) -> str:
    return str(getattr(made, "public_id", ""))


def _used(key: str, content: Mapping[str, object] | None) -> tuple[UsedKey, bool]:
    written = json.dumps(content or {}, sort_keys=True, default=str, ensure_ascii=False)
    digest = hashlib.sha256(f"{key}\n{written}".encode()).hexdigest()[:40]
    return UsedKey.objects.get_or_create(key=digest)
