"""Puts a draft back into the boxes of its form."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

# A page has its own token and key each time it is opened; which button was pressed is not typed.
NOT_TYPED = ("csrfmiddlewaretoken", "key", "action", "later")


def typed_in(sent: QueryDict) -> dict[str, list[str]]:
    """What stands in the boxes of a form as sent, valid or not."""
    return {
        name: [str(one) for one in values] for name, values in sent.lists() if name not in NOT_TYPED and name
    }


def fill(form: forms.BaseForm, data: Mapping[str, Sequence[str]]) -> bool:
    """Whether the draft says anything else than the form did; its boxes then hold the draft."""
    sent = QueryDict(mutable=True)
    for name, values in data.items():
        sent.setlist(name, list(values))
    typed: dict[str, Any] = {}
    says_more = False
    for name, field in form.fields.items():
        if name in NOT_TYPED:
            continue
        typed[name] = field.widget.value_from_datadict(sent, {}, form.add_prefix(name))
        if not field.widget.is_hidden and field.has_changed(
            form.get_initial_for_field(field, name), typed[name]
        ):
            says_more = True
    if says_more:
        form.initial = {**form.initial, **typed}
    return says_more
