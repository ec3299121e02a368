"""The columns of our workbooks: the heading people see, its key, and other headings that mean it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column: its heading, the key it fills, and other headings under which it is found."""

    heading: str
    key: str
    also: tuple[str, ...] = ()


ABOUT = (
    Column("Kind", "kind"),
    Column("Key", "key"),
    Column("Title", "title"),
    Column("Version", "version"),
    Column("Effective from", "effective_from", ("applies from",)),
    Column("Licence", "licence"),
    Column("Source", "source"),
    Column("Consultation", "consultation"),
    Column("Equality", "equality"),
)
ABOUT_HEADINGS = ("Field", "Value")

STANDARDS = (
    Column("Standard number", "standard.number", ("standard no", "standard")),
    Column("Standard title", "standard.title", ("standard name",)),
    Column("Why it matters", "standard.purpose", ("standard purpose",)),
    Column("Criterion key", "key", ("key",)),
    Column("Number", "number", ("criterion number", "criterion no", "no")),
    Column("Text", "text", ("criterion", "criterion text", "criteria")),
    Column("Kind", "kind", ("criterion kind",)),
    Column("Applies to", "applies_to"),
    Column("Good", "good", ("what good looks like",)),
    Column("Not yet", "not_yet", ("not yet there",)),
    Column("Evidence", "evidence", ("where to look",)),
    Column("Speaks to", "speaks_to"),
    Column("Flag", "flag"),
)
NOTES = (
    Column("Criterion key", "key", ("criterion", "key")),
    Column("Date", "on"),
    Column("Note", "text", ("text",)),
)
ACTIVITIES = (
    Column("Key", "key"),
    Column("Name", "name", ("activity", "process", "qa process", "quality assurance process", "title")),
    Column("Type", "type"),
    Column("Corner", "corner"),
    Column("Description", "description"),
    Column("Purpose", "purpose"),
    Column("Responsible", "responsible", ("responsible officer", "responsible officer/member/panel", "who")),
    Column("Countersigned by", "countersigned_by", ("countersigned",)),
    Column("Frequency", "frequency", ("how often",)),
    Column("Cadences", "cadences", ("cadence",)),
    Column("Per", "per", ("for each",)),
    Column("Streams", "streams", ("stream",)),
    Column("At least", "volume.least", ("volume least", "minimum")),
    Column("At most", "volume.most", ("volume most", "maximum")),
    Column("Intended outcome", "intended_outcome", ("outcome", "intended outcomes")),
    Column("Reporting arrangements", "reporting_arrangements", ("reporting arrangement", "reporting")),
    Column("Reports to", "reports_to"),
    Column("Flag", "flag"),
    Column("Drivers", "drivers", ("driver",)),
)
FORUMS = (
    Column("Key", "key"),
    Column("Name", "name", ("forum",)),
    Column("Aliases", "aliases", ("other names",)),
    Column("Cadence", "cadence", ("frequency", "how often")),
    Column("Purpose", "purpose"),
)
DRIVERS = (
    Column("Key", "key"),
    Column("Title", "title", ("driver", "name")),
    Column("Kind", "kind", ("type",)),
    Column("Level", "level"),
    Column("Publisher", "publisher", ("published by",)),
    Column("Year", "year"),
    Column("Replaced by", "replaced_by"),
    Column("Link", "link"),
)
# Keys whose cell holds one item a line.
LISTS = {
    "evidence",
    "speaks_to",
    "responsible",
    "countersigned_by",
    "cadences",
    "streams",
    "reports_to",
    "drivers",
    "aliases",
}
