"""Who is independent of a round: whoever had no part in it."""

from collections.abc import Collection, Mapping

# The parts somebody may have had in a round, with the words that tell them why they cannot oversee it.
PARTS: dict[str, str] = {
    "proposed": "you proposed it",
    "drew": "you took part in drawing its sample",
    "audited": "you are given an audit in it",
    "moderated": "you rate audits in it a second time",
    "worked": "your own or your team’s work is audited in it",
    "wrote": "you wrote its report or put it forward",
}


def parts_played(person: int, parts: Mapping[str, Collection[int | None]]) -> list[str]:
    """Why the person is not independent of the round, in words; empty for somebody who is."""
    return [said for key, said in PARTS.items() if person in parts.get(key, ())]
