"""The page "This month": where every round stands and what waits."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from plumbline.audits.presenters.this_month import page_of
from plumbline.audits.queries import this_month as queries
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown


@access("allocation.view", reads=Kind.LIST)
def this_month(request: Any) -> HttpResponse:
    """Open rounds as lines of steps, late audits, second ratings, replies, findings, requests."""
    month = queries.this_month(request.viewer)
    shown(request, rows=len(month.rounds))
    return render(request, "audits/alloc/this_month.html", page_of(month, request.viewer))
