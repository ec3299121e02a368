"""The page of the council's look, and the style sheet and logo that every page asks for."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.branding.actions import change_branding
from plumbline.branding.forms import BrandingForm
from plumbline.branding.queries import brand_in_force
from plumbline.branding.rules import least_contrast, stylesheet
from plumbline.people.access import access
from plumbline.people.scope import person_behind
from plumbline.shared import dates


@access("branding.view")
def branding(request: Any) -> HttpResponse:
    brand = brand_in_force()
    page = {
        "title": "Branding",
        "council": settings.COUNCIL_NAME,
        "colour": brand.colour,
        "is_own": brand.is_own_colour,
        "contrast": f"{least_contrast(brand.colour):.1f}",
        "has_logo": bool(brand.logo),
        "changed": dates.in_words(dates.day_of(brand.changed_at)) if brand.changed_at else "",
        "may_change": request.viewer.has("branding.change"),
    }
    return render(request, "branding/branding.html", page)


@access("branding.change", methods=("GET", "POST"))
def change(request: Any) -> HttpResponse:
    brand = brand_in_force()
    form = BrandingForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={"colour": "" if brand.is_own_colour else brand.colour},
    )
    if request.method == "POST" and form.is_valid():
        change_branding(by=person_behind(request.viewer), **form.cleaned_data)
        messages.success(request, "The look is changed, on every page and in every file made from now on.")
        return redirect("branding")
    back = reverse("branding")
    crumbs = [{"text": "Branding", "href": back}]
    page = {"title": "Change colour and logo", "form": form, "back": back, "crumbs": crumbs}
    return render(request, "form_page.html", page)


def colours(request: Any) -> HttpResponse:
    """The style sheet of the council's look. It says nothing of anybody, and the sign-in page needs it."""
    brand = brand_in_force()
    own = "" if brand.is_own_colour else brand.colour
    logo = ""
    if brand.logo and brand.changed_at:
        logo = f"{reverse('branding_logo')}?v={int(brand.changed_at.timestamp())}"
    text = stylesheet(own, logo, brand.logo_width, brand.logo_height)
    return HttpResponse(text, content_type="text/css; charset=utf-8")


def logo(request: Any) -> HttpResponse:
    """The council's logo."""
    brand = brand_in_force()
    if not brand.logo:
        raise Http404
    return HttpResponse(brand.logo, content_type="image/png")
