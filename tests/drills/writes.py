"""Kills a writer again and again while it adds people through the product's own action, and counts what is amiss.

One action writes an account, a person, a post, who holds it, who manages them, and its event. After each kill:
lost is what was acknowledged and is not there; partial, what is there in part; duplicate, what a retry doubled.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db import IntegrityError, connections

from plumbline.event_log.actions import record
from plumbline.event_log.models import Event, Kind
from plumbline.event_log.queries import verify_chain
from plumbline.people.actions.people import add_person
from plumbline.people.models import LineManagement, Person, Post, PostHolding, User
from plumbline.people.rules.refusals import Reason, Refused
from plumbline.shared import dates
from tests.drills.ground import Ground, chain_is_whole, dies_after_write, file_is_whole, killed_child

Write = Callable[[Ground, int, int], None]


@dataclass(frozen=True)
class Writing:
    """How a kind of record is written, and how what a kill left of it is found again."""

    # Given the ground, the trial and the number of the write. Done twice, it must change nothing.
    write: Write
    # The trial's records by name, and whether each has all that its action writes.
    there: Callable[[int], dict[str, bool]]
    # How often the record of a name is there.
    copies: Callable[[str], int]


# The shortest and longest life of a child with an open connection: from before its first commit to a few later.
LIFE_SECONDS = (0.001, 0.120)
MOST_WRITES = 200


def drill(ground: Ground, trials: int) -> dict[str, int]:
    """The figures of as many kills, then those of two writers that are known to be wrong."""
    return figures_of(ground, trials, PEOPLE, write_without_transaction, write_without_guard)


def figures_of(
    ground: Ground, trials: int, writing: Writing, in_parts: Write, without_guard: Write
) -> dict[str, int]:
    """The figures of the kills of a writer, and whether the two that are known to be wrong were caught."""
    figures = kills(ground, trials, writing, random.Random(20260131))
    figures |= {
        "chain_broken": int(not verify_chain().holds),
        "file_broken": int(not file_is_whole()),
    }
    # A detector that never speaks proves nothing: these two must be caught.
    broken = replace(writing, write=in_parts)
    figures["caught_partial"] = kills(ground, 5, broken, None, first=1_000_000)["partial"]
    broken = replace(writing, write=without_guard)
    figures["caught_duplicate"] = kills(ground, 5, broken, None, first=2_000_000)["duplicate"]
    return figures


def kills(
    ground: Ground, trials: int, writing: Writing, chance: random.Random | None, first: int = 0
) -> dict[str, int]:
    """What a writer's kills came to. With `chance` at any moment, without it after one of its writes in turn."""
    found: Counter[str] = Counter(
        kills=trials, acknowledged=0, unacknowledged=0, lost=0, partial=0, duplicate=0
    )
    for trial in range(first, first + trials):

        def work(acknowledge: Callable[[int], None], trial: int = trial) -> None:
            if chance is None:
                dies_after_write(trial % 5 + 10)
            for number in range(MOST_WRITES):
                writing.write(ground, trial, number)
                acknowledge(number)

        told = killed_child(work, chance.uniform(*LIFE_SECONDS) if chance else None)
        found["acknowledged"] += len(told)
        there = writing.there(trial)
        found["partial"] += sum(1 for whole in there.values() if not whole)
        found["lost"] += sum(1 for number in told if name_of(trial, number) not in there)
        found["unacknowledged"] += sum(1 for name in there if name.startswith(name_of(trial, ""))) - len(told)
        found["duplicate"] += _duplicates_after_retry(ground, trial, len(told), writing)
        if not chain_is_whole():
            found["partial"] += 1
        connections.close_all()
    return dict(found)


def whole_and_partial(trial: int, using: str = "default") -> dict[str, bool]:
    """The trial's people by name, and whether each has all that its action writes; an account alone counts as partial."""
    people = {
        person.name: person
        for person in Person._base_manager.using(using).filter(name__startswith=f"Drill {trial}-")
    }
    ids = [person.pk for person in people.values()]
    held = Counter(
        PostHolding.objects.using(using).filter(person__in=ids).values_list("person_id", flat=True)
    )
    led = Counter(
        LineManagement.objects.using(using).filter(person__in=ids).values_list("person_id", flat=True)
    )
    logged = Counter(
        Event._base_manager.using(using)
        .filter(action="person.add", object_id__in=[person.public_id for person in people.values()])
        .values_list("object_id", flat=True)
    )
    found = {
        name: person.user_id is not None
        and held[person.pk] == led[person.pk] == logged[person.public_id] == 1
        for name, person in people.items()
    }
    alone = User.objects.using(using).filter(email__startswith=f"drill-{trial}-", person=None)
    return found | dict.fromkeys((user.email for user in alone), False)


def write_by_action(ground: Ground, trial: int, number: int) -> None:
    """As the product writes. Done twice, it changes nothing: the address is taken."""
    try:
        add_person(
            by=None,
            name=name_of(trial, number),
            title="Social worker",
            unit=ground.team,
            starts_on=dates.today(),
            email=f"drill-{trial}-{number}@drill.example",
            manager=ground.manager,
        )
    except Refused as refused:
        if refused.reason is not Reason.ADDRESS_TAKEN:
            raise


def write_without_transaction(ground: Ground, trial: int, number: int) -> None:
    """The same rows, each for itself."""
    user = User.objects.create(email=f"drill-{trial}-{number}@drill.example")
    person = Person(name=name_of(trial, number), user=user)
    person.save(force_insert=True)
    post = Post.objects.create(title="Social worker", unit=ground.team)
    PostHolding.objects.create(person=person, post=post, starts_on=dates.today())
    LineManagement.objects.create(person=person, manager=ground.manager, starts_on=dates.today())
    record(by=None, kind=Kind.ACTION, action="person.add", obj=person)


def write_without_guard(ground: Ground, trial: int, number: int) -> None:
    """The action without an address, so that nothing tells a retry from a new person."""
    add_person(
        by=None,
        name=name_of(trial, number),
        title="Social worker",
        unit=ground.team,
        starts_on=dates.today(),
        manager=ground.manager,
    )


def name_of(trial: int, number: int | str) -> str:
    """The name that tells one write from all others."""
    return f"Drill {trial}-{number}"


def _duplicates_after_retry(ground: Ground, trial: int, told: int, writing: Writing) -> int:
    """How many records are there more than once after a person tries again what was not acknowledged, and what was."""
    doubled = 0
    for number in {max(0, told - 1), told}:
        try:
            writing.write(ground, trial, number)
        except IntegrityError:
            # What a broken writer left in part cannot even be written again; it is counted as partial.
            continue
        doubled += writing.copies(name_of(trial, number)) != 1
    return doubled


PEOPLE = Writing(
    write_by_action, whole_and_partial, lambda name: Person._base_manager.filter(name=name).count()
)
