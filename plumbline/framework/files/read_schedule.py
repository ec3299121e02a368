"""A schedule of activities and forums built from the values of a file, with what is wrong or odd noted."""

from collections.abc import Collection

from plumbline.framework.files import remarks
from plumbline.framework.files.content import (
    LONGEST_LABEL,
    LONGEST_LINE,
    MOST_ACTIVITIES,
    MOST_FORUMS,
    Activity,
    ActivityType,
    Corner,
    Level,
    Per,
    ReportHow,
    ReportLine,
    Schedule,
    Volume,
)
from plumbline.framework.files.drivers import Drivers
from plumbline.framework.files.fields import Fields
from plumbline.framework.files.forums import Forums
from plumbline.framework.files.read_cadences import read_cadences
from plumbline.framework.files.read_standards import HEADER_KEYS, read_header
from plumbline.shared.given import Given, Problems
from plumbline.shared.plain_text import slug

SCHEDULE_KEYS = HEADER_KEYS | {"drivers", "forums", "activities"}
ACTIVITY_KEYS = {
    "key",
    "name",
    "description",
    "purpose",
    "type",
    "corner",
    "responsible",
    "countersigned_by",
    "frequency",
    "cadences",
    "per",
    "streams",
    "volume",
    "intended_outcome",
    "reporting_arrangements",
    "reports_to",
    "drivers",
    "flag",
}
_CORNER_OF = {
    ActivityType.CHILDRENS_VOICE: Corner.VOICE,
    ActivityType.COMPLAINTS: Corner.VOICE,
    ActivityType.FEEDBACK: Corner.VOICE,
    ActivityType.HEALTH_CHECK: Corner.VOICE,
    ActivityType.PERFORMANCE_ANALYSIS: Corner.NUMBERS,
    ActivityType.THEMATIC_REVIEW: Corner.PRACTICE,
    ActivityType.DIRECT_OBSERVATION: Corner.PRACTICE,
    ActivityType.EXTERNAL_CHALLENGE: Corner.PRACTICE,
    ActivityType.VISIT: Corner.PRACTICE,
    ActivityType.CASE_AUDIT: Corner.PRACTICE,
    ActivityType.HOMES_MONITORING: Corner.PRACTICE,
    ActivityType.SUPERVISION_AUDIT: Corner.PRACTICE,
    ActivityType.SERVICE_AUDIT: Corner.PRACTICE,
}
# The first word found in a name decides; the order goes from the special to the general.
_TYPE_WORDS = {
    "supervision": ActivityType.SUPERVISION_AUDIT,
    "regulation 44": ActivityType.HOMES_MONITORING,
    "complaint": ActivityType.COMPLAINTS,
    "escalation": ActivityType.ESCALATION,
    "children in care council": ActivityType.CHILDRENS_VOICE,
    "health check": ActivityType.HEALTH_CHECK,
    "external challenge": ActivityType.EXTERNAL_CHALLENGE,
    "challenge from outside": ActivityType.EXTERNAL_CHALLENGE,
    "peer review": ActivityType.EXTERNAL_CHALLENGE,
    "peer challenge": ActivityType.EXTERNAL_CHALLENGE,
    "thematic": ActivityType.THEMATIC_REVIEW,
    "deep dive": ActivityType.THEMATIC_REVIEW,
    "performance analysis": ActivityType.PERFORMANCE_ANALYSIS,
    "performance report": ActivityType.PERFORMANCE_ANALYSIS,
    "observation": ActivityType.DIRECT_OBSERVATION,
    "survey": ActivityType.FEEDBACK,
    "feedback": ActivityType.FEEDBACK,
    "case": ActivityType.CASE_AUDIT,
    "audit": ActivityType.SERVICE_AUDIT,
    "visit": ActivityType.VISIT,
    "briefing": ActivityType.BRIEFING,
    "committee": ActivityType.COMMITTEE,
}


def schedule_from(
    given: Given, problems: Problems, shipped_drivers: Collection[str], *, is_as_printed: bool = False
) -> Schedule:
    """The schedule; usable only where no errors were added to the problems.

    Its activities may cite the drivers it lists and the shipped ones, which are given by their keys.
    `is_as_printed` is for a file that copies a printed document: forums it names are added as they come.
    """
    fields = Fields(given, problems)
    fields.tell_unknown(SCHEDULE_KEYS, "the schedule")
    header = read_header(fields)
    rows = fields.mappings("activities", "key: monthly-case-audit", most=MOST_ACTIVITIES)
    if not rows and not problems.has_errors:
        problems.error(given.get("activities").place, "There are no activities here. Write at least one.")
    listed = fields.mappings("forums", "key: oversight-board", most=MOST_FORUMS)
    forums = Forums(listed, problems, may_grow=is_as_printed or not listed)
    drivers = Drivers(fields, shipped_drivers, level=Level.LOCAL)
    reader = _ActivityReader(problems, forums, drivers)
    activities = tuple(reader.read(row) for row in rows)
    remarks.about_roles([(row, a.responsible) for row, a in zip(rows, activities, strict=True)], problems)
    if forums.may_grow:
        remarks.about_forums([forum.name for forum in forums.listed()], given.get("activities"), problems)
    remarks.about_words(given, problems)
    return Schedule(**vars(header), drivers=drivers.listed(), forums=forums.listed(), activities=activities)


class _ActivityReader:
    """Reads the activities of one file, keeping the keys already used."""

    def __init__(self, problems: Problems, forums: Forums, drivers: Drivers) -> None:
        self.problems = problems
        self.forums = forums
        self.drivers = drivers
        self.used: dict[str, Given] = {}

    def read(self, given: Given) -> Activity:
        fields = Fields(given, self.problems)
        fields.tell_unknown(ACTIVITY_KEYS, "activities")
        name = fields.line("name", needed="Write the name of the activity.", longest=LONGEST_LINE)
        key = self._key(fields, name)
        activity_type = self._type(fields, name)
        cadences = read_cadences(given, self.problems)
        remarks.about_frequency(given, cadences, self.problems)
        self._tell_gaps(given, name)
        return Activity(
            key=key,
            name=name,
            type=activity_type,
            corner=self._corner(fields, activity_type),
            cadences=cadences,
            description=fields.text("description"),
            purpose=fields.text("purpose"),
            responsible=fields.lines("responsible"),
            countersigned_by=fields.lines("countersigned_by"),
            frequency=fields.text("frequency"),
            per=fields.choice("per", Per),
            streams=tuple(dict.fromkeys(fields.lines("streams", LONGEST_LABEL))),
            volume=self._volume(given.get("volume")),
            intended_outcome=fields.text("intended_outcome"),
            reporting_arrangements=fields.text("reporting_arrangements"),
            reports_to=self._reports_to(given.get("reports_to")),
            drivers=self.drivers.cited(given.get("drivers")),
            flag=fields.text("flag"),
        )

    def _key(self, fields: Fields, name: str) -> str:
        given = fields.given.get("key")
        key = fields.key("key")
        if given.is_blank:
            # Two rows of one name are two activities (Z07), so the second gets a number.
            stem = slug(name, longest=50) or "activity"
            key = next(
                k for n in range(1, 10_000) if (k := stem if n == 1 else f"{stem}-{n}") not in self.used
            )
        elif key and key in self.used:
            self.problems.error(
                given.place, f"The key {key} is used twice, first at {self.used[key].place}. Write another."
            )
        self.used.setdefault(key, given)
        return key

    def _type(self, fields: Fields, name: str) -> ActivityType:
        activity_type = fields.choice("type", ActivityType)
        if activity_type is None:
            folded = name.casefold()
            activity_type = next(
                (t for word, t in _TYPE_WORDS.items() if word in folded), ActivityType.MEETING
            )
            if fields.given.get("type").is_blank:
                self.problems.note(
                    fields.given.place, f"No type is given for “{name}”; taken as {activity_type.value}."
                )
        return activity_type

    def _corner(self, fields: Fields, activity_type: ActivityType) -> Corner:
        corner = fields.choice("corner", Corner)
        if fields.given.get("corner").is_blank:
            self.problems.note_once(
                "corner",
                fields.given.place,
                "No corner (voice, numbers, practice, governance) is given; it follows the type.",
                "{n} activities give no corner (voice, numbers, practice, governance); it follows the type.",
            )
        return corner or _CORNER_OF.get(activity_type, Corner.GOVERNANCE)

    def _tell_gaps(self, given: Given, name: str) -> None:
        if given.get("purpose").is_blank:
            self.problems.note_once(
                "purpose",
                given.place,
                f"“{name}” does not give its purpose.",
                "{n} activities do not give their purpose.",
            )
        if given.get("intended_outcome").is_blank:
            self.problems.note(
                given.get("intended_outcome").place,
                f"“{name}” has no intended outcome. It is shown as a gap to fill at the annual review.",
            )
        if given.get("responsible").is_blank:
            self.problems.note(given.get("responsible").place, f"“{name}” names no one responsible.")
        if given.get("reports_to").is_blank:
            self.problems.note_once(
                "reports_to",
                given.place,
                f"“{name}” names no forum it reports to.",
                "{n} activities name no forum they report to.",
            )

    def _volume(self, given: Given) -> Volume | None:
        if given.is_blank:
            return None
        fields = Fields(given, self.problems)
        if not isinstance(given.value, dict):
            self.problems.error(given.place, "Write least and most, such as {least: 18, most: 25}.")
            return None
        fields.tell_unknown({"least", "most"}, "the volume")
        least, most = fields.whole("least"), fields.whole("most")
        if least and most and most < least:
            self.problems.error(
                given.get("most").place, f"Write {least} or more: most cannot be below least."
            )
        return Volume(least, most) if least or most else None

    def _reports_to(self, given: Given) -> tuple[ReportLine, ...]:
        if given.is_blank:
            return ()
        rows = given.items if isinstance(given.value, tuple) else (given,)
        return tuple(dict.fromkeys(line for row in rows if (line := self._report_line(row)) is not None))

    def _report_line(self, given: Given) -> ReportLine | None:
        if not isinstance(given.value, dict):
            named = Fields(Given({"forum": given}, given.place), self.problems)
            return self._line_to(named, ReportHow.REPORT)
        fields = Fields(given, self.problems)
        fields.tell_unknown({"forum", "how"}, "reporting lines")
        return self._line_to(fields, fields.choice("how", ReportHow) or ReportHow.REPORT)

    def _line_to(self, fields: Fields, how: ReportHow) -> ReportLine | None:
        name = fields.line("forum", needed="Write the key or the name of a forum.")
        key = self.forums.key_of(name, fields.given.get("forum").place) if name else None
        return ReportLine(key, how) if key else None
