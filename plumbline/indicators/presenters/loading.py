"""The pages on which an extract is loaded: how far the work is, what the check found, what is left to do."""

from datetime import date
from typing import Any

from django.urls import reverse

from plumbline.indicators.actions.uploads import LOAD
from plumbline.indicators.forms.loading import SPELLINGS_AT_ONCE
from plumbline.indicators.models import Extract, ExtractUpload, SpellingChoice
from plumbline.indicators.presenters.extracts import SHAPES, held, quality
from plumbline.indicators.queries.definitions import codelists, indicators
from plumbline.indicators.queries.uploads import is_working
from plumbline.shared.dates import in_words, time_in_words
from plumbline.work.models import JobState
from plumbline.work.presenters import job_page

MOST_NAMED = 4


def crumbs() -> list[dict[str, str]]:
    """The way to the pages of loading."""
    return [
        {"text": "Indicators", "href": reverse("indicators")},
        {"text": "Extracts", "href": reverse("extracts")},
    ]


def waiting_line(row: ExtractUpload) -> dict[str, str]:
    """Files that were given and not loaded."""
    return {
        "text": f"Files given on {time_in_words(row.made_at)}",
        "url": reverse("extract_upload", args=[row.public_id]),
    }


def usual_name(row: ExtractUpload) -> str:
    """A name for the extract: its shape and month."""
    shape = row.report.get("shape", "").replace("_", "-")
    return f"{shape}-{row.report['as_at'][:7]}" if shape else ""


def upload_page(row: ExtractUpload, same: Extract | None, *, with_references: bool) -> dict[str, Any]:
    """The files, the work on them, and the report where there is one."""
    report, working = row.report, is_working(row)
    found: dict[str, Any] = {
        "title": "Files to load",
        "facts": [("Files", _files(row)), ("Given", time_in_words(row.made_at))],
        "job": job_page(row.job) if row.job else None,
        "working": working,
        "loading": bool(row.job and row.job.kind == LOAD),
        "loaded": row.extract,
        # What a load that came to nothing says; a check says all it has to say in its report.
        "told": row.job.result if row.job and not working and not row.extract and _says(row) else "",
        "same": same,
    }
    if not report or working:
        return found
    spelled = len(report["to_map"])
    found["facts"] += [
        ("Shape", SHAPES.get(report["shape"], "Not known")),
        ("As at", in_words(date.fromisoformat(report["as_at"]))),
        ("Rows", f"{report['rows']:,}"),
    ]
    return found | {
        "report": True,
        "errors": report["errors"],
        "notes": report["notes"],
        "spelled": spelled,
        "more_spellings": max(0, spelled - SPELLINGS_AT_ONCE),
        "left_out": [_spelling(one) for one in report["left_out"]],
        "can_load": report["is_ready"] and not spelled and same is None,
        "counted": f"{len(indicators()) - report['lacking']} of {len(indicators())}",
        **quality(report["quality"], with_references),
        **held(report["tables"], report["not_supplied"]),
    }


def _files(row: ExtractUpload) -> str:
    if len(row.files) <= MOST_NAMED:
        return ", ".join(row.files)
    return f"{len(row.files)} files, {row.files[0]} to {row.files[-1]}"


def _says(row: ExtractUpload) -> bool:
    assert row.job is not None
    return row.job.kind == LOAD or row.job.state in (JobState.FAILED, JobState.CANCELLED)


def _spelling(one: dict[str, Any]) -> str:
    times = "once" if one["count"] == 1 else f"{one['count']:,} times"
    known = codelists().get(one["codelist"])
    return f"“{one['spelling']}” as {known.title if known else one['codelist']}, met {times}"


def choice_row(row: SpellingChoice) -> dict[str, Any]:
    """A spelling, what it was said to mean, by whom and when."""
    known = codelists().get(row.codelist)
    code = next((one for one in known.codes if one.code == row.code), None) if known else None
    return {
        "id": row.pk,
        "spelling": row.spelling,
        "codelist": known.title if known else row.codelist,
        "meaning": (f"{code.code}: {code.label}" if code else row.code) if row.code else "Left empty",
        "said": f"{row.set_by.name if row.set_by else 'The command line'}, {in_words(row.set_at.date())}",
    }
