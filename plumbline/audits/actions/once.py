"""Takes a form in once: a second press or a retry with the same key and the same words does nothing twice."""

import hashlib
import json
from collections.abc import Mapping

from plumbline.audits.models import Audit, UsedKey


def is_first_time(key: str, audit: Audit | None, content: Mapping[str, object] | None = None) -> bool:
    """Whether the form's key, with this content, is new; it counts as used from now on, in the caller's transaction.

    The content belongs to the key, so that somebody who goes back and writes more is not taken for a retry.
    """
    if not key:
        return True
    written = json.dumps(content or {}, sort_keys=True, default=str, ensure_ascii=False)
    digest = hashlib.sha256(f"{key}\n{written}".encode()).hexdigest()[:40]
    _, is_new = UsedKey.objects.get_or_create(key=digest, defaults={"audit": audit})
    return is_new
