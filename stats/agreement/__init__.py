"""Do two or more people judge the same cases alike? Counts first, then one coefficient with its interval."""

from stats.agreement.coefficients import cohen_kappa, gwet_ac, krippendorff_alpha
from stats.agreement.counts import (
    FEWEST_PAIRS,
    PairShare,
    SignedDifference,
    percent,
    shrink,
    signed_difference,
    within_one,
)
from stats.agreement.ratings import Level, Weights
from stats.agreement.resampling import Coefficient, Reason, Verdict
from stats.agreement.summary import TwoRaters, two_raters

__all__ = [
    "FEWEST_PAIRS",
    "Coefficient",
    "Level",
    "PairShare",
    "Reason",
    "SignedDifference",
    "TwoRaters",
    "Verdict",
    "Weights",
    "cohen_kappa",
    "gwet_ac",
    "krippendorff_alpha",
    "percent",
    "shrink",
    "signed_difference",
    "two_raters",
    "within_one",
]
