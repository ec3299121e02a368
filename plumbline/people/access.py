"""What every view declares, and the wrapper that decides, logs and refuses before anything is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import resolve_url

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.confirming import confirm_address, has_confirmed
from plumbline.people.rules.permissions import LOGGED_CLASSES
from plumbline.people.scope import Viewer, nobody, permission_table, viewer_of
from plumbline.people.signed_out import to_sign_in
from plumbline.shared import dates
from plumbline.shared.plain_text import without_controls


class ViewerRequest(HttpRequest):
    """A request after `ViewerMiddleware`."""

    viewer: Viewer
    # The row that a view's address is about, where `@access` names its model.
    row: Any


@dataclass(frozen=True)
class Access:
    """What a view needs: the action, what kind of read it is, which methods it answers."""

    action: str
    reads: Kind | None
    methods: tuple[str, ...]
    step_up: bool
    of: str = ""
    by: str = ""
    where: str = "public_id"

    @property
    def view_action(self) -> str:
        """The right to see at all, without which the answer is 404 rather than 403."""
        seen = f"{self.action.split('.')[0]}.view"
        return seen if seen in permission_table() else self.action


@dataclass(frozen=True)
class Shown:
    """What a view read for its answer."""

    obj: Any = None
    rows: int | None = None
    under: str = ""


class ViewerMiddleware:
    """Works out the viewer of each request from today's rows, so that a changed right counts at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        day = dates.today()
        request.viewer = viewer_of(request.user, day) if request.user.is_authenticated else nobody(day)
        return self.get_response(request)


def shown(request: Any, obj: Any = None, rows: int | None = None, under: str = "") -> None:
    """Notes what the answer shows, for the event log.

    `under` names the right through which it was read where that is not the page's own: a team's page lists people.
    """
    request._shown = Shown(obj, rows, under)


def access(
    action: str,
    *,
    reads: Kind | None = None,
    methods: tuple[str, ...] = ("GET",),
    step_up: bool = False,
    of: str = "",
    by: str = "",
    where: str = "public_id",
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Declares that a view needs the right to `action`. Without the right to see: 404. Seen but not allowed: 403.

    `reads` says what kind of read an answer is; reads of staff, case, restricted and exempt records, and every
    search and export, are logged before the first byte is sent. `step_up` asks for a recent sign-in.
    `of` names the confidential model of the row that the address is about, and `by` the part of the address that
    holds its public id, or with `where` the id of something that belongs to it. A row the viewer cannot see is then
    404 whatever else; one they can see but not change is 403. Opening the page of such a row, a form to change it
    too, reads the row, so that needs no word of the view's.
    """
    if of and reads is None and "GET" in methods:
        reads = Kind.READ
    if reads == Kind.EXPORT and not step_up:
        raise TypeError(f"The view for {action} hands over a file, so it needs step_up=True.")
    needs = Access(action, reads, methods, step_up, of, by, where)

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapped(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            viewer: Viewer = request.viewer
            try:
                if not viewer.has(needs.view_action):
                    raise Http404
                row = _row(viewer, needs, kwargs) if of else None
                if not viewer.has(action):
                    raise PermissionDenied
                if row is not None and action != needs.view_action:
                    require(viewer, action, row)
                request.row = row
                if request.method not in (*methods, "HEAD" if "GET" in methods else ""):
                    return HttpResponseNotAllowed(methods)
                if step_up and not has_confirmed(request):
                    then = request.get_full_path() if request.method in ("GET", "HEAD") else resolve_url("/")
                    return HttpResponseRedirect(confirm_address(request.user, then))
                response = view(request, *args, **kwargs)
            except (Http404, PermissionDenied) as refusal:
                _log_refusal(viewer, needs, refusal, kwargs)
                raise
            if needs.reads and response.status_code == 200 and request.method in ("GET", "HEAD", "POST"):
                _log_read(request, viewer, needs, row)
            return response

        wrapped.access = needs  # type: ignore[attr-defined]
        return wrapped

    return decorate


def _row(viewer: Viewer, needs: Access, kwargs: dict[str, Any]) -> Any:
    # PostgreSQL answers text with a NUL in it with an error, not with nothing found.
    if "\x00" in str(kwargs[needs.by]):
        raise Http404
    model: Any = apps.get_model(needs.of)
    row = (
        model.objects.visible_to(viewer, needs.view_action).filter(**{needs.where: kwargs[needs.by]}).first()
    )
    if row is None:
        raise Http404
    return row


def _log_refusal(viewer: Viewer, needs: Access, refusal: Exception, kwargs: dict[str, Any]) -> None:
    asked = without_controls(next((str(value) for value in kwargs.values()), ""))
    answer = 404 if isinstance(refusal, Http404) else 403
    record(by=viewer, kind=Kind.REFUSAL, action=needs.action, detail={"answer": answer, "asked": asked[:40]})


def _log_read(request: Any, viewer: Viewer, needs: Access, row: Any) -> None:
    assert needs.reads is not None
    seen: Shown | None = getattr(request, "_shown", None)
    if seen is None and needs.reads == Kind.READ and row is not None:
        seen = Shown(row, 1)
    action = seen.under if seen and seen.under else needs.action
    is_logged = (
        needs.reads in (Kind.SEARCH, Kind.EXPORT) or permission_table().data_class(action) in LOGGED_CLASSES
    )
    if not is_logged:
        return
    if seen is None:
        raise LookupError(
            f"The view for {needs.action} did not say what it showed; call shown(request, ...)."
        )
    record(
        by=viewer,
        kind=needs.reads,
        action=action,
        obj=seen.obj,
        rows=seen.rows,
        relation=viewer.basis(action),
    )


def require(viewer: Viewer, action: str, row: Any) -> None:
    """Returns when the viewer may do the action to a row that they can see.

    Raises: PermissionDenied otherwise.
    """
    if not viewer.may(action, row):
        raise PermissionDenied
