"""Draws Django's form fields as GOV.UK components; the only place that knows how a field looks."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

from plumbline.govuk.components import component
from plumbline.govuk.fields import DateBoxes

# Attributes that a component sets by itself, or that its script would fight with.
_NOT_PASSED_ON = {"class", "aria-describedby", "aria-invalid", "required", "autofocus", "placeholder", "cols"}


class GovukBoundField(forms.BoundField):
    """A field that draws itself as a whole form group: label, hint, error, control."""

    def as_field_group(self) -> SafeString:
        widget = self.field.widget
        if widget.is_hidden:
            return self.as_widget()
        params: dict[str, Any] = {"name": self.html_name, "id": self.auto_id}
        if self.help_text:
            params["hint"] = {"text": str(self.help_text)}
        if self.errors:
            params["errorMessage"] = {"text": " ".join(str(error) for error in self.errors)}
        match widget:
            case DateBoxes():
                return self._date(params)
            case forms.CheckboxInput():
                return self._one_checkbox(params)
            case forms.CheckboxSelectMultiple() | forms.RadioSelect():
                return self._choices(params)
            case forms.Select():
                return component("select", items=self._items("selected"), label=self._label(), **params)
            case forms.Textarea():
                return self._textarea(params)
            case forms.FileInput():
                return component("file-upload", label=self._label(), attributes=self._attributes(), **params)
            case forms.PasswordInput():
                return component(
                    "password-input",
                    label=self._label(),
                    autocomplete=widget.attrs.get("autocomplete", "current-password"),
                    **params,
                )
        return self._input(params)

    def _label(self) -> dict[str, Any]:
        return {"text": str(self.label), "classes": "govuk-label--s"}

    def _legend(self) -> dict[str, Any]:
        return {"legend": {"text": str(self.label), "classes": "govuk-fieldset__legend--s"}}

    def _attributes(self) -> dict[str, Any]:
        attrs = self.build_widget_attrs(self.field.widget.attrs)
        return {
            name: value
            for name, value in attrs.items()
            if name not in _NOT_PASSED_ON and value not in (None, False)
        }

    def _text(self) -> str:
        value = self.field.widget.format_value(self.value())
        return "" if value is None else str(value)

    def _input(self, params: dict[str, Any]) -> SafeString:
        attrs = self._attributes()
        width = attrs.pop("width", "")
        kind = getattr(self.field.widget, "input_type", "text")
        if kind == "number":
            # A number box loses what was typed when it is no number; a text box with a number keyboard keeps it.
            params["inputmode"], kind = "numeric", "text"
            attrs = {name: value for name, value in attrs.items() if name not in {"min", "max", "step"}}
        if kind == "search":
            attrs.pop("maxlength", None)
        return component(
            "input",
            type=kind,
            value=self._text(),
            label=self._label(),
            classes=f"govuk-input--width-{width}" if width else "",
            autocomplete=attrs.pop("autocomplete", None),
            attributes=attrs,
            **params,
        )

    def _textarea(self, params: dict[str, Any]) -> SafeString:
        attrs = self._attributes()
        rows = attrs.pop("rows", 5)
        limit = attrs.pop("maxlength", None)
        if limit:
            return component(
                "character-count",
                value=self._text(),
                label=self._label(),
                rows=rows,
                maxlength=limit,
                **params,
            )
        return component(
            "textarea", value=self._text(), label=self._label(), rows=rows, attributes=attrs, **params
        )

    def _items(self, mark: str) -> list[dict[str, Any]]:
        value = self.value()
        chosen = (
            {str(one) for one in value}
            if isinstance(value, list | tuple)
            else {"" if value is None else str(value)}
        )
        choices: Any = self.field.choices  # type: ignore[attr-defined]
        return [{"value": str(key), "text": str(text), mark: str(key) in chosen} for key, text in choices]

    def _choices(self, params: dict[str, Any]) -> SafeString:
        # The first control gets the field's own id, so that the error summary's link reaches it.
        prefix = params.pop("id")
        # Django's checkboxes are a kind of its radios, so they are asked for first.
        kind = "checkboxes" if isinstance(self.field.widget, forms.CheckboxSelectMultiple) else "radios"
        items = [item for item in self._items("checked") if item["value"] != "" or kind == "checkboxes"]
        hints = getattr(self.field, "choice_hints", {})
        for item in items:
            if item["value"] in hints:
                item["hint"] = {"text": hints[item["value"]]}
        classes = f"govuk-{kind}--small" if len(items) > 6 else ""
        return component(
            kind, idPrefix=prefix, items=items, fieldset=self._legend(), classes=classes, **params
        )

    def _one_checkbox(self, params: dict[str, Any]) -> SafeString:
        prefix, hint = params.pop("id"), params.pop("hint", None)
        item = {
            "value": "on",
            "text": str(self.label),
            "checked": bool(self.value()),
            **({"hint": hint} if hint else {}),
        }
        return component("checkboxes", idPrefix=prefix, items=[item], **params)

    def _date(self, params: dict[str, Any]) -> SafeString:
        name, prefix = params.pop("name"), params["id"]
        boxes = self.field.widget.boxes(self.value())
        error = "govuk-input--error" if self.errors else ""
        items = [
            # The day's box carries the field's own id for the error summary.
            {
                "id": prefix if part == "day" else f"{prefix}_{part}",
                "name": f"{name}_{part}",
                "label": part.title(),
                "value": boxes[part],
                "classes": f"govuk-input--width-{4 if part == 'year' else 2} {error}",
            }
            for part in ("day", "month", "year")
        ]
        return component(
            "date-input",
            items=items,
            fieldset={**self._legend(), "role": "group"},
            **{**params, "id": f"{prefix}_group"},
        )


class GovukRenderer(TemplatesSetting):
    """Set as FORM_RENDERER, so that every form takes the same look."""

    bound_field_class = GovukBoundField
    form_template_name = "govuk/form.html"
