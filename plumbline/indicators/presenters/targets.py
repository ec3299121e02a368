"""Targets as pages show them: a word, the distance, the profile over time."""

from indicator_engine import Indicator
from plumbline.framework.rules.months import add_months
from plumbline.indicators.models import PeriodKind, Target
from plumbline.indicators.presenters.words import aim_text, value_text
from plumbline.indicators.rules.targets import Judged, Standing, distance
from plumbline.shared.dates import in_words

TAGS = {Standing.ON: "green", Standing.NEAR: "yellow", Standing.OFF: "red"}


def standing_of(unit: str, judged: Judged | None) -> dict[str, str] | None:
    """Its word, its colour, and the sentence beside it: 99.4% against 90%: 9.4 points above."""
    if judged is None:
        return None
    return {
        "word": judged.standing.words,
        "tag": TAGS[judged.standing],
        "distance": distance(unit, judged.gap),
        "sentence": against(unit, judged),
    }


def against(unit: str, judged: Judged) -> str:
    """The figure against its target, with the distance in words."""
    value, aim = value_text(unit, judged.value), aim_text(unit, judged.aim)
    return f"{value} against {aim}: {distance(unit, judged.gap)}"


def target_facts(indicator: Indicator, target: Target) -> list[tuple[str, str]]:
    """The target over time, its tolerance, and who answers for it."""
    kind = PeriodKind(target.kind).label.lower()
    steps = [
        (f"From {in_words(add_months(target.starts_on, months))}", aim_text(indicator.unit, value))
        for months, value in target.steps
    ]
    near = aim_text(indicator.unit, target.tolerance).replace("%", " points")
    return [
        *steps,
        ("Near target", f"Within {near}" if target.tolerance else "No tolerance"),
        ("Judged by", f"Each {kind}" if indicator.unit == "count" else f"The latest {kind}"),
        ("Owner", target.owner.name),
        *([("Agreed", target.agreed_where)] if target.agreed_where else []),
    ]
