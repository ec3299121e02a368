"""What a definition file holds once it is read: a set of practice standards, or a schedule of activities."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plumbline.framework.rules.cadence import Cadence

# Far more than any framework holds, and few enough to compare each with each.
MOST_STANDARDS = 200
MOST_CRITERIA = 1_000
MOST_ACTIVITIES = 500
MOST_FORUMS = 300
MOST_DRIVERS = 200
# The longest texts that are kept, in characters. Cells of a workbook hold 32,767.
LONGEST_KEY = 60
LONGEST_LINE = 300
LONGEST_TITLE = 200
LONGEST_LABEL = 120
LONGEST_VERSION = 60
LONGEST_CRITERION_KEY = 30
LONGEST_NUMBER = 20
LONGEST_TEXT = 10_000


class FileKind(StrEnum):
    """What a file defines."""

    STANDARDS = "practice-standards"
    SCHEDULE = "qa-schedule"


class CriterionKind(StrEnum):
    """What a criterion tests. Source: catalogue A28, model 4.1."""

    COMPLIANCE = "compliance"
    QUALITY = "quality"
    IMPACT = "impact"
    VOICE = "voice"
    SUPERVISION = "supervision"
    EQUALITY = "equality"


class AppliesTo(StrEnum):
    """The children whose work a criterion is judged on."""

    ALL = "all"
    ASSESSMENT = "assessment"
    CHILD_IN_NEED = "child-in-need"
    CHILD_PROTECTION = "child-protection"
    CHILD_IN_CARE = "child-in-care"
    CARE_LEAVER = "care-leaver"
    DISABLED_CHILDREN = "disabled-children"
    FOSTERING_ADOPTION = "fostering-adoption"


class ActivityType(StrEnum):
    """What sort of quality assurance an activity is. Source: catalogue A08, A09, D09."""

    COMMITTEE = "committee"
    BRIEFING = "briefing"
    VISIT = "visit"
    CHILDRENS_VOICE = "childrens_voice"
    MEETING = "meeting"
    CASE_AUDIT = "case_audit"
    HOMES_MONITORING = "homes_monitoring"
    SUPERVISION_AUDIT = "supervision_audit"
    SERVICE_AUDIT = "service_audit"
    COMPLAINTS = "complaints"
    ESCALATION = "escalation"
    THEMATIC_REVIEW = "thematic_review"
    PERFORMANCE_ANALYSIS = "performance_analysis"
    FEEDBACK = "feedback"
    DIRECT_OBSERVATION = "direct_observation"
    HEALTH_CHECK = "health_check"
    EXTERNAL_CHALLENGE = "external_challenge"


class Corner(StrEnum):
    """The kind of evidence an activity brings. Source: catalogue A35."""

    VOICE = "voice"
    NUMBERS = "numbers"
    PRACTICE = "practice"
    GOVERNANCE = "governance"


class Per(StrEnum):
    """What an activity is done for each of; each has its own series of dates."""

    TEAM = "team"
    HOME = "home"


class ReportHow(StrEnum):
    """The form in which an activity reports to a forum. Source: catalogue D05."""

    REPORT = "report"
    ANNUAL_REPORT = "annual-report"
    MINUTES = "minutes"
    FEEDBACK = "feedback"


class DriverKind(StrEnum):
    """What sort of thing asks the council to assure quality. Source: catalogue A21, A22, A32, A33."""

    LAW = "law"
    GUIDANCE = "guidance"
    FRAMEWORK = "framework"
    INSPECTION = "inspection"
    STANDARDS = "standards"
    PLAN = "plan"
    REVIEW = "review"


class Level(StrEnum):
    """Whether a driver holds for the whole country or for this council."""

    NATIONAL = "national"
    LOCAL = "local"


@dataclass(frozen=True)
class Note:
    """A dated note on how a criterion is to be read."""

    on: date
    text: str


@dataclass(frozen=True)
class Criterion:
    """One criterion: `key` is unique in the set, `number` stands as printed and may repeat.

    `speaks_to` are keys of areas that national frameworks judge.
    """

    key: str
    number: str
    text: str
    kind: CriterionKind = CriterionKind.QUALITY
    applies_to: tuple[AppliesTo, ...] = (AppliesTo.ALL,)
    good: str = ""
    not_yet: str = ""
    evidence: tuple[str, ...] = ()
    speaks_to: tuple[str, ...] = ()
    flag: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Standard:
    """One standard with its criteria; its number is unique in the set."""

    number: str
    title: str
    purpose: str = ""
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Header:
    """What every definition says about itself. `effective_from` is None where the file gives no date."""

    key: str
    title: str
    version: str
    effective_from: date | None = None
    licence: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class StandardSet(Header):
    """A version of a set of practice standards, with who was asked and whom it may affect differently."""

    consultation: str = ""
    equality: str = ""
    standards: tuple[Standard, ...] = ()

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria of the set, in order."""
        return tuple(criterion for standard in self.standards for criterion in standard.criteria)


@dataclass(frozen=True)
class Forum:
    """A body, meeting or person that activities report to."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    cadence: Cadence | None = None
    purpose: str = ""


@dataclass(frozen=True)
class Driver:
    """What makes the council assure quality; each edition is one, and names the one that took its place.

    `year` is that of the edition, None where it is not dated.
    """

    key: str
    title: str
    kind: DriverKind
    level: Level
    publisher: str = ""
    year: int | None = None
    replaced_by: str = ""
    link: str = ""


@dataclass(frozen=True)
class ReportLine:
    """That an activity reports to a forum (by its key), and how."""

    forum: str
    how: ReportHow = ReportHow.REPORT


@dataclass(frozen=True)
class Volume:
    """How many are expected each time. Unit: audits, visits or what the activity counts."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Activity:
    """One activity of the schedule, with the six fields of D01, its purpose and at least one cadence."""

    key: str
    name: str
    type: ActivityType
    corner: Corner
    cadences: tuple[Cadence, ...]
    description: str = ""
    purpose: str = ""
    responsible: tuple[str, ...] = ()
    countersigned_by: tuple[str, ...] = ()
    frequency: str = ""
    per: Per | None = None
    streams: tuple[str, ...] = ()
    volume: Volume | None = None
    intended_outcome: str = ""
    reporting_arrangements: str = ""
    reports_to: tuple[ReportLine, ...] = ()
    drivers: tuple[str, ...] = ()
    flag: str = ""


@dataclass(frozen=True, kw_only=True)
class Schedule(Header):
    """A version of the year of quality assurance. Its drivers are the council's own, beside those that ship."""

    drivers: tuple[Driver, ...] = ()
    forums: tuple[Forum, ...] = ()
    activities: tuple[Activity, ...] = ()


Content = StandardSet | Schedule
