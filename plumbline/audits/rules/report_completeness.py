"""How complete the evidence of a round is, in figures and in the one sentence that stands beside every conclusion."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plumbline.audits.rules.states import IN_HAND, LEFT_OUT, is_complete


@dataclass(frozen=True)
class Asked:
    """One audit of the round: its way in, its state, whether it is late."""

    route: str
    state: str
    is_late: bool = False


def completeness(
    audits: Sequence[Asked],
    *,
    target: tuple[int, int],
    left_out: Mapping[str, int],
    frame: int,
    drawn: int,
    excusals: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """How many of how many audits count, by state, against the target, and what was left out and why.

    `left_out` counts cases by the reason in words. `excusals` say of how many late audits each was left out, why, and
    who decided: these stay in the sentence, though they are wanted no more. `counted` and `wanted` take in every way into the round.
    """
    wanted = [one for one in audits if one.state not in LEFT_OUT]
    counted = [one for one in wanted if is_complete(one.state)]
    return {
        "wanted": len(wanted),
        "counted": len(counted),
        "missing": len(wanted) - len(counted),
        "late": sum(one.is_late for one in wanted),
        "excused": sum(one["count"] for one in excusals),
        "excusals": list(excusals),
        "in_hand": sum(one.state in IN_HAND for one in wanted),
        "states": dict(Counter(one.state for one in audits)),
        "routes": {
            route: {
                "wanted": sum(one.route == route for one in wanted),
                "counted": sum(one.route == route for one in counted),
            }
            for route in dict.fromkeys(one.route for one in audits)
        },
        "target": {
            "min": target[0],
            "max": target[1],
            "position": position(len(counted), target),
        },
        "left_out": dict(left_out),
        "frame": frame,
        "drawn": drawn,
    }


def position(counted: int, target: tuple[int, int]) -> str:
    """Where the number of audits stands to the target range: under, within or over."""
    return "under" if counted < target[0] else "over" if counted > target[1] else "within"


def gaps(figures: Mapping[str, Any]) -> int:
    """How many audits are missing, or were late and are left out: what the conclusion has to answer for."""
    return int(figures["missing"]) + int(figures.get("excused", 0))


def sentence(figures: Mapping[str, Any]) -> str:
    """The completeness in a sentence, such as "18 of 22 audits are submitted; 4 are missing, of which 2 are late."

    Late audits that are left out stay in the sum: leaving them out makes the evidence no more complete.
    """
    wanted, counted, excused = figures["wanted"], figures["counted"], figures.get("excused", 0)
    if not wanted and not excused:
        return "No audit has been allocated yet."
    if not gaps(figures):
        return f"All {wanted} audits are submitted." if wanted > 1 else "The one audit is submitted."
    parts = []
    if missing := figures["missing"]:
        late = figures["late"]
        parts.append(f"{missing} {'is' if missing == 1 else 'are'} missing")
        if late:
            parts[-1] += f", of which {late} {'is' if late == 1 else 'are'} late"
    if excused:
        parts.append(f"{excused} {'was' if excused == 1 else 'were'} late and left out")
    return f"{counted} of {wanted + excused} audits are submitted; {'; '.join(parts)}."


def target_sentence(figures: Mapping[str, Any]) -> str:
    """Where the number of audits stands to what was aimed at."""
    target = figures["target"]
    aim = f"the {target['min']} to {target['max']} aimed at"
    words = {"under": f"That is fewer than {aim}.", "over": f"That is more than {aim}."}
    return words.get(target["position"], f"That is within {aim}.")
