"""Sends what waits in the outbox: each message once, with the person's rights decided anew."""

import logging
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from plumbline.people.models import Person
from plumbline.people.scope import viewer_of
from plumbline.shared import dates
from plumbline.work.models import Message, MessageState
from plumbline.work.rules import MESSAGES, pause_after

logger = logging.getLogger(__name__)
BATCH = 200


def send_waiting() -> int:
    """How many messages were sent. A server that refuses costs a message a try, never the message."""
    sent = 0
    waiting: Any = Message.objects.as_system("background-work").filter(
        state=MessageState.WAITING, not_before__lte=timezone.now()
    )
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        sent += _send_one(pk)
    return sent


def _send_one(pk: int) -> bool:
    messages: Any = Message.objects.as_system("background-work")
    with transaction.atomic():
        message: Message | None = (
            messages.select_for_update(skip_locked=True, of=("self",))
            .filter(pk=pk, state=MessageState.WAITING)
            .first()
        )
        if message is None:
            return False
        # Counted before sending: a process that dies while sending has used up a try.
        message.attempts += 1
        pause = pause_after(message.attempts)
        message.not_before = timezone.now() + (pause or pause_after(1))  # type: ignore[operator]
        message.save(update_fields=["attempts", "not_before"])
    if not still_allowed(message):
        return _settle(message, MessageState.WITHDRAWN)
    try:
        email_for(message).send()
    except OSError as fault:  # smtplib's errors are OSErrors too
        logger.warning("Message %s was not sent: %s", message.public_id, type(fault).__name__)
        if pause is None:
            _settle(message, MessageState.PARKED)
        return False
    _settle(message, MessageState.SENT)
    return True


def _settle(message: Message, state: MessageState) -> bool:
    message.state, message.settled_at = state, timezone.now()
    message.save(update_fields=["state", "settled_at"])
    return False


def still_allowed(message: Message) -> bool:
    """Whether the person still works here, and may still see what the message is about."""
    person: Person = message.person
    if person.user is None or not person.user.is_active:
        return False
    viewer = viewer_of(person.user, dates.today())
    if viewer.person_id is None:
        return False
    if message.needs and not viewer.has(message.needs):
        return False
    if message.needs and message.about_model:
        model: Any = apps.get_model(message.about_model)
        return bool(
            model.objects.visible_to(viewer, message.needs).filter(public_id=message.about_id).exists()
        )
    return True


def email_for(message: Message) -> EmailMessage:
    """The e-mail: a sentence of its kind, a day, a link. Its Message-ID stays the same on every try."""
    kind, user = MESSAGES[message.kind], message.person.user
    assert user is not None
    path = message.path
    if message.kind == "password-reset":
        # Made only now, so that no working link ever lies in the database.
        key = f"{default_token_generator.make_token(user)}"
        path = reverse(
            "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key}
        )
    lines = [kind.words(message.due_on, message.number), f"Open Plumbline: {settings.BASE_URL}{path}"]
    return EmailMessage(
        subject=kind.subject,
        body="\n\n".join(lines) + "\n",
        to=[user.email],
        headers={"Message-ID": f"<{message.public_id}@plumbline>", "Auto-Submitted": "auto-generated"},
    )
