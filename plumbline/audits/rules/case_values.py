"""The columns of a case list and the values each may hold, with the spellings that councils use."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum


class Column(StrEnum):
    """What a case list may say of a case. Nothing else is kept."""

    REFERENCE = "reference"
    PLAN_TYPE = "plan_type"
    TEAM = "team"
    WORKER = "worker"
    START = "started_on"
    BIRTH = "birth_month"
    AGE_BAND = "age_band"
    SEX = "sex"
    ETHNICITY = "ethnicity"
    DISABILITY = "disability"


COLUMN_LABELS: dict[Column, str] = {
    Column.REFERENCE: "Case reference",
    Column.PLAN_TYPE: "Plan type",
    Column.TEAM: "Team",
    Column.WORKER: "Worker",
    Column.START: "Start date",
    Column.BIRTH: "Birth month (only the age band is kept)",
    Column.AGE_BAND: "Age or age band",
    Column.SEX: "Sex",
    Column.ETHNICITY: "Ethnicity",
    Column.DISABILITY: "Disability",
}
NEEDED = (Column.REFERENCE, Column.PLAN_TYPE, Column.TEAM)
# Values that a case list spells in its own way and that are asked for once.
CODED = (Column.PLAN_TYPE, Column.AGE_BAND, Column.SEX, Column.ETHNICITY, Column.DISABILITY)
STRATA: dict[Column, str] = {
    Column.PLAN_TYPE: "Plan type",
    Column.TEAM: "Team",
    Column.AGE_BAND: "Age band",
    Column.SEX: "Sex",
    Column.ETHNICITY: "Ethnicity",
    Column.DISABILITY: "Disability",
}

PLAN_TYPES: dict[str, str] = {
    "early-help": "Early help",
    "assessment": "Assessment",
    "child-in-need": "Child in need",
    "child-protection": "Child protection",
    "child-in-care": "Child in care",
    "care-leaver": "Care leaver",
    "other": "Another plan",
}
AGE_BANDS: dict[str, str] = {
    "unborn": "Unborn",
    "0": "Under 1",
    "1-4": "1 to 4",
    "5-9": "5 to 9",
    "10-15": "10 to 15",
    "16-17": "16 and 17",
    "18-25": "18 to 25",
}
SEXES: dict[str, str] = {"female": "Female", "male": "Male", "other": "Other", "unknown": "Not known"}
# Source: the groups of the 2021 census, under which the codes of the children in need census fall.
ETHNICITIES: dict[str, str] = {
    "asian": "Asian",
    "black": "Black",
    "mixed": "Mixed",
    "white": "White",
    "other": "Other",
    "unknown": "Not known",
}
DISABILITIES: dict[str, str] = {"yes": "Disabled", "no": "Not disabled", "unknown": "Not known"}
VALUES: dict[Column, dict[str, str]] = {
    Column.PLAN_TYPE: PLAN_TYPES,
    Column.AGE_BAND: AGE_BANDS,
    Column.SEX: SEXES,
    Column.ETHNICITY: ETHNICITIES,
    Column.DISABILITY: DISABILITIES,
}

_HEADINGS: dict[Column, str] = {
    Column.REFERENCE: "reference|case reference|case ref|ref|case id|case number|case no|child id|child reference"
    "|client id|person id|unique id|system id|mosaic id|liquidlogic id|lcs id",
    Column.PLAN_TYPE: "plan type|plan|type of plan|case type|status|case status|cohort|category|current plan",
    Column.TEAM: "team|team name|allocated team|case holding team|responsible team|work team",
    Column.WORKER: "worker|allocated worker|social worker|case worker|case holder|key worker|lead worker|sw"
    "|worker email|worker e mail|worker name|allocated to",
    Column.START: "start date|started|started on|open date|opened|opened on|date opened|referral date|case start date"
    "|plan start|plan start date|start",
    Column.BIRTH: "birth month|month of birth|date of birth|dob|birth date|birthdate|born|year and month of birth",
    Column.AGE_BAND: "age band|age group|age|age range",
    Column.SEX: "sex|gender",
    Column.ETHNICITY: "ethnicity|ethnic group|ethnic origin|ethnic code|ethnicity code",
    Column.DISABILITY: "disability|disabled|disability status|is disabled|disability code",
}
_GUESSES = {heading: column for column, words in _HEADINGS.items() for heading in words.split("|")}

_SPELLINGS: dict[Column, dict[str, str]] = {
    Column.PLAN_TYPE: {
        "early-help": "early help|eh|eha|early help assessment|targeted early help|family help",
        "assessment": "assessment|in assessment|single assessment|child and family assessment|s47|section 47|open"
        "|referral",
        "child-in-need": "child in need|children in need|cin|chin|cin plan|child in need plan|s17|section 17",
        "child-protection": "child protection|cp|cpp|child protection plan|cp plan|subject to child protection plan",
        "child-in-care": "child in care|children in care|cic|lac|cla|looked after|looked after child"
        "|child looked after|children looked after|looked after children|in care",
        "care-leaver": "care leaver|care leavers|cl|leaving care|pathway|pathway plan|former relevant|relevant",
        "other": "other|another plan|none|no plan",
    },
    Column.AGE_BAND: {
        "unborn": "unborn|pre birth|not born",
        "0": "under 1|0|less than 1|below 1|0 to 1|0 1",
        "1-4": "1 to 4|1 4",
        "5-9": "5 to 9|5 9",
        "10-15": "10 to 15|10 15",
        "16-17": "16 to 17|16 17|16 and 17|16 or over|16",
        "18-25": "18 to 25|18 25|18 or over|18 and over|18",
    },
    Column.SEX: {
        "female": "female|f|girl|2|woman",
        "male": "male|m|boy|1|man",
        "other": "other|x|non binary|indeterminate|i|n",
        "unknown": "not known|unknown|u|0|9|not stated|not recorded|unborn",
    },
    Column.ETHNICITY: {
        "asian": "asian|asian or asian british|aind|apkn|aban|aoth|chne|indian|pakistani|bangladeshi|chinese"
        "|any other asian background",
        "black": "black|black or black british|bcrb|bafr|both|caribbean|african|any other black background"
        "|black african|black caribbean",
        "mixed": "mixed|mixed or multiple ethnic groups|mwbc|mwba|mwas|moth|dual heritage"
        "|any other mixed background|white and black caribbean|white and black african|white and asian",
        "white": "white|wbri|wiri|wirt|wrom|woth|white british|british|white irish|irish|roma"
        "|any other white background|white other|gypsy roma|traveller of irish heritage|gypsy or irish traveller",
        "other": "other|ooth|any other ethnic group|other ethnic group|arab",
        "unknown": "not known|unknown|refu|nobt|refused|not stated|not yet obtained|information not yet obtained",
    },
    Column.DISABILITY: {
        "yes": "yes|y|true|1|disabled|has a disability|mob|hand|pc|inc|comm|ld|hear|visn|beh|con|aut|dda",
        "no": "no|n|false|0|none|not disabled|no disability",
        "unknown": "not known|unknown|u|not stated|not recorded",
    },
}
_KNOWN: dict[Column, dict[str, str]] = {
    column: {spelling: key for key, words in keys.items() for spelling in words.split("|")}
    for column, keys in _SPELLINGS.items()
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def plain(text: str) -> str:
    """A heading or spelling without capitals, marks and needless blanks, so that small differences do not count."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.casefold().replace("’", "").replace("'", "")).split())


def column_of(heading: str) -> Column | None:
    """The column that a heading most likely means."""
    return _GUESSES.get(plain(heading))


def words_of(column: Column, key: str) -> str:
    """The words for a coded value; the value itself where it is none of the known keys."""
    return VALUES[column].get(key, key)


def value_of(column: Column, text: str, spellings: Mapping[str, str]) -> str | None:
    """The key of a coded value: as a person said it, or else as it is commonly spelled; None for neither."""
    said = plain(text)
    if said in spellings:
        return spellings[said]
    known = _KNOWN[column].get(said)
    if known is not None:
        return known
    if column is Column.AGE_BAND and re.fullmatch(r"\d{1,2}", said):
        return band_of_age(int(said))
    return said if said in VALUES[column] else None


def band_of_age(age: int) -> str | None:
    """The band of an age in years."""
    for band, most in (("0", 0), ("1-4", 4), ("5-9", 9), ("10-15", 15), ("16-17", 17), ("18-25", 25)):
        if 0 <= age <= most:
            return band
    return None


def age_band(born: date, on: date) -> str | None:
    """The age band on a day of somebody born then; None for nobody a case list would hold."""
    if born > on:
        return "unborn" if (born - on).days <= 310 else None
    return band_of_age(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def day_of(text: str) -> date | None:
    """A day written as 2026-04-01, 1/4/2026 or 1 April 2026; None for anything else."""
    said = text.strip()[:40].split("T")[0]
    said = re.sub(r"\s+\d\d:\d\d(:\d\d)?$", "", said)
    if match := re.fullmatch(r"(\d{4})-(\d\d?)-(\d\d?)", said):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d\d?)[/.-](\d\d?)[/.-](\d{4})", said):
        return _day(int(match[3]), int(match[2]), int(match[1]))
    if match := re.fullmatch(r"(\d\d?)[ -]([A-Za-z]{3,9})[ -](\d{4})", said):
        return _day(int(match[3]), _month(match[2]), int(match[1]))
    return None


def month_of(text: str) -> date | None:
    """The first day of a month written as 2014-05, 05/2014 or May 2014, or the day where a day is given."""
    said = text.strip()
    if match := re.fullmatch(r"(\d{4})-(\d\d?)", said):
        return _day(int(match[1]), int(match[2]), 1)
    if match := re.fullmatch(r"(\d\d?)[/.-](\d{4})", said):
        return _day(int(match[2]), int(match[1]), 1)
    if match := re.fullmatch(r"([A-Za-z]{3,9})[ -](\d{4})", said):
        return _day(int(match[2]), _month(match[1]), 1)
    return day_of(said)


def _month(word: str) -> int:
    short = word[:3].casefold()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 1950 <= year <= 2100 else None
