"""The GOV.UK Design System's components as functions that return safe HTML."""

from functools import cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader

_environment = Environment(
    loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


@cache
def _macro(component: str) -> Any:
    # Kept, because finding a macro anew makes a group of radios take 100 ms instead of 1.5.
    module: Any = _environment.get_template(f"govuk_frontend_jinja/components/{component}/macro.html").module
    return getattr(module, "govuk" + "".join(part.title() for part in component.split("-")))


def component(component_name: str, /, **params: Any) -> SafeString:
    """The component's HTML. Every `text` is escaped; an `html` is taken as it is, so pass only HTML made here."""
    html: str = _macro(component_name)(params)
    return mark_safe(html)  # noqa: S308  the macros escape
