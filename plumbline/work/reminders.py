"""The daily reminder: one message a person, saying how many things wait, never what they are."""

from datetime import timedelta

from django.utils import timezone

from plumbline.people.models import Person
from plumbline.people.scope import viewer_for
from plumbline.people.tree import tree_on
from plumbline.shared import dates
from plumbline.shared.area import When
from plumbline.work.actions import queue_message
from plumbline.work.models import Message
from plumbline.work.queries import work_for


def remind() -> int:
    """How many people were reminded. On working mornings only, and once a day however often it runs."""
    today = dates.today()
    if today.weekday() >= 5 or timezone.now().astimezone(dates.LONDON).hour < 7:
        return 0
    tree = tree_on(today)
    already = set(
        Message.objects.as_system("background-work")
        .filter(kind="work-waits", made_at__gte=timezone.now() - timedelta(hours=20))
        .values_list("person_id", flat=True)
    )
    reminded = 0
    people = (
        Person.objects.as_system("background-work")
        .filter(user__is_active=True, left_on=None)
        .exclude(pk__in=already)
    )
    for person in people.select_related("user"):
        waiting = work_for(viewer_for(person, today, tree), today)
        soon = [item for item in waiting[When.NOW] + waiting[When.THIS_WEEK] if item.due_on]
        if soon:
            queue_message(
                person=person,
                kind="work-waits",
                number=len(soon),
                due_on=today + timedelta(days=7),
                needs="work.view",
            )
            reminded += 1
    return reminded
