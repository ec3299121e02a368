"""The months of the worked examples, and the special ones among them said in a sentence."""

from stats.spc import Rule, XmrChart

RULE_WORDS = {
    Rule.ABOVE_LIMIT: "above the upper limit",
    Rule.BELOW_LIMIT: "below the lower limit",
    Rule.RISING: "seven rises in a row",
    Rule.FALLING: "seven falls in a row",
    Rule.TWO_IN_THREE_ABOVE: "two in three near the upper limit",
    Rule.TWO_IN_THREE_BELOW: "two in three near the lower limit",
    Rule.SHIFT_ABOVE: "seven in a row above the mean",
    Rule.SHIFT_BELOW: "seven in a row below the mean",
}
MONTHS = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]


def month(position: int) -> str:
    """The month of a position, counted from April 2024."""
    year = 2024 + (position + 3) // 12
    return f"{MONTHS[position % 12]} {year}"


def special_months(chart: XmrChart) -> str:
    """Each run of special months on one side, with the rules that fired in it, as a sentence."""
    runs: list[tuple[list[int], list[str]]] = []
    side: bool | None = None
    for point in chart.points:
        if point.rule is None:
            side = None
            continue
        if side is not point.rule.is_high:
            runs.append(([], []))
        side = point.rule.is_high
        runs[-1][0].append(point.position)
        if RULE_WORDS[point.rule] not in runs[-1][1]:
            runs[-1][1].append(RULE_WORDS[point.rule])
    if not runs:
        return "No month is special."
    said = [f"{month(held[0])} to {month(held[-1])} ({', '.join(rules)})" for held, rules in runs]
    return f"Special: {'; '.join(said)}."
