"""A form page that keeps what is typed: on its own address, with its own right, apart from the record."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone

from plumbline.audits.actions.form_drafts import drop_form_draft, keep_form_draft
from plumbline.audits.forms.drafts import fill, typed_in
from plumbline.audits.presenters.audit_words import clock
from plumbline.audits.queries.drafts import form_draft_of
from plumbline.people.scope import person_behind
from plumbline.shared import dates

ASKED = "draft"
LONGEST_PLACE = 200
# A read is logged with 200; keeping a draft and handing out a token show nothing.
ACCEPTED = 202


class PageDraft:
    """What the viewer typed on this page and has not saved, for the view and for the page."""

    def __init__(self, request: Any) -> None:
        self.request = request
        asked = request.GET.copy()
        asked.pop(ASKED, None)
        address = f"{request.path}?{asked.urlencode()}" if asked else request.path
        self.place: str = address if len(address) <= LONGEST_PLACE else request.path
        self.typed_at = ""

    @property
    def keep_url(self) -> str:
        return self._with("keep")

    @property
    def discard_url(self) -> str:
        return self._with("discard")

    def _with(self, what: str) -> str:
        return f"{self.place}{'&' if '?' in self.place else '?'}{ASKED}={what}"

    def fill(self, form: Any) -> None:
        """Puts what was typed into a form that is opened; a form that is sent stands as it was sent."""
        if form.is_bound or self.request.method != "GET":
            return
        draft = form_draft_of(self.request.viewer.person_id, self.place)
        if draft is not None and fill(form, draft.data):
            self.typed_at = dates.time_in_words(draft.saved_at)

    def taken(self) -> None:
        """The form was saved to the record, so its draft is over."""
        drop_form_draft(by=person_behind(self.request.viewer), place=self.place)

    def answer(self, row: Any) -> HttpResponse | None:
        """What the page's script is told, or where discarding leads; nothing for the page itself."""
        match self.request.GET.get(ASKED), self.request.method:
            case "keep", "POST":
                keep_form_draft(
                    by=person_behind(self.request.viewer),
                    place=self.place,
                    data=typed_in(self.request.POST),
                    **_about(row),
                )
                return JsonResponse({"saved": clock(timezone.now())}, status=ACCEPTED)
            case "keep", _:
                return JsonResponse({"token": get_token(self.request)}, status=ACCEPTED)
            case "discard", "POST":
                self.taken()
                messages.success(self.request, "What you had typed and not saved is gone.")
                return redirect(self.place)
        return None


def _about(row: Any) -> dict[str, int]:
    """The audit or the report that the draft goes with."""
    match type(row).__name__:
        case "Audit":
            return {"audit_id": row.pk}
        case "Report":
            return {"report_id": row.pk}
    return {"audit_id": row.audit_id}


def keeps_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose form is kept while it is typed. It stands under `@access`, which names the row it is about.

    The view calls `request.draft.fill(form)` before it shows the form, and `request.draft.taken()` once it is saved.
    """

    @wraps(view)
    def wrapped(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        request.draft = PageDraft(request)
        return request.draft.answer(request.row) or view(request, *args, **kwargs)

    return wrapped
