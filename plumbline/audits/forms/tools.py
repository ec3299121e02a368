"""What people fill in about audit tools: a file to import, what they were shown of it, a confirmation."""

from typing import Any

from django import forms
from django.core import signing

from plumbline.framework.forms.standards import UploadForm
from plumbline.govuk.forms import GovukForm

_SALT = "audit-tool-import"
KEPT_FOR_SECONDS = 24 * 60 * 60


class ToolFileForm(UploadForm):
    """A file with an audit tool."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = (
            "A .yaml file, or an XLSForm workbook (.xlsx), of at most 2 MB. Nothing is kept before you have seen "
            "what would change."
        )


class PublishToolForm(GovukForm):
    """Putting a draft in use."""

    sure = forms.BooleanField(
        label="I have read the draft and want auditors to use it",
        error_messages={"required": "Tick the box to say that you read the draft"},
    )


class ConfirmForm(GovukForm):
    """A step that is confirmed on a page of its own."""


def signed(content: dict[str, Any], seen: str, person_id: int | None) -> str:
    """The checked tool and what was shown of it, signed so that nobody can change it on the way back."""
    return signing.dumps({"content": content, "seen": seen, "person": person_id}, salt=_SALT, compress=True)


def unsigned(given: str, person_id: int | None) -> tuple[dict[str, Any], str] | None:
    """The tool and what was shown of it; None where it is older than a day, changed, or somebody else's."""
    try:
        kept = signing.loads(given, salt=_SALT, max_age=KEPT_FOR_SECONDS)
    except signing.BadSignature:
        return None
    if kept["person"] != person_id:
        return None
    return kept["content"], kept["seen"]
