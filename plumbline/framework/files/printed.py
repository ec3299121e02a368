"""Files that copy a printed document in the common shapes of such copies, turned into the shape we read.

Standards: `meta` and `standards`. Schedules: `meta` and `processes`, with `x_parsed` for what a reader made
of the printed `x`, and `x_continued` for the rest of an `x` that runs over a page.
"""

from collections.abc import Iterator

from plumbline.framework.files.names import report_phrase
from plumbline.framework.rules.cadence import Cadence, Event, Every, Unit, Yearly, to_dict
from plumbline.framework.rules.cadence_words import cadences_in
from plumbline.shared.given import Given, Problems
from plumbline.shared.plain_text import clean_line, slug

_META_KEPT = {"title", "version", "year", "date", "source", "authority", "document", "licence"}
_META_COUNTS = {"standards", "criteria", "row_count"}
_META_TOLD = {"columns", "locator", "reading_notes"}
_RENAMED = {
    "activity_type": "type",
    "responsible_parsed": "responsible",
    "countersigned_by_parsed": "countersigned_by",
}
_HANDLED = {"id", "process", "variant", "cadence", "flags", "reports_to_parsed", "volume_parsed"}
_CADENCE_KEYS = {"interval", "unit", "interval_min", "interval_max", "minimum", "programme", "event_driven"}
_CADENCE_EXTRAS = {
    "also",
    "streams",
    "per",
    "report_interval",
    "report_unit",
    "elected_member_accompaniment_per_year",
}


def standards_as_printed(given: Given, problems: Problems) -> Given:
    """The copied standards in the shape of our own files."""
    header = _header(given, problems)
    standards = given.get("standards")
    criteria = sum(len(standard.get("criteria").items) for standard in standards.items)
    _check_counts(given.get("meta"), {"standards": len(standards.items), "criteria": criteria}, problems)
    rest = {key: value for key, value in given.mapping.items() if key not in ("meta", "kind")}
    return Given({**rest, **header}, given.place)


def schedule_as_printed(given: Given, problems: Problems) -> Given:
    """The copied schedule in the shape of our own files."""
    header = _header(given, problems)
    rows = given.get("processes")
    _check_counts(given.get("meta"), {"row_count": len(rows.items)}, problems)
    rest = {key: value for key, value in given.mapping.items() if key not in ("meta", "kind", "processes")}
    activities = tuple(_activity(row, problems) for row in rows.items)
    if rows.value is not None and not isinstance(rows.value, tuple):
        problems.error(rows.place, "Write a list for processes, each beginning with “- process: ...”.")
    return Given({**rest, **header, "activities": Given(activities, rows.place)}, given.place)


def _header(given: Given, problems: Problems) -> dict[str, Given]:
    meta = given.get("meta")
    for key, value in meta.mapping.items():
        if key in _META_TOLD or key not in _META_KEPT | _META_COUNTS:
            problems.note(value.place, f"“{key[:60]}” is not kept.")
    header = {"title": meta.get("title"), "version": meta.get("version"), "licence": meta.get("licence")}
    if meta.get("version").is_blank:
        header["version"] = meta.get("year")
    header["effective_from"] = meta.get("year") if meta.get("date").is_blank else meta.get("date")
    named = [meta.get(key) for key in ("authority", "document", "source")]
    said = ". ".join(clean_line(str(part.value)) for part in named if isinstance(part.value, str))
    header["source"] = Given(said, meta.place)
    header["key"] = Given(slug(str(meta.get("title").value or "")), meta.place)
    return header


def _check_counts(meta: Given, counted: dict[str, int], problems: Problems) -> None:
    for key, count in counted.items():
        said = meta.get(key)
        if not said.is_blank and str(said.value).strip() != str(count):
            problems.error(
                said.place,
                f"The file says {clean_line(str(said.value))[:20]} for {key}, but it holds {count}. "
                "Add what is missing, or correct the number.",
            )


def _activity(row: Given, problems: Problems) -> Given:
    if not isinstance(row.value, dict):
        return row
    cadence = row.get("cadence")
    values: dict[str, Given] = {}
    for key, value in row.mapping.items():
        is_rest = key.endswith("_continued") and key.removesuffix("_continued") in row.mapping
        if key not in _HANDLED and not is_rest:
            if key not in _RENAMED and f"{key}_parsed" in row.mapping and f"{key}_parsed" in _RENAMED:
                continue
            values[_RENAMED.get(key, key)] = _continued(row, key, value)
    read = {
        "key": Given(slug(str(row.get("id").value or "")) or None, row.get("id").place),
        "name": _name(row),
        "flag": _joined(row.get("flags")),
        "reports_to": _reports_to(row),
        "volume": _volume(row.get("volume_parsed"), problems),
        "cadences": Given(tuple(_cadences(cadence, problems)), cadence.place),
        "streams": cadence.get("streams"),
        "per": _per(cadence.get("per")),
    }
    # What the copy already gives under our own key stays, where there is nothing to put in its place.
    return Given(values | {key: value for key, value in read.items() if not value.is_blank}, row.place)


def _continued(row: Given, key: str, value: Given) -> Given:
    """The value with the rest of it from over the page."""
    rest = row.get(f"{key}_continued")
    if isinstance(rest.value, str) and isinstance(value.value, str):
        return Given(f"{value.value.rstrip()} {rest.value.lstrip()}", value.place)
    return value


def _name(row: Given) -> Given:
    name, variant = row.get("process"), row.get("variant")
    if isinstance(name.value, str) and isinstance(variant.value, str):
        # Two rows of one title differ only in their variant (Z07).
        return Given(f"{clean_line(name.value)}: {clean_line(variant.value)}", name.place)
    return name


def _joined(flags: Given) -> Given:
    if isinstance(flags.value, tuple):
        return Given(" ".join(clean_line(str(flag.value)) for flag in flags.items), flags.place)
    return flags


def _reports_to(row: Given) -> Given:
    lines = []
    for phrase in row.get("reports_to_parsed").items:
        forum, how = report_phrase(str(phrase.value))
        line = {"forum": Given(forum, phrase.place), "how": Given(how.value, phrase.place)}
        lines.append(Given(line, phrase.place))
    return Given(tuple(lines), row.get("reports_to_parsed").place)


def _volume(given: Given, problems: Problems) -> Given:
    """The smallest and largest number, whatever period their keys name: min_per_month, max_per_month."""
    named = {"min": "least", "max": "most"}
    values = {named[key[:3]]: value for key, value in given.mapping.items() if key[:3] in named}
    if values:
        problems.note(
            given.place, "The volume is kept as a range to aim for; below or above it, nothing is blocked."
        )
    return Given(values or given.value, given.place)


def _per(given: Given) -> Given:
    is_home = isinstance(given.value, str) and "home" in given.value.casefold()
    return Given("home", given.place) if is_home else given


def _whole(given: Given) -> object:
    said = str(given.value).strip()
    return int(said) if said.isdecimal() and len(said) < 6 else given.value


def _cadences(given: Given, problems: Problems) -> Iterator[Given]:
    """The cadences that one printed cadence stands for, in the shape of our own files."""
    if given.is_blank:
        return
    if not isinstance(given.value, dict):
        yield given
        return
    for key, value in given.mapping.items():
        if key not in _CADENCE_KEYS | _CADENCE_EXTRAS:
            problems.note(value.place, f"“{key[:60]}” is not kept for cadences.")
    yield from _main_cadence(given, problems)
    if not given.get("report_interval").is_blank:
        report = {"kind": "every", "interval": given.get("report_interval"), "purpose": "report"}
        yield _mapping(report | {"unit": given.get("report_unit")}, given)
    accompanied = given.get("elected_member_accompaniment_per_year")
    if not accompanied.is_blank:
        yield _mapping(
            {"kind": "yearly", "count": accompanied, "label": "elected members go along"}, accompanied
        )
    for also in given.get("also").items:
        label = clean_line(str(also.value))
        problems.note(also.place, f"“{label}” is kept as a further cadence of its own.")
        # Only "annual" is a frequency of its own here; "at each meeting" follows another activity.
        cadence: Cadence = next(iter(cadences_in(label)), Event())
        once = Yearly(1) if cadence == Every(12, Unit.MONTH) else cadence
        yield _mapping(to_dict(once) | {"label": label}, also)


def _main_cadence(given: Given, problems: Problems) -> Iterator[Given]:
    interval, unit = given.get("interval"), given.get("unit")
    programme, minimum = given.get("programme"), given.get("minimum")
    if _is_true(given.get("event_driven")):
        yield _mapping({"kind": "event"}, given)
    elif not given.get("interval_min").is_blank:
        least, most = given.get("interval_min"), given.get("interval_max")
        yield _mapping({"kind": "range", "least": least, "most": most, "unit": unit}, given)
    elif not programme.is_blank:
        count = _count_a_year(interval, unit)
        read = (
            "as planned through the year; no number is given" if not count else "as planned dates in the year"
        )
        problems.note(programme.place, f"A programme is read {read}.")
        yield _mapping({"kind": "yearly"} | count, programme)
    elif _is_true(minimum) and _whole(interval) == 1 and unit.value == "month":
        problems.note(minimum.place, "A minimum is read as at least once in each calendar month.")
        yield _mapping({"kind": "minimum", "count": "1", "unit": unit}, given)
    elif not interval.is_blank or not unit.is_blank:
        yield _mapping({"kind": "every", "interval": interval, "unit": unit}, given)


def _is_true(given: Given) -> bool:
    return str(given.value).casefold() in ("true", "yes")


def _count_a_year(interval: Given, unit: Given) -> dict[str, object]:
    """How often a year, where the interval is in months that fill a year: 4 for every 3 months."""
    months = _whole(interval)
    if unit.value == "month" and isinstance(months, int) and months > 0 and 12 % months == 0:
        return {"count": str(12 // months)}
    return {} if interval.is_blank else {"count": interval}


def _mapping(values: dict[str, object], given: Given) -> Given:
    """The values as given at one place, those that have a place of their own keeping it."""
    placed = {key: v if isinstance(v, Given) else Given(str(v), given.place) for key, v in values.items()}
    return Given({key: value for key, value in placed.items() if value.value is not None}, given.place)
