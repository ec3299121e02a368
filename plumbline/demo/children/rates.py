"""The published and the chosen numbers behind the synthetic council, each with its source.

Published figures are of Barnsley (year ending 31 March, Department for Education, OGL): the size of the synthetic
council. The chosen ones were set so that the journeys together come out at the published figures; `calibration`
measures how near they are.
"""

from datetime import date

# Average share of each calendar month in the year's referrals, 1 being an even year. Source: children in need
# 2013 to 2024, table c6 (referrals by month), Barnsley, the eight years 2017 to 2024, 21,694 referrals.
MONTHLY_FACTOR = {
    4: 0.971,
    5: 1.071,
    6: 1.115,
    7: 1.002,
    8: 0.880,
    9: 0.964,
    10: 1.069,
    11: 0.997,
    12: 0.921,
    1: 0.991,
    2: 1.044,
    3: 0.974,
}
BUSIEST_MONTH = max(MONTHLY_FACTOR.values())
# One month differs from the same month of another year by more than chance: standard deviation of its logarithm.
# Source: the same table, after the factors above; rounded down, because families that come together explain some.
MONTH_NOISE = 0.09

# Working days from start to authorisation: band and number of assessments. Source: table c2, 2024, Barnsley.
ASSESSMENT_DAYS = (
    ((0, 0), 13),
    ((1, 10), 238),
    ((11, 20), 531),
    ((21, 30), 537),
    ((31, 40), 668),
    ((41, 45), 974),
    ((46, 50), 239),
    ((51, 60), 104),
    ((61, 95), 146),
)
# Earlier years were faster. Until the day, so many of the late ones were in time after all. Source: the same
# table, share within 45 working days: 2022 99.4%, 2023 89.8%, 2024 85.8%.
FASTER_UNTIL = ((date(2022, 4, 1).toordinal(), 0.95), (date(2023, 4, 1).toordinal(), 0.28))
# Working days from strategy discussion to conference. Source: table c4, 2024, Barnsley.
CONFERENCE_DAYS = (((5, 10), 111), ((11, 15), 391), ((16, 20), 49), ((21, 40), 65))
# Who refers: the code of the return and how many. Source: table c5, 2024, Barnsley; split within a published
# group evenly or by sense.
SOURCES = (
    ("1A", 90, "Individual - family member"),
    ("1B", 60, "Individual - acquaintance"),
    ("1C", 62, "Individual - self"),
    ("1D", 40, "Individual - other"),
    ("2A", 501, "Schools"),
    ("2B", 124, "Education services"),
    ("3A", 130, "Health services - GP"),
    ("3B", 110, "Health services - health visitor"),
    ("3C", 40, "Health services - school nurse"),
    ("3D", 90, "Health services - other primary health"),
    ("3E", 115, "Health services - A&E"),
    ("3F", 70, "Health services - other"),
    ("4", 23, "Housing"),
    ("5A", 280, "Local authority services - social care"),
    ("5B", 130, "Local authority services - other internal"),
    ("5C", 70, "Local authority services - external"),
    ("6", 829, "Police"),
    ("7", 139, "Other legal agency"),
    ("8", 204, "Other"),
    ("10", 7, "Unknown"),
)
SOURCE_TEXT = {code: text for code, _, text in SOURCES}
# Primary need at assessment. Source: table b3, 2024, Barnsley.
NEEDS = (
    ("N1", 1544),
    ("N2", 73),
    ("N3", 8),
    ("N4", 32),
    ("N5", 65),
    ("N6", 12),
    ("N8", 36),
    ("N9", 27),
    ("N0", 7),
)
# Initial category of child protection plans starting. Source: table d2, 2023 and 2024, Barnsley.
CATEGORIES = (("NEG", 564), ("EMO", 273), ("PHY", 38), ("SAB", 33), ("MUL", 23))
# Factors at the end of assessment: code and share of episodes. Source: table c3, 2024, Barnsley (codes of the
# children in need census).
FACTORS = (
    ("1B", 0.137),
    ("2A", 0.045),
    ("2B", 0.137),
    ("3A", 0.125),
    ("3B", 0.293),
    ("3C", 0.065),
    ("4A", 0.119),
    ("4B", 0.251),
    ("4C", 0.045),
    ("5A", 0.080),
    ("5B", 0.033),
    ("6A", 0.032),
    ("6B", 0.031),
    ("7A", 0.012),
    ("10A", 0.028),
    ("11A", 0.020),
    ("13A", 0.008),
    ("14A", 0.044),
    ("15A", 0.016),
    ("16A", 0.220),
    ("17A", 0.193),
    ("18B", 0.024),
    ("18C", 0.144),
    ("19B", 0.034),
    ("19C", 0.048),
    ("23A", 0.031),
    ("20", 0.060),
)

# Households a month that come to the front door for the first time, at scale 1 (chosen).
NEW_HOUSEHOLDS = 352.0
# Brothers and sisters: share of households with 1, 2, 3 and 4 children (chosen; about 1.7 a household).
CHILDREN = ((1, 54), (2, 27), (3, 13), (4, 6))
# Age of the eldest at the first contact: lowest and highest age in years, and weight (chosen against the ages of
# children in need in table a7). -0.4 is a child not yet born.
FIRST_AGES = (((-0.4, 0.0), 5), ((0, 1), 7), ((1, 5), 25), ((5, 10), 28), ((10, 16), 31), ((16, 17.6), 4))
ETHNICITIES = (
    ("WBRI", 830),
    ("WOTH", 42),
    ("WROM", 9),
    ("WIRT", 2),
    ("MWBC", 12),
    ("MWBA", 12),
    ("MWAS", 8),
    ("MOTH", 14),
    ("AIND", 3),
    ("APKN", 8),
    ("ABAN", 2),
    ("AOTH", 9),
    ("CHNE", 3),
    ("BAFR", 22),
    ("BCRB", 2),
    ("BOTH", 6),
    ("OOTH", 12),
    ("NOBT", 4),
)
DISABILITIES = (("LD", 30), ("AUT", 34), ("BEH", 16), ("MOB", 10), ("COMM", 10), ("HEAR", 5), ("VIS", 4))
HAS_DISABILITY = 0.085
# Recording: how many days after the event a row is there. Out of 128 rows (chosen): most within a day, some late.
LATENESS = (
    (0,) * 74
    + (1,) * 26
    + (2, 2, 3, 3, 4, 5, 5, 6, 7, 7, 8, 9, 10, 12, 14, 17, 20, 23, 26, 30, 34, 38)
    + (
        41,
        45,
        50,
        55,
        58,
        60,
    )
)
