"""Naming who gives a second rating: another person for one that was given out, or one audit that needs it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.audits.actions import moderating
from plumbline.audits.actions.moving import NotInState
from plumbline.audits.forms.moderation import RaterForm
from plumbline.audits.queries import moderation as queries
from plumbline.audits.queries.moderating import audit_to_moderate
from plumbline.audits.queries.raters import independent_raters
from plumbline.audits.rules.moderating import WORDS
from plumbline.audits.views.moderation import MEANWHILE, STEP
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.people.forms.fields import Pick
from plumbline.people.scope import person_behind


@access("moderation.assign", **STEP)
def assign(request: Any, moderation_id: str) -> HttpResponse:
    row = queries.moderation_by_id(request.viewer, moderation_id)
    back = reverse("moderation", args=[moderation_id])
    return _name_rater(
        request,
        row.audit,
        back,
        "Give it to somebody else",
        lambda by, person: moderating.give_to_another(by=by, moderation=row, moderator=person),
    )


@access("moderation.assign", reads=Kind.LIST, methods=("GET", "POST"), of="audits.Audit", by="audit_id")
def ask(request: Any, audit_id: str) -> HttpResponse:
    """Asks for a second rating of one audit: challenged, wanted by its auditor, or drawn with nobody to give it to."""
    audit = audit_to_moderate(request.viewer, audit_id)
    back = reverse("moderation_round", args=[audit.round.public_id])
    return _name_rater(
        request,
        audit,
        back,
        f"Ask for a second rating of {audit.reference}",
        lambda by, person: moderating.ask_for_rating(by=by, audit=audit, moderator=person),
    )


def _name_rater(request: Any, audit: Any, back: str, title: str, act: Any) -> HttpResponse:
    people = independent_raters(audit)
    # The page lists colleagues and shows nothing of the audit, so it makes nobody a reader who may not rate it.
    shown(request, obj=audit, rows=len(people))
    form = RaterForm(request.POST or None, people=[Pick(one.public_id, one.name, one) for one in people])
    if request.method == "POST" and form.is_valid():
        try:
            made = act(person_behind(request.viewer), form.cleaned_data["moderator"])
            messages.success(request, "It is given out. Whoever rates is told.")
            return redirect("moderation", moderation_id=made.public_id)
        except (moderating.NotToModerate, NotInState):
            messages.info(request, MEANWHILE)
            return redirect(back)
        except moderating.NobodyIndependent as refused:
            why = "; ".join(WORDS[reason] for reason in refused.reasons)
            form.add_error("moderator", f"They cannot rate it: {why}.")
    page = {
        "title": title,
        "form": form,
        "lead": ""
        if people
        else "Nobody who may rate is independent of this audit. Give the role to one more person first.",
        "back": back,
        "crumbs": [{"text": "Moderation", "href": reverse("moderations")}],
    }
    return render(request, "form_page.html", page)
