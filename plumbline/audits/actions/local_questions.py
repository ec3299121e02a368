"""Adds and takes out a round's own questions, before its sample is drawn; from then on they are locked too."""

from typing import Any

from django.db import transaction

from plumbline.audits.actions.rounds import change_round, locked_round
from plumbline.audits.models import Round
from plumbline.audits.rules.local_questions import MOST_LOCAL, next_key
from plumbline.audits.rules.rounds import BEFORE_THE_DRAW
from plumbline.people.models import Person


class TooMany(Exception):
    """The round has as many questions of its own as it may have."""


def add_local_question(*, by: Person, round: Round, question: dict[str, Any]) -> Round:
    """The round with one more question of its own.

    Raises: RoundNotInState once the sample is drawn; TooMany when there is no room.
    """
    with transaction.atomic():
        row = locked_round(round, *BEFORE_THE_DRAW)
        if len(row.local_questions) >= MOST_LOCAL:
            raise TooMany
        added = {**question, "key": next_key(row.local_questions)}
        return change_round(by=by, round=row, local_questions=[*row.local_questions, added])


def remove_local_question(*, by: Person, round: Round, key: str) -> Round:
    """The round without the question; as it is where it has no such question.

    Raises: RoundNotInState once the sample is drawn.
    """
    with transaction.atomic():
        row = locked_round(round, *BEFORE_THE_DRAW)
        left = [one for one in row.local_questions if one["key"] != key]
        return change_round(by=by, round=row, local_questions=left)
