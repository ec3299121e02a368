"""My work, search, messages, long work, health."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.people.scope import person_behind
from plumbline.shared import dates, paging
from plumbline.work import actions, presenters, queries


@access("work.view", reads=Kind.LIST)
def home(request: Any) -> HttpResponse:
    today = dates.today()
    work = queries.work_for(request.viewer, today)
    shown(request, rows=sum(len(items) for items in work.values()))
    return render(request, "work/home.html", {"title": "My work", **presenters.my_work(work, today)})


@access("search.view", reads=Kind.SEARCH)
def search(request: Any) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:100]
    found = queries.search(request.viewer, asked)
    # What was asked for may be a name, so only the number of answers is kept.
    shown(request, rows=len(found))
    return render(
        request, "work/search.html", {"title": "Search", "asked": asked, **presenters.answers(found, asked)}
    )


@access("message.view", reads=Kind.LIST)
def message_list(request: Any) -> HttpResponse:
    page = paging.page_of(queries.messages_for(request.viewer), request.GET.get("page"))
    shown(request, rows=len(page.object_list))
    return render(
        request,
        "work/messages.html",
        {
            "title": "Messages",
            "rows": [presenters.message_row(message) for message in page],
            "counted": paging.counted(page, "message", "messages"),
            "pagination": paging.pagination(page, request.GET),
        },
    )


@access("job.view", reads=Kind.LIST)
def job_list(request: Any) -> HttpResponse:
    page = paging.page_of(queries.jobs_for(request.viewer), request.GET.get("page"))
    return render(
        request,
        "work/jobs.html",
        {
            "title": "Long work",
            "rows": [presenters.job_page(job) for job in page],
            "pagination": paging.pagination(page, request.GET),
        },
    )


@access("job.view", reads=Kind.READ, of="work.Job", by="job_id")
def job_detail(request: Any, job_id: str) -> HttpResponse:
    row = queries.jobs_for(request.viewer).get(public_id=job_id)
    job = presenters.job_page(row) | {"page": queries.page_of(row)}
    return render(
        request,
        "work/job.html",
        {"title": job["name"], "job": job, "crumbs": [{"text": "Long work", "href": "/jobs"}]},
    )


@access("job.cancel", methods=("POST",), of="work.Job", by="job_id")
def job_cancel(request: Any, job_id: str) -> HttpResponse:
    actions.cancel_job(
        by=person_behind(request.viewer), job=queries.jobs_for(request.viewer).get(public_id=job_id)
    )
    messages.success(request, "It stops at its next step.")
    return redirect("job", job_id=job_id)


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    state = queries.health()
    words = {True: "ok", False: "not ok"}
    return JsonResponse(
        {
            "service": words[state.can_serve],
            "database": words[state.database],
            "background": words[state.background],
            "messages": words[state.messages],
        },
        status=200 if state.can_serve else 503,
    )
