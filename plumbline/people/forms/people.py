"""The forms that change a person: name, post, line manager, leaving and coming back."""

from collections.abc import Sequence
from typing import Any

from django import forms

from plumbline.govuk.forms import GovukForm
from plumbline.people.forms.fields import Day, LastDay, Pick, PickField, line

NOBODY = "Nobody"
PICK = "Select one"


class AddPersonForm(GovukForm):
    """Who joins, where and under whom."""

    name = line("Full name")
    email = forms.EmailField(
        label="Work e-mail address",
        required=False,
        help_text="They sign in with it. Leave it empty for somebody who only needs to be named.",
    )
    title = line("Job title")
    unit = PickField(label="Team or service", empty=PICK)
    manager = PickField(label="Line manager", empty=NOBODY, required=False)
    starts_on = Day(label="First day")

    def __init__(self, *args: Any, units: Sequence[Pick], people: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]
        self.fields["manager"].offer(people)  # type: ignore[attr-defined]


class NameForm(GovukForm):
    """A person's name."""

    name = line("Full name", help_text="The earlier name is not kept.")


class MovePostForm(GovukForm):
    """The post somebody moves to, and the one they leave for it."""

    leaves = PickField(
        label="Which post do they leave?",
        required=False,
        widget=forms.RadioSelect,
        help_text="Leave it unanswered if the new post comes on top.",
    )
    title = line("New job title")
    unit = PickField(label="New team or service", empty=PICK)
    on = Day(label="First day in the new post")

    def __init__(self, *args: Any, units: Sequence[Pick], posts: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]
        if posts:
            self.fields["leaves"].offer(posts)  # type: ignore[attr-defined]
            if len(posts) == 1:
                self.fields["leaves"].initial = posts[0].key
        else:
            del self.fields["leaves"]


class LineManagerForm(GovukForm):
    """Who manages somebody, from a day."""

    manager = PickField(label="Line manager", empty=NOBODY, required=False)
    on = Day(label="First day")

    def __init__(self, *args: Any, people: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["manager"].offer(people)  # type: ignore[attr-defined]


class LeaveForm(GovukForm):
    """Somebody's last day, and who manages their people afterwards."""

    on = LastDay(
        label="Last day at work",
        help_text="Their access stops at the midnight that ends this day. For example, 27 3 2026",
    )
    reports_go_to = PickField(
        label="Who manages their people afterwards?", empty="Nobody yet", required=False
    )

    def __init__(self, *args: Any, people: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reports_go_to"].offer(people)  # type: ignore[attr-defined]


class ComeBackForm(GovukForm):
    """The post somebody comes back to."""

    title = line("Job title")
    unit = PickField(label="Team or service", empty=PICK)
    manager = PickField(label="Line manager", empty=NOBODY, required=False)
    on = Day(label="First day back")

    def __init__(self, *args: Any, units: Sequence[Pick], people: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]
        self.fields["manager"].offer(people)  # type: ignore[attr-defined]
