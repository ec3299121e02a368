"""Template tags for components, dates and forms."""

from datetime import date, datetime
from typing import Any

from django import forms, template
from django.utils.safestring import SafeString

from plumbline.govuk.components import component
from plumbline.shared import dates

register = template.Library()
register.filter("in_words", dates.in_words)
register.filter("short_date", dates.short)


@register.simple_tag(name="govuk")
def govuk_tag(drawn: str, params: dict[str, Any] | None = None, **more: Any) -> SafeString:
    """A component: {% govuk "tag" text="Overdue" classes="govuk-tag--red" %}, or with a dict from a presenter."""
    return component(drawn, **{**(params or {}), **more})


@register.filter
def at(moment: datetime | None) -> str:
    """The moment in words, in London time."""
    return dates.time_in_words(moment) if moment else ""


@register.filter
def iso(day: date | None) -> str:
    """The date for a machine, as 2018-01-09."""
    return day.isoformat() if day else ""


@register.simple_tag
def error_summary(form: forms.BaseForm) -> SafeString | str:
    """The list of what is wrong, each with a link to its field."""
    if not form.errors:
        return ""
    errors: list[dict[str, str]] = []
    for name, messages in form.errors.items():
        for message in messages:
            errors.append(
                {"text": str(message)}
                if name == "__all__"
                else {"text": str(message), "href": f"#{form[name].auto_id}"}
            )
    return component("error-summary", titleText="There is a problem", errorList=errors)


@register.simple_tag
def button(text: str, **params: Any) -> SafeString:
    """A submit button, which ignores a second press within a second."""
    return component("button", text=text, preventDoubleClick=True, **params)
