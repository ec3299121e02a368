"""The words a chart over time is read in: kinds of point, rules, assurance, directions, states of limits."""

from enum import StrEnum

from stats.arguments import refuse


class Direction(StrEnum):
    """Which way is better; `NEUTRAL` when neither is."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEUTRAL = "neutral"


class Kind(StrEnum):
    """What a point says about the process behind it."""

    COMMON_CAUSE = "common_cause"
    IMPROVEMENT = "special_cause_improvement"
    CONCERN = "special_cause_concern"
    NEUTRAL_HIGH = "special_cause_neutral_high"
    NEUTRAL_LOW = "special_cause_neutral_low"


class Rule(StrEnum):
    """The rule that made a point special, with the side it is on."""

    ABOVE_LIMIT = "above_limit"
    BELOW_LIMIT = "below_limit"
    RISING = "rising_trend"
    FALLING = "falling_trend"
    TWO_IN_THREE_ABOVE = "two_in_three_above"
    TWO_IN_THREE_BELOW = "two_in_three_below"
    SHIFT_ABOVE = "shift_above"
    SHIFT_BELOW = "shift_below"

    @property
    def is_high(self) -> bool:
        """Whether the rule speaks of high or rising values."""
        return self in (Rule.ABOVE_LIMIT, Rule.RISING, Rule.TWO_IN_THREE_ABOVE, Rule.SHIFT_ABOVE)


class Assurance(StrEnum):
    """Whether the process, left as it is, would meet its target."""

    CONSISTENT_PASS = "consistent_pass"  # noqa: S105 the word of the NHS icons, not a secret
    CONSISTENT_FAIL = "consistent_fail"
    INCONSISTENT = "inconsistent"
    CANNOT_BE_ASSESSED = "cannot_be_assessed"


class Limits(StrEnum):
    """How far the limits of a stretch of points can be trusted, or why it has none."""

    FIRM = "firm"
    TRIAL = "trial"
    TOO_FEW_POINTS = "too_few_points"
    NO_VARIATION = "no_variation"


class Chart(StrEnum):
    """The charts this package can draw."""

    RUN = "run"
    XMR = "xmr"
    P = "p"
    P_PRIME = "p_prime"
    U = "u"
    U_PRIME = "u_prime"
    C = "c"
    G = "g"
    T = "t"


def kind_of(rule: Rule | None, improvement: Direction) -> Kind:
    """What a point on which the rule fired says, given which way is better.

    Source: NHS England, Making Data Count; NHSRplotthedots 0.2.2.
    """
    if rule is None:
        return Kind.COMMON_CAUSE
    if improvement is Direction.NEUTRAL:
        return Kind.NEUTRAL_HIGH if rule.is_high else Kind.NEUTRAL_LOW
    return Kind.IMPROVEMENT if rule.is_high is (improvement is Direction.INCREASE) else Kind.CONCERN


def checked_direction(improvement: object) -> Direction:
    """The direction that was given.

    Raises: ValueError when it is not a `Direction`.
    """
    if not isinstance(improvement, Direction):
        refuse("improvement", improvement, "a Direction: INCREASE, DECREASE or NEUTRAL")
    return improvement
